"""The roster of the region: one week at a time, its gaps, duties and holidays to add and remove. Everybody signed in may read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from hotline.office import duty
from hotline.staff import RIGHTS, Right
from hotline.store import accounts, officers
from hotline.store.alarm import roster
from panel.context import Asked, asked
from panel.duty.week import DAYS, midnight, monday, proposed, week
from panel.frame.pages import page
from panel.guard import KEEP_ROSTER, SIGNED_IN, allow
from panel.numbers import PathId
from panel.words.notices import ROSTER_NOTICES, MomentInvalid, notice_of
from panel.words.refusals import Said

router = APIRouter(prefix="/piket")
Text = Annotated[str, Form(max_length=200)]
LOOK_AHEAD = timedelta(days=7)


@router.get("")
@allow(SIGNED_IN)
def roster_page(request: Request, minggu: str = "", urung: str = "") -> Response:
    """The week of the day `minggu`, this week without it; `urung` is a duty that was just removed."""
    return _page(request, minggu, undo=_removed(urung))


@router.post("/tugas")
@allow(KEEP_ROSTER)
def add(
    request: Request, petugas: Text = "", posisi: Text = "1", mulai: Text = "", selesai: Text = "", ulang: Text = "0", minggu: Text = ""
) -> Response:
    """Put somebody on duty."""
    kept = {"petugas": petugas, "posisi": posisi, "mulai": mulai, "selesai": selesai, "ulang": ulang}

    def verb(conn: Connection, a: Asked) -> str:
        zone = a.panel.zone(a.who)
        begins, ends = _moment(mulai, zone), _moment(selesai, zone)
        who, place, weeks = _number(petugas), _number(posisi), _number(ulang or "0")
        duty.add(conn, a.panel.seal, a.who, zone, operator_id=who, position=place, starts_at=begins, ends_at=ends, weeks=weeks, now=a.now)
        return urlencode({"minggu": begins.date().isoformat()})

    return _do(request, verb, minggu, kept)


@router.post("/tugas/{tugas}/hapus")
@allow(KEEP_ROSTER)
def remove(request: Request, tugas: PathId, minggu: Text = "") -> Response:
    """Take a duty off; the page offers to put it back."""

    def verb(conn: Connection, a: Asked) -> str:
        gone, zone = duty.remove(conn, a.panel.seal, a.who, tugas, now=a.now), a.panel.zone(a.who)
        times = (f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" for at in (gone.starts_at, gone.ends_at))
        return urlencode({"minggu": minggu, "urung": ",".join([str(gone.operator_id), str(gone.position), *times])})

    return _do(request, verb, minggu, {})


@router.post("/libur")
@allow(KEEP_ROSTER)
def add_holiday(request: Request, hari: Text = "", nama: Text = "", minggu: Text = "") -> Response:
    """Enter a public holiday."""

    def verb(conn: Connection, a: Asked) -> str:
        day = _day(hari)
        if day is None:
            raise MomentInvalid(MomentInvalid.__doc__)
        duty.add_holiday(conn, a.panel.seal, a.who, day=day, name=nama, now=a.now)
        return urlencode({"minggu": day.isoformat()})

    return _do(request, verb, minggu, {"hari": hari, "nama": nama})


@router.post("/libur/{hari}/hapus")
@allow(KEEP_ROSTER)
def remove_holiday(request: Request, hari: date, minggu: Text = "") -> Response:
    """An ordinary day again."""

    def verb(conn: Connection, a: Asked) -> str:
        duty.remove_holiday(conn, a.panel.seal, a.who, day=hari, now=a.now)
        return urlencode({"minggu": minggu})

    return _do(request, verb, minggu, {})


def _do(request: Request, verb: Callable[[Connection, Asked], str], shown: str, kept: Mapping[str, str]) -> Response:
    ask = asked(request)
    try:
        with ask.panel.database.write() as conn:
            query = verb(conn, ask)
    except tuple(ROSTER_NOTICES) as refused:
        return _page(request, shown, said=notice_of(ROSTER_NOTICES, refused), kept=kept)
    return RedirectResponse(f"{request.scope.get('root_path', '')}/piket?{query}", status_code=303)


def _page(
    request: Request, shown: str, *, said: Said | None = None, kept: Mapping[str, str] | None = None, undo: tuple[str, ...] = ()
) -> Response:
    ask = asked(request)
    zone, region, now = ask.panel.zone(ask.who), ask.who.region, ask.now
    today = now.astimezone(zone).date()
    first = monday(_day(shown) or today)
    start, end = midnight(first, zone), midnight(first + timedelta(days=DAYS), zone)
    with ask.panel.database.read() as conn:
        days = week(
            first,
            zone,
            roster.duties(conn, region, start, end),
            roster.gaps(conn, region, max(start, now), end) if end > now else (),
            [(h.day, h.name) for h in roster.holidays(conn, region, first, first + timedelta(days=DAYS - 1))],
            today,
        )
        ahead = roster.gaps(conn, region, now, now + LOOK_AHEAD)
        people = [a for a in accounts.accounts(conn, region) if not a.disabled and Right.WORK in RIGHTS[a.role]]
        values: dict[str, Any] = {
            "days": days,
            "first": first,
            "before": first - timedelta(days=DAYS),
            "after": first + timedelta(days=DAYS),
            "gaps_ahead": ahead,
            "people": people,
            "phones": officers.chats(conn, [a.id for a in people]),
            "offer": proposed(ahead, zone, now),
            "on_duty": roster.on_duty(conn, region, now),
        }
    return page(request, "duty/roster.html", said.status if said else 200, said=said, kept=kept or {}, undo=undo, **values)


def _moment(written: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.strptime(written.strip()[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=zone)
    except ValueError:
        raise MomentInvalid(MomentInvalid.__doc__) from None


def _number(written: str) -> int:
    if not written.strip().isdecimal() or not written.isascii() or len(written) > 19:
        raise MomentInvalid(MomentInvalid.__doc__)
    return int(written)


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None


def _removed(written: str) -> tuple[str, ...]:
    """A removed duty as the address names it: officer, position, from, until; anything else offers nothing."""
    parts = tuple(written.split(","))
    return parts if len(parts) == 4 and parts[0].isdecimal() and parts[1] in ("1", "2") and len(written) < 80 else ()
