"""My own browsers for alarms: arming the one in hand, a test call, taking one off; and the case that a notification is about."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from hotline.alarm import words as said
from hotline.messages import Outgoing
from hotline.push import Subscription, SubscriptionInvalid
from hotline.store import audit, outbox
from hotline.store.alarm import alarms, pushes
from panel.context import Asked, asked
from panel.duty.phones import TEST, TEST_TAG
from panel.guard import QUEUE, WORK, allow
from panel.numbers import FormId

router = APIRouter(prefix="/hp-piket")
_SUBSCRIPTION_LIMIT, _CODE_LIMIT = 4096, 20
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@router.post("/peramban")
@allow(WORK)
def arm(request: Request, langganan: Annotated[str, Form(max_length=_SUBSCRIPTION_LIMIT)] = "") -> Response:
    """Call me in this browser too. What is no subscription of a public push service is refused."""
    ask = asked(request)
    if not ask.panel.push_key:
        return _back(request, "?peramban=mati")
    try:
        made = Subscription.read(langganan)
    except SubscriptionInvalid:
        return _back(request, "?peramban=ditolak")
    name = browser_name(request.headers.get("user-agent", ""))
    with ask.panel.database.write() as conn:
        pushes.arm(
            conn,
            ask.panel.seal,
            operator_id=ask.who.id,
            region=ask.who.region,
            endpoint=made.endpoint,
            subscription=made.written(),
            name=name,
            now=ask.now,
        )
        _record(conn, ask, "browser.arm", name)
    return _back(request, "?peramban=menyala")


@router.post("/peramban/uji")
@allow(WORK)
def test(request: Request, peramban: FormId) -> Response:
    """A test call to one of my own browsers, sent as an alarm is."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        mine = next((b for b in pushes.of_officer(conn, ask.who.id) if b.id == peramban and b.retired_at is None), None)
        if mine is not None:
            template = ("Teduh", said.say(ask.who.language, TEST_TAG).text, "-")
            call = Outgoing(text=said.say(ask.who.language, TEST).text, alert=template)
            outbox.put(conn, ask.panel.seal, mine.contact_id, call, purpose=outbox.ALERT, case_id=None, now=ask.now)
            _record(conn, ask, "browser.test", mine.name)
    return _back(request, "?uji=peramban" if mine else "")


@router.post("/peramban/lepas")
@allow(WORK)
def disarm(request: Request, peramban: FormId) -> Response:
    """This browser of mine is no longer called."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        name = next((b.name for b in pushes.of_officer(conn, ask.who.id) if b.id == peramban), "")
        if pushes.disarm(conn, ask.who.id, peramban):
            _record(conn, ask, "browser.remove", name)
    return _back(request)


@router.get("/panggilan/{code}")
@allow(QUEUE)
def called(request: Request, code: str) -> Response:
    """Where a notification leads: to its case, or to the queue when it was a drill's."""
    ask = asked(request)
    root = request.scope.get("root_path", "")
    with ask.panel.database.read() as conn:
        drills = any(alarm.drill and alarm.code == code for alarm in alarms.open_alarms(conn, ask.who.region))
    known = code.isascii() and code.isdigit() and len(code) < _CODE_LIMIT and not drills
    return RedirectResponse(f"{root}/kasus/{code}" if known else f"{root}/", status_code=303)


def browser_name(agent: str) -> str:
    """Chrome · Android: enough for its owner to tell their browsers apart, and no more than that is kept."""
    browser = next((name for mark, name in _BROWSERS if mark + "/" in agent), "Safari" if "Safari/" in agent else "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " · ".join(filter(None, (browser, system))) or "?"


def _back(request: Request, query: str = "") -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/hp-piket{query}", status_code=303)


def _record(conn: Connection, ask: Asked, action: str, browser: str) -> None:
    detail = {"browser": browser}
    audit.record(conn, ask.panel.seal, region=ask.who.region, action=action, now=ask.now, operator_id=ask.who.id, detail=detail)
