"""What a profile's keys must say of each other: names that refer to something exist, ladders rise, no person is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from hotline.case import Track
from hotline.i18n import N_
from hotline.regions.lines import Place
from hotline.regions.parts import FIRST_ON_CALL, REPORTER, SECOND_ON_CALL, TrackPart
from hotline.regions.problem import Flaw
from hotline.regions.profile import ProfileFile

_PERSONAL = re.compile(r"@[\w-]|\+\d{6,}|\d(?:[ .-]?\d){8,}")
_PHRASES = re.compile(r"([a-z ]+: )?[a-z|()?~_ !<]+")
EMERGENCY, FIRST_CONTACT = "KEDARURATAN", "KONTAK_AWAL"
_COMPANION = ("pemegang_kasus", "surat_tugas")
_NUMBERS_ALLOWED = ("kontak_darurat", "nomor")


def flaws(file: ProfileFile, raw: Mapping[str, object]) -> Iterator[Flaw]:
    """Everything wrong in a profile whose keys and types are right."""
    yield from _personal_data(raw, ())
    yield from _law_references(file, raw)
    for track in Track:
        part = file.tracks.anak if track is Track.ANAK else file.tracks.layanan
        yield from _track(part, ("jalur", track.value))
    yield from _companion(file.tracks.anak, ("jalur", "anak", "tahap"))
    yield from _approvals(file)
    yield from _ladders(file)
    yield from _numbers(file)
    yield from _words(file)
    yield from _twice("dasar_hukum", [law.id for law in file.laws], ("dasar_hukum",), "id")
    yield from _twice("peran", [role.code for role in file.roles], ("peran",), "kode")
    if file.region.languages[0] != "id":
        yield Flaw(place=("wilayah", "bahasa"), wrong=N_("bahasa sumber harus yang pertama"), cure=N_('tulis "id" di depan'))
    if file.hours.opens >= file.hours.closes:
        yield Flaw(place=("jam_layanan", "tutup"), wrong=N_("jam tutup tidak sesudah jam buka"), cure=N_("perbaiki salah satunya"))


def _unknown(place: Place, name: str, known: Iterable[str], what: str) -> Flaw:
    return Flaw(
        place=place,
        wrong=N_('"{name}" tidak ada di {what}'),
        cure=N_("pakai salah satu dari: {known}"),
        values={"name": name, "what": what, "known": ", ".join(known)},
    )


def _twice(what: str, codes: Sequence[str], place: Place, key: str) -> Iterator[Flaw]:
    for i, code in enumerate(codes):
        if code in codes[:i]:
            yield Flaw(
                place=(*place, i, key),
                wrong=N_('"{code}" sudah dipakai di {what}'),
                cure=N_("beri kode lain atau hapus salah satunya"),
                values={"code": code, "what": what},
            )


def _law_references(file: ProfileFile, raw: Mapping[str, object]) -> Iterator[Flaw]:
    laws = [law.id for law in file.laws]
    for place, value in _walk(raw, ()):
        if place[-1] == "aturan" and value not in laws:
            yield _unknown(place, str(value), laws, "dasar_hukum")


def _track(part: TrackPart, place: Place) -> Iterator[Flaw]:
    codes = [stage.code for stage in part.stages]
    yield from _twice("tahap", codes, (*place, "tahap"), "kode")
    for key, code in (("terdaftar_sejak", part.registered), ("tahap_akhir", part.end)):
        if code not in codes:
            yield _unknown((*place, key), code, codes, "tahap")
    for i, stage in enumerate(part.stages):
        for j, code in enumerate(stage.next or ()):
            if code not in codes:
                yield _unknown((*place, "tahap", i, "ke", j), code, codes, "tahap")
    for i in sorted(set(range(1, len(codes))) - _reached(part)):
        yield Flaw(
            place=(*place, "tahap", i, "kode"),
            wrong=N_('tahap "{code}" tidak dapat dicapai'),
            cure=N_('sebut "{code}" dalam "ke" sebuah tahap'),
            values={"code": codes[i]},
        )
    astray = [(*place, "tahap", codes.index(EMERGENCY), "kode")] if EMERGENCY in codes else []
    if EMERGENCY not in {beside.code for beside in part.parallel}:
        astray.append((*place, "paralel"))
    for where in astray:
        yield Flaw(
            place=where,
            wrong=N_("penanganan kedaruratan harus berjalan di samping semua tahap"),
            cure=N_('tulis "{code}" di "paralel" dan jangan di "tahap"'),
            values={"code": EMERGENCY},
        )
    for i, document in enumerate(part.documents):
        if document.stage not in codes:
            yield _unknown((*place, "dokumen", i, "tahap"), document.stage, codes, "tahap")
    kinds = [kind.code for kind in part.kinds]
    yield from _twice("jenis", kinds, (*place, "jenis"), "kode")
    yield from (
        _unknown((*place, "jenis", i, "induk"), kind.parent, kinds, "jenis")
        for i, kind in enumerate(part.kinds)
        if kind.parent and kind.parent not in kinds
    )
    yield from _closing(part, place)


def _companion(part: TrackPart, place: Place) -> Iterator[Flaw]:
    """No child's case comes to the first contact, or past it, without one companion and their letter of assignment (I1, LUT-16, LUT-18)."""
    codes = [stage.code for stage in part.stages]
    if FIRST_CONTACT not in codes:
        wrong, cure = N_('jalur anak tidak punya tahap "{code}"'), N_("tambahkan tahap itu sesudah penugasan")
        yield Flaw(place=place, wrong=wrong, cure=cure, values={"code": FIRST_CONTACT})
        return
    first = codes.index(FIRST_CONTACT)
    if missing := [need for need in _COMPANION if need not in part.stages[first].needs]:
        yield Flaw(
            place=(*place, first, "syarat"),
            wrong=N_('tahap "{code}" tidak mensyaratkan {missing}'),
            cure=N_('tulis syarat = ["pemegang_kasus", "surat_tugas"]'),
            values={"code": FIRST_CONTACT, "missing": ", ".join(missing)},
        )
    for i, stage in enumerate(part.stages[:first]):
        for j, code in enumerate(stage.next or ()):
            if code in codes[first + 1 :]:
                yield Flaw(
                    place=(*place, i, "ke", j),
                    wrong=N_('tahap "{code}" melewati "{first}"'),
                    cure=N_('sebut "{first}" sebagai tahap berikutnya'),
                    values={"code": stage.code, "first": FIRST_CONTACT},
                )


def _reached(part: TrackPart) -> set[int]:
    """The numbers of the stages that some stage leads to; the last one is entered by closing."""
    codes = [stage.code for stage in part.stages]
    found = {codes.index(part.end)} if part.end in codes else set()
    for i, stage in enumerate(part.stages):
        if stage.next is None:
            found.add(i + 1)
        found |= {codes.index(code) for code in stage.next or () if code in codes}
    return found


def _closing(part: TrackPart, place: Place) -> Iterator[Flaw]:
    yield from _twice("alasan_penutupan", [reason.code for reason in part.closing], (*place, "alasan_penutupan"), "kode")
    for before, when in ((True, N_("sebelum registrasi")), (False, N_("sesudah registrasi"))):
        if not any(reason.before is before for reason in part.closing):
            yield Flaw(
                place=(*place, "alasan_penutupan"),
                wrong=N_("tidak ada alasan penutupan {when}"),
                cure=N_("tambahkan sedikitnya satu"),
                values={"when": when},
            )
    for i, reason in enumerate(part.closing):
        if reason.before and reason.highest_level.rings:
            yield Flaw(
                place=(*place, "alasan_penutupan", i, "tingkat_tertinggi"),
                wrong=N_('"{code}" menutup kasus DARURAT yang belum diregistrasi'),
                cure=N_('tulis tingkat_tertinggi = "TINGGI" atau lebih rendah'),
                values={"code": reason.code},
            )


def _approvals(file: ProfileFile) -> Iterator[Flaw]:
    roles = [role.code for role in file.roles]
    for i, approval in enumerate(file.approvals):
        part = file.tracks.anak if approval.of is Track.ANAK else file.tracks.layanan
        codes = [stage.code for stage in part.stages]
        if approval.stage not in codes:
            yield _unknown(("persetujuan", i, "tahap"), approval.stage, codes, f"tahap jalur {approval.track}")
        if approval.by not in roles:
            yield _unknown(("persetujuan", i, "oleh"), approval.by, roles, "peran")


def _ladders(file: ProfileFile) -> Iterator[Flaw]:
    roles = [role.code for role in file.roles]
    slas = {"DARURAT": file.sla.DARURAT, "TINGGI": file.sla.TINGGI, "SEDANG": file.sla.SEDANG, "RENDAH": file.sla.RENDAH}
    for name, sla in slas.items():
        place: Place = ("sla", name, "eskalasi")
        for i, rung in enumerate(sla.escalation):
            if rung.role not in roles:
                yield _unknown((*place, i, "peran"), rung.role, roles, "peran")
        yield from _rising([rung.minutes for rung in sla.escalation], place)
    yield from _alarm(file, roles)


def _rising(minutes: Sequence[int], place: Place) -> Iterator[Flaw]:
    for i, (one, other) in enumerate(pairwise(minutes), 1):
        if other <= one:
            yield Flaw(
                place=(*place, i, "menit"),
                wrong=N_("anak tangga {minutes} menit tidak sesudah yang sebelumnya"),
                cure=N_("urutkan menit dari kecil ke besar"),
                values={"minutes": str(other)},
            )


def _alarm(file: ProfileFile, roles: Sequence[str]) -> Iterator[Flaw]:
    place: Place = ("piket", "eskalasi")
    ladder, known = file.on_call.ladder, [FIRST_ON_CALL, SECOND_ON_CALL, *roles, REPORTER]
    yield from _rising([rung.minutes for rung in ladder], place)
    if ladder[0].minutes or REPORTER in ladder[0].told:
        yield Flaw(
            place=(*place, 0, "menit"),
            wrong=N_("anak tangga pertama tidak memanggil petugas pada menit 0"),
            cure=N_('mulai dengan menit = 0 dan kepada = ["{first}"]'),
            values={"first": FIRST_ON_CALL},
        )
    for i, rung in enumerate(ladder):
        for j, code in enumerate(rung.told):
            if code not in known:
                yield _unknown((*place, i, "kepada", j), code, known, "peran")
        if REPORTER in rung.told and len(rung.told) > 1:
            yield Flaw(
                place=(*place, i, "kepada"),
                wrong=N_("{reporter} tidak boleh satu anak tangga dengan petugas"),
                cure=N_("beri {reporter} anak tangga sendiri"),
                values={"reporter": REPORTER},
            )


def _numbers(file: ProfileFile) -> Iterator[Flaw]:
    for i, number in enumerate(file.numbers):
        verified = number.verified_on is not None and number.verified_by is not None
        if number.shown and not verified:
            yield Flaw(
                place=("kontak_darurat", i, "status"),
                wrong=N_("nomor {number} disebut terverifikasi tanpa tanggal atau sumber"),
                cure=N_('isi "diverifikasi_pada" dan "diverifikasi_oleh", atau tulis "belum_diverifikasi"'),
                values={"number": number.number},
            )
        if not number.shown and (number.verified_on or number.verified_by):
            yield Flaw(
                place=("kontak_darurat", i, "status"),
                wrong=N_("nomor {number} belum diverifikasi, tetapi punya tanggal atau sumber verifikasi"),
                cure=N_('tulis "terverifikasi", atau hapus keduanya'),
                values={"number": number.number},
            )


def _words(file: ProfileFile) -> Iterator[Flaw]:
    for i, entry in enumerate(file.words.words):
        if not _PHRASES.fullmatch(entry) or entry.count("(") != entry.count(")"):
            yield Flaw(
                place=("kata_kunci_daerah", "kata", i),
                wrong=N_('"{entry}" tidak dapat dibaca sebagai kata bahaya'),
                cure=N_("tulis dengan huruf kecil, seperti digepuki: ~gepuk~"),
                values={"entry": entry},
            )


def _personal_data(raw: Mapping[str, object], place: Place) -> Iterator[Flaw]:
    for where, value in _walk(raw, place):
        if (where[0], where[-1]) != _NUMBERS_ALLOWED and isinstance(value, str) and _PERSONAL.search(value):
            yield Flaw(
                place=where,
                wrong=N_('"{key}" tampak berisi nomor atau alamat seseorang'),
                cure=N_("hapus; profil hanya memuat jabatan dan kantor, nomor darurat ditulis di kontak_darurat"),
                values={"key": str(where[-1])},
            )


def _walk(value: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Every single value with its place."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk(inner, (*place, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _walk(inner, (*place, i))
    else:
        yield place, value
