"""Answering in the reporter's own chat, as form posts: take the conversation over, write, give it back."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hotline import talk
from panel.cases.acts import Words, do
from panel.guard import WORK_CASE, allow

router = APIRouter(prefix="/kasus/{code}/bicara")


@router.post("/ambil")
@allow(WORK_CASE)
def take(request: Request, code: str) -> Response:
    """The dialog yields."""
    return do(request, lambda conn, a: talk.take(conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, now=a.now))


@router.post("/kirim")
@allow(WORK_CASE)
def speak(request: Request, code: str, isi: Words = "") -> Response:
    """Words straight into the chat."""
    return do(
        request,
        lambda conn, a: talk.speak(conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, text=isi, now=a.now),
        form="talk",
        talk=isi,
    )


@router.post("/lepas")
@allow(WORK_CASE)
def give_back(request: Request, code: str) -> Response:
    """The dialog goes on."""
    return do(request, lambda conn, a: talk.give_back(conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, now=a.now))
