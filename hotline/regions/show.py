"""A profile as plain lines, for the person who has to say whether it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hotline.case import Level, Track
from hotline.regions.parts import Basis, TrackPart
from hotline.regions.profile import Profile

_WIDTH = 26
_TRACKS: Mapping[Track, str] = {Track.ANAK: "Jalur anak", Track.LAYANAN: "Jalur layanan"}


def summary(profile: Profile) -> str:
    """What the profile says, in Indonesian, and what the Dinas has still to confirm."""
    return "\n".join(
        [
            *_head(profile),
            *(line for track in Track for line in _track(profile.track(track), _TRACKS[track])),
            *_people(profile),
            *_numbers(profile),
            "",
            "Harus dikonfirmasi Dinas sebelum dipakai",
            *(f"  {point}" for point in profile.unconfirmed),
        ]
    )


def _head(profile: Profile) -> Iterator[str]:
    facts = profile.facts
    villages = sum(len(names) for names in profile.villages.values())
    yield f"{profile.name} ({profile.code}), {profile.timezone}, bahasa {', '.join(profile.languages)}"
    yield f"{facts['nama_netral']}; bertugas {facts['jam']}; {len(profile.districts)} kecamatan, {villages} desa dan kelurahan"
    yield f"Kasus anak: {facts['kantor_anak']}"
    yield f"Bantuan sosial: {facts['kantor_bantuan']}"
    yield ""
    yield "Dasar hukum"
    for law in profile.file.laws:
        yield f"  {law.id:{_WIDTH}}{law.title} ({law.status.replace('_', ' ')})"


def _track(part: TrackPart, title: str) -> Iterator[str]:
    yield ""
    yield f"{title} ({'peraturan bupati' if part.origin == 'perbup' else 'bawaan nasional'})"
    for stage in part.stages:
        yield f"  {stage.code:{_WIDTH}}{stage.name}: {_basis(stage.basis)}"
    yield "  Penutupan sebelum registrasi: " + ", ".join(r.code for r in part.closing if r.before)
    yield "  Penutupan sesudah registrasi: " + ", ".join(r.code for r in part.closing if not r.before)


def _basis(basis: Iterable[Basis]) -> str:
    return "; ".join(f"{b.law} {_article(b.article)}" if b.article else b.law for b in basis)


def _article(article: str) -> str:
    return f"Pasal {article}" if article[0].isdigit() else article


def _people(profile: Profile) -> Iterator[str]:
    yield ""
    yield "Peran"
    for role in profile.roles:
        yield f"  {role.code:{_WIDTH}}{role.name}: {', '.join(role.rights) or 'tanpa melihat kasus'}"
    yield ""
    yield "Waktu menjawab (kebijakan Dinas, bukan peraturan)"
    for level in (Level.DARURAT, Level.TINGGI, Level.SEDANG, Level.RENDAH):
        sla = profile.sla(level)
        rungs = ", ".join(f"{rung.minutes} menit {rung.role}" for rung in sla.escalation)
        times = f"diketahui {sla.acknowledge_minutes} menit, dihubungi {sla.contact_minutes} menit"
        yield f"  {level.name:{_WIDTH}}{times}{' (hari kerja)' if sla.working_days else ''}; bila lewat: {rungs}"
    on_call = profile.file.on_call
    yield ""
    yield "Tangga darurat"
    for called in on_call.ladder:
        yield f"  {f'menit {called.minutes}':{_WIDTH}}{', '.join(called.told)}"
    yield f"  {'':{_WIDTH}}tanpa tindakan berbunyi lagi sesudah {on_call.rearm_minutes} menit; diulang tiap {on_call.repeat_minutes} menit"


def _numbers(profile: Profile) -> Iterator[str]:
    yield ""
    yield "Nomor darurat"
    for number in profile.file.numbers:
        how = f"ditampilkan; {number.verified_by}, {number.verified_on}" if number.shown else "tidak ditampilkan, belum diverifikasi"
        yield f"  {number.number:{_WIDTH}}{number.label}: {how}"
