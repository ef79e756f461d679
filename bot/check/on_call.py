"""Who would be rung tonight: gaps of the roster in the next seven days, rungs without anybody, officers without a registered phone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.check.report import Finding, Group
from hotline.alarm.ladder import FIRST_ON_CALL, REPORTER, SECOND_ON_CALL
from hotline.i18n import N_
from hotline.regions import Profile, ProfileInvalid, load_profile
from hotline.settings import Settings
from hotline.store import accounts, officers
from hotline.store.accounts import Account
from hotline.store.alarm import roster
from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.schema import SchemaNewer, pending
from hotline.times import now

_HERE = Group.ON_CALL
AHEAD = timedelta(days=7)
_MOST_GAPS = 3
_POSITIONS = {FIRST_ON_CALL: roster.FIRST, SECOND_ON_CALL: roster.SECOND}
_FILL = N_("Isi di panel, bagian Piket.")
_REGISTER = N_("Minta petugasnya membuka HP piket saya di panel, lalu mengirim kodenya dari HP sendiri.")


def examine(settings: Settings) -> list[Finding]:
    """For each region that can be looked at; a database or profile that cannot is told of elsewhere."""
    if not settings.database_there:
        return []
    with contextlib.closing(Database(settings.database_url)) as database:
        try:
            if pending(database):
                return []
            with database.read() as conn:
                return [finding for slug in settings.regions for finding in _region(conn, slug)]
        except (DatabaseUnavailable, SchemaNewer):
            return []


def _region(conn: Connection, slug: str) -> list[Finding]:
    try:
        profile = load_profile(slug)
    except ProfileInvalid:
        return []
    people = [a for a in accounts.accounts(conn, slug) if not a.disabled]
    phones = officers.chats(conn, [a.id for a in people])
    found = [*_duties(conn, profile, set(phones)), *_roles(profile, people, set(phones))]
    if any(finding.failed for finding in found):
        return found
    text = N_("{wilayah}: setiap anak tangga darurat memanggil seseorang, tujuh hari ke depan.")
    return [*found, Finding.good(_HERE, text, wilayah=slug)]


def _named(profile: Profile) -> list[str]:
    """Whom the ladder names, each once."""
    return list(dict.fromkeys(target for rung in profile.file.on_call.ladder for target in rung.told if target != REPORTER))


def _duties(conn: Connection, profile: Profile, reachable: set[int]) -> Iterator[Finding]:
    start, zone, slug = now(), ZoneInfo(profile.timezone), profile.slug
    for target in _named(profile):
        position = _POSITIONS.get(target)
        if position is None:
            continue
        for begins, ends in roster.gaps(conn, slug, start, start + AHEAD, position)[:_MOST_GAPS]:
            text = N_("{wilayah}: tidak ada petugas piket {posisi} dari {dari} sampai {sampai}.")
            yield Finding.bad(_HERE, text, _FILL, wilayah=slug, posisi=str(position), dari=_local(begins, zone), sampai=_local(ends, zone))
        held = {d.operator_id for d in roster.duties(conn, slug, start, start + AHEAD) if d.position == position and not d.disabled}
        if silent := held - reachable:
            text = N_("{wilayah}: {jumlah} petugas piket {posisi} belum mendaftarkan HP; panggilan darurat tidak sampai kepadanya.")
            yield Finding.bad(_HERE, text, _REGISTER, wilayah=slug, jumlah=str(len(silent)), posisi=str(position))


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _roles(profile: Profile, people: list[Account], reachable: set[int]) -> Iterator[Finding]:
    for target in _named(profile):
        if target in _POSITIONS:
            continue
        holders = [a.id for a in people if a.role == target]
        if not holders:
            text = N_("{wilayah}: tidak ada akun aktif dengan peran {peran}, yang dipanggil dalam keadaan darurat.")
            cure = N_("Buat akunnya di panel, bagian Akun, atau ubah [piket] dalam profil.")
            yield Finding.bad(_HERE, text, cure, wilayah=profile.slug, peran=target)
        elif not reachable & set(holders):
            text = N_("{wilayah}: tidak seorang pun dengan peran {peran} sudah mendaftarkan HP.")
            yield Finding.bad(_HERE, text, _REGISTER, wilayah=profile.slug, peran=target)
