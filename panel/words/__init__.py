"""Codes in words an operator reads. Source texts are Indonesian; `_()` in the templates translates them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hotline.case import Emergency, Level, ReporterStatus, Told
from hotline.i18n import N_
from hotline.sheets import SHEETS as SHEETS
from hotline.staff import Role
from hotline.store.queue import Lane
from panel.words.cases import CLOCK_NAMES as CLOCK_NAMES
from panel.words.cases import CLOCK_ORIGINS as CLOCK_ORIGINS
from panel.words.cases import CLOCKS as CLOCKS
from panel.words.cases import RECORDS as RECORDS
from panel.words.cases import SERVICES as SERVICES
from panel.words.cases import TALK_ENDS as TALK_ENDS
from panel.words.cases import TALK_REFUSALS as TALK_REFUSALS
from panel.words.duty import ALARM_ENDS as ALARM_ENDS
from panel.words.duty import CALL_REASONS as CALL_REASONS
from panel.words.duty import CALLS as CALLS
from panel.words.duty import PART_CURES as PART_CURES
from panel.words.duty import PARTS as PARTS
from panel.words.duty import POSITIONS as POSITIONS
from panel.words.duty import TARGETS as TARGETS
from panel.words.duty import why_unsent as why_unsent
from panel.words.duty import whys_unsent as whys_unsent


def _table(words: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(words))


LEVELS: Mapping[Level, str] = MappingProxyType(
    {
        Level.DARURAT: N_("DARURAT"),
        Level.DARURAT_TELAAH: N_("DARURAT (telaah)"),
        Level.TINGGI: N_("TINGGI"),
        Level.SEDANG: N_("SEDANG"),
        Level.RENDAH: N_("RENDAH"),
    }
)
EMERGENCIES = _table(
    {
        Emergency.AKTIF: N_("belum diakui"),
        Emergency.DITANGANI: N_("sedang ditangani"),
        Emergency.SELESAI: N_("selesai"),
        Emergency.TIDAK: N_("tidak"),
    }
)
REPORTERS = _table(
    {
        "anak": N_("anak sendiri"),
        "keluarga": N_("keluarga"),
        "warga": N_("warga"),
        "guru": N_("guru atau sekolah"),
        "instansi": N_("instansi"),
        "penyintas": N_("penyintas, sudah dewasa"),
        "dewasa": N_("orang dewasa, tentang dirinya"),
        "pemohon": N_("pemohon sendiri"),
    }
)
AGES = _table(
    {
        "kandungan": N_("dalam kandungan"),
        "0-5": N_("0–5 tahun"),
        "6-12": N_("6–12 tahun"),
        "13-17": N_("13–17 tahun"),
        "dewasa": N_("18 tahun atau lebih"),
        "tidak_tahu": N_("umur tidak diketahui"),
    }
)
TOLD = _table(
    {
        Told.BERJALAN: N_("masih bercerita"),
        Told.LENGKAP: N_("cerita lengkap"),
        Told.TERPUTUS: N_("laporan terputus"),
    }
)
TRACKS = _table({"anak": N_("Perlindungan anak"), "layanan": N_("Bantuan sosial")})
STATUSES = _table(
    {
        ReporterStatus.DITERIMA: N_("Diterima"),
        ReporterStatus.DITELAAH: N_("Sedang ditelaah"),
        ReporterStatus.DITUGASKAN: N_("Sudah ada petugas"),
        ReporterStatus.DITANGANI: N_("Sedang ditangani"),
        ReporterStatus.SELESAI: N_("Selesai"),
        ReporterStatus.PERLU_DOKUMEN: N_("Perlu dokumen"),
        ReporterStatus.DIRUJUK: N_("Diteruskan"),
    }
)
ROLES = _table(
    {
        Role.OPERATOR: N_("Operator"),
        Role.PENELAAH: N_("Penelaah"),
        Role.SUPERVISOR: N_("Supervisor"),
        Role.MANAJER: N_("Manajer"),
        Role.KEPALA_UNIT: N_("Kepala unit layanan"),
        Role.PENDAMPING: N_("Pendamping"),
        Role.PIKET: N_("Petugas piket"),
        Role.DATA: N_("Pengelola data"),
        Role.PENGAWAS: N_("Pengawas"),
        Role.ADMIN: N_("Admin"),
    }
)
LANES = _table(
    {
        Lane.DARURAT: N_("Darurat, alarm berbunyi"),
        Lane.BARU: N_("Baru, belum diambil"),
        Lane.SAYA: N_("Kasus saya"),
        Lane.TERBUKA: N_("Semua yang terbuka"),
        Lane.DITUTUP: N_("Ditutup"),
    }
)
EMPTY_LANES = _table(
    {
        Lane.DARURAT: N_("Tidak ada keadaan darurat yang menunggu."),
        Lane.BARU: N_("Tidak ada kasus baru yang menunggu."),
        Lane.SAYA: N_("Anda belum memegang kasus."),
        Lane.TERBUKA: N_("Tidak ada kasus yang terbuka."),
        Lane.DITUTUP: N_("Belum ada kasus yang ditutup."),
    }
)
RANKS = (
    N_("darurat, alarm berbunyi"),
    N_("darurat, sedang ditangani"),
    N_("tenggat terlewat"),
    N_("tingkat tinggi"),
    N_("menunggu jawaban kita"),
    N_("tidak ada yang menunggu"),
)
CHANNELS = _table(
    {
        "telegram": N_("Telegram"),
        "whatsapp": N_("WhatsApp"),
        "sim-telegram": N_("Telegram (simulator)"),
        "sim-whatsapp": N_("WhatsApp (simulator)"),
        "terminal": N_("Terminal"),
        "web-push": N_("notifikasi peramban"),
        "": N_("dicatat petugas"),
    }
)
PHONES = _table(
    {
        "mine": N_("aman menurut pelapor"),
        "shared": N_("kadang dipakai orang lain"),
        "watched": N_("orang yang menyakiti bisa melihat"),
        "unknown": N_("belum diketahui siapa yang memegang"),
    }
)
AREAS = _table({"luar_daftar": N_("Tempat lain")})
"""What stands in place of a kecamatan that no list of the region knows."""
PUSHES = _table(
    {
        "yes": N_("boleh dikirimi pesan"),
        "hours": N_("boleh, hanya pada jam tertentu"),
        "now": N_("boleh sehari saja, karena darurat"),
        "no": N_("jangan dikirimi, pelapor yang menghubungi"),
        "unasked": N_("belum ditanyakan"),
    }
)
LETTER_STATES = _table(
    {
        "due": N_("menunggu dikirim"),
        "sending": N_("sedang dikirim"),
        "sent": N_("terkirim"),
        "held": N_("ditahan demi keamanan"),
        "dead": N_("gagal, tidak dicoba lagi"),
    }
)
RECEIPTS = _table(
    {
        "queued": N_("diterima penyedia"),
        "sent": N_("dikirim penyedia"),
        "delivered": N_("sampai di HP"),
        "read": N_("sudah dibaca"),
        "failed": N_("gagal menurut penyedia"),
        "undelivered": N_("tidak sampai"),
    }
)
LETTER_REASONS = _table(
    {
        # why the safe-contact gate holds a message (hotline.gate)
        "stopped": N_("pelapor mengirim STOP"),
        "closed": N_("pelapor menutup obrolan"),
        "unsafe_phone": N_("HP tidak dipastikan aman; pelapor membaca sendiri lewat CEK"),
        "not_allowed": N_("pelapor tidak mengizinkan, atau kunci layanan ditolak penyedia"),
        "outside_hours": N_("di luar jam aman pelapor"),
        "late_reply_unsafe_phone": N_("jawaban terlambat untuk HP yang tidak aman"),
        # why a send failed (hotline.deliver.Failure)
        "unreachable": N_("penyedia tidak terjangkau"),
        "busy": N_("penyedia sibuk"),
        "provider_down": N_("penyedia sedang gangguan"),
        "window_closed": N_("jendela 24 jam WhatsApp tertutup"),
        "blocked": N_("pelapor memblokir layanan ini"),
        "no_such_contact": N_("alamat sudah tidak ada"),
        "refused": N_("ditolak penyedia"),
        "removed": N_("sudah dilepas oleh pemiliknya"),
        "unknown": N_("sebab tidak diketahui"),
    }
)
SOURCES = _table(
    {
        "finished": N_("cerita selesai"),
        "danger": N_("ada tanda bahaya dalam cerita"),
        "silence": N_("pelapor berhenti bercerita"),
        "operator": N_("dicatat petugas"),
    }
)
ACTIONS = _table(
    {
        "case.view": N_("membuka kasus"),
        "case.claim": N_("mengambil kasus"),
        "case.release": N_("melepas kasus"),
        "case.take_over": N_("mengalihkan kasus"),
        "case.reply": N_("membalas pelapor"),
        "case.note": N_("menulis catatan"),
        "case.move": N_("memindahkan tahap"),
        "case.take_back": N_("membatalkan pindah tahap"),
        "case.close": N_("menutup kasus"),
        "case.reopen": N_("membuka kembali kasus"),
        "emergency.acknowledge": N_("mengakui darurat"),
        "emergency.act": N_("mencatat tindakan darurat"),
        "level.raise": N_("menaikkan tingkat"),
        "level.lower": N_("menurunkan tingkat"),
        "level.propose": N_("mengusulkan penurunan tingkat"),
        "level.approve": N_("menyetujui penurunan tingkat"),
        "level.decline": N_("menolak penurunan tingkat"),
        "triage.review": N_("melihat daftar bulanan alarm palsu dan yang terlewat"),
        "identity.reveal": N_("membuka alamat pelapor"),
        "file.view": N_("melihat lampiran"),
        "file.open": N_("membuka lampiran tertutup"),
        "letter.resend": N_("mengirim ulang pesan"),
        "case.assign": N_("menugaskan pendamping dengan surat tugas"),
        "case.record": N_("mencatat laporan, perawatan atau waktu kejadian"),
        "case.service": N_("mencatat layanan"),
        "case.establish": N_("melengkapi jenis atau kecamatan"),
        "case.sheet": N_("mengisi lembar kerja"),
        "talk.take": N_("mengambil alih obrolan"),
        "talk.speak": N_("menulis di obrolan"),
        "talk.give_back": N_("mengembalikan obrolan"),
        "duty.add": N_("mengisi jadwal piket"),
        "duty.remove": N_("menghapus jadwal piket"),
        "holiday.add": N_("mencatat hari libur"),
        "holiday.remove": N_("menghapus hari libur"),
        "browser.arm": N_("menyalakan notifikasi di peramban"),
        "browser.test": N_("menguji notifikasi peramban"),
        "browser.remove": N_("melepas notifikasi peramban"),
        "phone.invite": N_("membuat kode HP piket"),
        "phone.test": N_("menguji HP piket"),
        "phone.remove": N_("melepas HP piket"),
        "drill.take": N_("mengambil panggilan latihan"),
        "drill.act": N_("mencatat tindakan latihan"),
        "account.add": N_("membuat akun"),
        "account.role": N_("mengubah peran"),
        "account.rename": N_("mengganti nama"),
        "account.disable": N_("menonaktifkan akun"),
        "account.enable": N_("mengaktifkan akun"),
        "account.reset": N_("memberi sandi sekali pakai kepada"),
    }
)
LANGUAGES = _table({"id": "Bahasa Indonesia", "en": "English"})
"""Names of languages are not translated."""
