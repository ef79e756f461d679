"""The monthly list for people: false alarms that were cleared, emergencies that only people saw. Codes and words, nothing that was told."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

import typer

from bot import cli
from bot.speech import speech
from bot.triage.judge import reasons
from hotline.office.second_look import SecondLook, second_look
from hotline.triage.lexicon import WORDING

_ = speech()


def review(month: str, region: str, operator: str) -> None:
    """Prints the list; sealed events are opened with the key, and the look is written to the audit under the operator's name."""
    from hotline.regions import load_profile
    from hotline.seal import Seal
    from hotline.store.operators import OperatorUnknown, find
    from hotline.times import now

    settings = cli.settings()
    profile = load_profile(region or settings.regions[0])
    begin, end = span(month, ZoneInfo(profile.timezone))
    if not operator:
        raise typer.BadParameter(_("Sebut petugas yang melihat daftar: --operator NAMA."))
    with contextlib.closing(cli.migrated(settings)) as database, database.write() as conn:
        who = find(conn, operator)
        if who is None or who.region != profile.slug or who.disabled:
            raise OperatorUnknown(OperatorUnknown.__doc__)
        found = second_look(conn, Seal(settings.secret_keys), profile.slug, begin, end, by=who.id, now=now())
    for line in told(found):
        typer.echo(line)


def told(found: SecondLook) -> list[str]:
    """The list in plain lines."""
    out = [_("Alarm palsu yang dibersihkan: {banyak}").format(banyak=len(found.cleared))]
    for one in found.cleared:
        out.append(f"  {one.at:%Y-%m-%d}  {one.code}  {'; '.join(_named(one.words)) or _('tanpa kata bahaya')}")
    out.append(_("Dinaikkan petugas tanpa kata yang tertangkap: {banyak}").format(banyak=len(found.missed)))
    out += [f"  {one.at:%Y-%m-%d}  {one.code}  {_('sebelumnya {tingkat}').format(tingkat=one.before.name)}" for one in found.missed]
    return out


def span(month: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """From the first moment of a month (YYYY-MM) until the first of the next, in the region's own time."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month, re.ASCII):
        raise typer.BadParameter(_("Bulan ditulis TTTT-BB, misalnya 2026-11."))
    year, number = int(month[:4]), int(month[5:])
    return datetime(year, number, 1, tzinfo=zone), datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone)


def _named(words: tuple[str, ...]) -> list[str]:
    plain = tuple(word for word in words if not word.startswith(WORDING))
    heard = [word.removeprefix(WORDING).removeprefix(" + ") for word in words if word.startswith(WORDING)]
    return reasons(plain, tuple(heard))
