"""Reasons in words that an operator reads: "Mengapa DARURAT: orang yang menyakiti tinggal serumah + senjata atau ancaman membunuh"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hotline.i18n import N_
from hotline.triage.answers import WORD
from hotline.triage.lexicon import WORDING
from hotline.triage.words import group_of

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "R1=ya": N_("ada bahaya sekarang"),
        "R1=tidak": N_("tidak ada bahaya sekarang"),
        "R1=tidak_tahu": N_("tidak diketahui apakah ada bahaya sekarang"),
        "R1=belum_ditanyakan": N_("bahaya sekarang belum sempat ditanyakan"),
        "R2=mengancam_jiwa": N_("luka atau sakit yang mengancam jiwa"),
        "R2=perlu_perawatan": N_("luka atau sakit yang perlu perawatan"),
        "R3=serumah": N_("orang yang menyakiti tinggal serumah"),
        "R3=ya": N_("orang yang menyakiti bisa menemui anak dalam 24 jam"),
        "R3=tidak": N_("orang yang menyakiti tidak bisa menemui anak"),
        "R3=tidak_tahu": N_("tidak diketahui apakah orang yang menyakiti bisa menemui anak"),
        "R3=belum_ditanyakan": N_("belum sempat ditanyakan apakah orang yang menyakiti bisa menemui anak"),
        "R4=0-5": N_("anak berumur 0 sampai 5 tahun"),
        "R4=kandungan": N_("anak masih dalam kandungan"),
        "R5=<=72_jam": N_("kejadian seksual dalam 72 jam terakhir"),
        "R5=>72_jam": N_("kejadian seksual lebih dari 72 jam lalu"),
        "R5=daring": N_("kejadian seksual lewat internet"),
        "R5=ya": N_("kejadian seksual, waktunya belum diketahui"),
        "R5=tidak_tahu": N_("tidak diketahui apakah ada kejadian seksual"),
        "R5=belum_ditanyakan": N_("kejadian seksual belum sempat ditanyakan"),
        "R6=sedang_mencoba": N_("sedang mencoba mengakhiri hidup"),
        "R6=rencana_atau_alat": N_("ada rencana atau alat untuk mengakhiri hidup"),
        "R6=pikiran": N_("ada pikiran untuk mengakhiri hidup"),
        "R6=tidak_tahu": N_("tidak diketahui apakah ada pikiran untuk mengakhiri hidup"),
        "R6=belum_ditanyakan": N_("pikiran untuk mengakhiri hidup belum sempat ditanyakan"),
        "R7=ya": N_("ada senjata atau ancaman membunuh"),
        "R7=tidak_tahu": N_("tidak diketahui apakah ada senjata atau ancaman membunuh"),
        "R7=belum_ditanyakan": N_("senjata atau ancaman membunuh belum sempat ditanyakan"),
        "R8=sedang": N_("sekarang dikurung, diikat, atau ditinggal tanpa pengasuh"),
        "R8=sering": N_("sering dikurung, diikat, atau ditinggal tanpa pengasuh"),
        "R9=ya": N_("masih berlangsung atau makin parah"),
        "R10=tidak": N_("tidak ada orang dewasa yang melindungi"),
        "R10=tidak_tahu": N_("tidak diketahui apakah ada orang dewasa yang melindungi"),
        "R10=belum_ditanyakan": N_("belum sempat ditanyakan apakah ada orang dewasa yang melindungi"),
        "R11=<=24_jam": N_("akan dibawa pergi, dijual, atau dinikahkan dalam 24 jam"),
        "R11=segera": N_("akan segera dibawa pergi, dijual, atau dinikahkan"),
        "R12=ya": N_("anak takut pulang"),
        "R13=ya": N_("hamil"),
        "jenis=fisik": N_("kekerasan fisik"),
        "jenis=psikis": N_("kekerasan psikis"),
        "jenis=seksual": N_("kekerasan seksual"),
        "jenis=eksploitasi_seksual": N_("eksploitasi seksual"),
        "jenis=penelantaran": N_("penelantaran"),
        "jenis=eksploitasi": N_("eksploitasi"),
        "jenis=pekerja_anak": N_("pekerja anak"),
        "jenis=perundungan": N_("perundungan"),
        "jenis=perdagangan": N_("perdagangan atau penculikan anak"),
        "jenis=dikeluarkan_sekolah": N_("dikeluarkan dari sekolah"),
        "jalur=layanan": N_("permintaan bantuan"),
        "pelapor=anak": N_("pelapornya anak"),
        "disabilitas=ya": N_("penyandang disabilitas"),
        "lansia=ya": N_("lanjut usia"),
        "dikurung=ya": N_("sedang dikurung atau diikat"),
        "tanpa_makan_hari_ini=ya": N_("hari ini tanpa makan atau minum"),
        "krisis_bantuan=ya": N_("keluarga dalam krisis"),
        "bencana=sekarang": N_("bencana sedang terjadi"),
        "dikeluarkan_sekolah=ya": N_("anak dikeluarkan dari sekolah"),
        "dikeluarkan_sekolah=terancam": N_("anak terancam dikeluarkan dari sekolah"),
        "lampau_aman_dewasa=ya": N_("penyintas dewasa, kejadian lampau, pelaku tidak bisa mendekat"),
        "kata_bahaya=ya": N_("kata bahaya, dibenarkan pelapor"),
        "kata_bahaya=belum_dijawab": N_("kata bahaya, pertanyaannya belum dijawab"),
        "kata_bahaya=tidak": N_("kata bahaya; ditanya, pelapor menjawab tidak ada bahaya"),
        "kata_bahaya=medis_belum_dijawab": N_("kata sakit gawat, pertanyaannya belum dijawab"),
        "terkena_kekerasan=ya": N_("terkena kekerasan, dipilih dalam permintaan bantuan"),
        "kata_cerita=TINGGI": N_("kata-kata dalam cerita terdengar berat"),
        "kata_cerita=SEDANG": N_("kata-kata dalam cerita perlu diperhatikan"),
        "tanda_tinggi=3": N_("tiga tanda TINGGI atau lebih sekaligus"),
        "tanda=tidak_ada": N_("tidak ada tanda bahaya dalam jawaban"),
    }
)

_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "bahaya": N_("kata tentang bahaya"),
        "senjata": N_("kata tentang senjata"),
        "medis": N_("kata tentang keadaan gawat"),
        "kurung": N_("kata tentang dikurung atau ditelantarkan"),
        "seksual": N_("kata tentang kekerasan seksual"),
        "bunuh diri": N_("kata tentang mengakhiri hidup"),
        "TPPO": N_("kata tentang perdagangan orang"),
        "daerah": N_("kata bahaya dalam bahasa daerah"),
        "susunan kata": N_("kalimatnya terdengar gawat, dari kata"),
    }
)


def explain(reason: str) -> str:
    """The text id (Indonesian source text) for one reason of an assessment; a reason of another version is shown as it is."""
    key, _, value = reason.partition("=")
    return _GROUPS[group_of(value)] if key == WORD else _TEXTS.get(reason, reason)


def detail(reason: str) -> str:
    """The danger word that a reason is about, as the lexicon has it, or the roots that weighed in the model; empty for an answer."""
    key, _, value = reason.partition("=")
    return value.removeprefix(WORDING).removeprefix(" + ").replace(" + ", ", ") if key == WORD else ""
