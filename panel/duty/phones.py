"""My own phones for alarms: a code to send from the phone, what is registered, a test call, and taking one off."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from hotline.alarm import words as said
from hotline.i18n import N_
from hotline.messages import TELEGRAM, WHATSAPP, Outgoing
from hotline.store import audit, officers, outbox
from hotline.store.alarm import pushes
from hotline.store.alarm.phone_calls import last_call
from panel.context import Asked, asked
from panel.frame.pages import page
from panel.guard import WORK, allow

router = APIRouter(prefix="/hp-piket")
Text = Annotated[str, Form(max_length=40)]
WORD = "PETUGAS"
TEST = N_("Uji panggilan piket dari panel Teduh. Tidak perlu dijawab.")
TEST_TAG = N_("UJI")


@router.get("")
@allow(WORK)
def phones_page(request: Request, uji: str = "", peramban: str = "") -> Response:
    """What is registered; `uji` is the channel that a test was just sent to, `peramban` what became of arming this browser."""
    return _page(request, tested=uji, armed=peramban)


@router.post("/kode")
@allow(WORK)
def invite(request: Request) -> Response:
    """A new code, shown on this answer only; the one before it ends."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        code = officers.invite(conn, ask.who.id, ask.now)
        _record(conn, ask, "phone.invite")
    return _page(request, code=code)


@router.post("/uji")
@allow(WORK)
def test(request: Request, kanal: Text = "") -> Response:
    """A test call to one of my own phones, sent as an alarm is."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        chat = next((c for c in officers.chats(conn, [ask.who.id]).get(ask.who.id, []) if c.channel == kanal), None)
        if chat is not None:
            template = ("Teduh", said.say(ask.who.language, TEST_TAG).text, "-")
            call = Outgoing(text=said.say(ask.who.language, TEST).text, alert=template)
            outbox.put(conn, ask.panel.seal, chat.contact_id, call, purpose=outbox.ALERT, case_id=None, now=ask.now)
            _record(conn, ask, "phone.test", channel=kanal)
    return _back(request, f"?uji={quote(kanal)}" if chat else "")


@router.post("/hapus")
@allow(WORK)
def remove(request: Request, kanal: Text = "") -> Response:
    """This phone of mine is no longer rung."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        if officers.revoke(conn, ask.who.id, kanal):
            _record(conn, ask, "phone.remove", channel=kanal)
    return _back(request)


def _page(request: Request, *, code: str = "", tested: str = "", armed: str = "") -> Response:
    ask = asked(request)
    with ask.panel.database.read() as conn:
        mine = officers.chats(conn, [ask.who.id]).get(ask.who.id, [])
        calls = {chat.channel: last_call(conn, chat.contact_id) for chat in mine}
        browsers = pushes.of_officer(conn, ask.who.id)
        browser_calls = {browser.id: last_call(conn, browser.contact_id) for browser in browsers}
    ways = ask.panel.ways.get(ask.who.region, {}) if code else {}
    links = {channel: link.format(text=quote(f"{WORD} {code}")) for channel, link in ways.items()}
    return page(
        request,
        "duty/phones.html",
        mine=mine,
        calls=calls,
        code=code,
        word=WORD,
        links=links,
        tested=tested,
        browsers=browsers,
        browser_calls=browser_calls,
        push_key=ask.panel.push_key,
        peramban=armed,
        lasts=officers.CODE_LASTS,
        names={TELEGRAM: "Telegram", WHATSAPP: "WhatsApp"},
    )


def _back(request: Request, query: str = "") -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/hp-piket{query}", status_code=303)


def _record(conn: Connection, ask: Asked, action: str, **detail: str) -> None:
    audit.record(conn, ask.panel.seal, region=ask.who.region, action=action, now=ask.now, operator_id=ask.who.id, detail=detail or None)
