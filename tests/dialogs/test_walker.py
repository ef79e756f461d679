"""Somebody taps and types anything at all: there is always an answer, danger is always heard, no word is lost.

`TEDUH_WALKS=20000 pytest tests/dialogs/test_walker.py` walks longer.
"""

from __future__ import annotations

import os
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.engine.book import Book
from hotline.engine.effects import Alarm, Answered, Said, Send
from hotline.engine.nodes import Ask, Call, Stay, Summary
from hotline.engine.program import Op, Program
from hotline.engine.walk import walk
from hotline.messages import CHANNELS, WEB_PUSH, Outgoing, numbered
from tests.dialogs.host import Host

WALKS = int(os.environ.get("TEDUH_WALKS", "150"))
DANGER = ("dia bawa parang", "adikku pingsan", "aku pengen mati aja", "anaknya dikurung di kamar", "tetangga mau dibunuh")
WORDS = (
    "/start",
    "MENU",
    "kembali",
    "BATAL",
    "cek",
    "CEK 482177359 4821",
    "cek 111111111 0000",
    "bahasa",
    "tutup",
    "lanjut",
    "hapus",
    "stop",
    "bantu",
    "DARURAT",
)
TYPED = (
    "1",
    "2",
    "3.",
    "ya",
    "tidak",
    "gak tau",
    "nomor 2",
    "iya pak",
    "lewati",
    "halo",
    "",
    "   ",
    "👍",
    "\u202e\u200b",
    "12",
    "482177359",
    "4821",
    "gunung sari",
    "guru",
    "1, 3",
    "cukup",
    "lapor",
    "bantuan",
    "pelangi",
    "salah nomor",
)
STATUSES = ("DITERIMA", "DITELAAH", "DITUGASKAN", "DITANGANI", "SELESAI", "PERLU_DOKUMEN", "DIRUJUK")
BLAME = re.compile(r"\b(mengapa|kenapa)\s+(kamu|anda|kau|tidak|baru)|\bwhy (did|didn't|do) you|kena apa kowe", re.IGNORECASE)

RARE = ("photo", "voice", "sticker", "place", "wait", "news")
acts = st.lists(
    st.tuples(
        st.sampled_from(("tap", "tap", "tap", "tap", "tap", "tap", "old tap", "type", "word", "danger", "own words", "label", *RARE)),
        st.integers(0, 10_000),
    ),
    min_size=1,
    max_size=45,
)


class Person:
    """Does what the walker says and looks at every answer."""

    def __init__(self, book: Book, *, known: bool) -> None:
        self.host = Host(book, has_case=known)
        self.buttons: list[str] = []
        self.count = 0

    def do(self, act: str, number: int) -> None:
        options = self.host.last.options if self.host.all else ()
        sent = ""
        match act:
            case "tap" if options:
                self.host.tap_token(options[number % len(options)].token)
            case "old tap" if self.buttons:
                self.host.tap_token(self.buttons[number % len(self.buttons)])
            case "label" if options:
                self.host.write(options[number % len(options)].label)
            case "word":
                self.host.write(WORDS[number % len(WORDS)])
            case "danger":
                self.host.write(DANGER[number % len(DANGER)])
            case "own words":
                self.count += 1
                sent = f"ceritaku bagian {self.count} begini adanya"
                self.host.write(sent)
            case "photo":
                self.host.photo("" if number % 2 else "ini fotonya")
            case "voice":
                self.host.photo(content_type="audio/ogg")
            case "sticker":
                self.host.sticker()
            case "news":
                self.host.status, self.host.survey = STATUSES[number % len(STATUSES)], ("yes", "no")[number % 2]
                self.host.news = self.host.survey
                return
            case "place":
                self.host.place()
            case "wait":
                self.host.wait(minutes=number)
                return
            case _:
                self.host.write(TYPED[number % len(TYPED)])
        self.look(act, sent)

    def look(self, act: str, sent: str) -> None:
        messages = [e.message for e in self.host.effects if isinstance(e, Send)]
        assert messages, "nobody is left without an answer"
        for message in messages:
            check(message)
            self.buttons += [o.token for o in message.options]
        if act == "danger":
            assert any(isinstance(e, Alarm) for e in self.host.effects)
        if sent:
            assert kept(self.host, sent)
        if any(isinstance(e, Answered) and e.key == "R1" and e.value == "ya" for e in self.host.effects):
            assert "110" in messages[0].text, "the numbers come at once"


def check(message: Outgoing) -> None:
    shown = numbered(message)
    assert message.text.strip()
    assert len(shown) <= min(c.text_limit for c in CHANNELS.values() if c.name != WEB_PUSH)
    assert "{" not in shown and "}" not in shown
    assert not BLAME.search(shown)
    for option in message.options:
        assert len(option.token.encode()) <= 64 and 0 < len(option.label) <= 64


def kept(host: Host, sent: str) -> bool:
    return any((isinstance(e, Said) and e.text == sent) or (isinstance(e, Answered) and e.value == sent) for e in host.effects) or secret(
        host
    )


def secret(host: Host) -> bool:
    """A code or a PIN was asked for: what stands there instead is not a story."""
    return host.session.open_key in ("kode", "pin")


@settings(max_examples=WALKS, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(acts=acts, known=st.booleans())
def test_any_walk_is_answered(book: Book, acts: list[tuple[str, int]], known: bool) -> None:
    person = Person(book, known=known)
    for act, number in acts:
        person.do(act, number)


@pytest.mark.parametrize(
    "name",
    [
        "welcome",
        "report",
        "aid",
        "dewasa",
        "status",
        "follow_up",
        "information",
        "keluhan",
        "darurat",
        "salah_tangkap",
        "bantu",
        "batal",
        "menu",
        "hapus",
        "bahasa",
    ],
)
def test_every_step_of_every_dialog_is_reached(book: Book, name: str) -> None:
    program = book.programs[name]
    reached: set[int] = set()
    chance = random.Random(7)
    for _ in range(3000):
        reached |= stroll(program, chance)
    missed = [op for op in program.ops if id(op) not in reached and op.run.__name__ not in ("Jump", "Branch", "Only")]
    assert [f"{op.run.__name__} {op.key}" for op in missed] == []


FETCHED = {
    "has": ("yes", "no"),
    "found": ("ok", "wrong", "wrong_again", "locked"),
    "status": STATUSES,
    "words": ("", "Halo"),
    "added": ("yes", "no"),
    "done": ("yes", "no", "pin"),
    "now": ("yes", "no"),
    "kept": ("yes", "no"),
    "survey": ("yes", "no"),
    "unfinished": ("yes", "no"),
    "news": ("yes", "no"),
    "track": ("anak", "layanan"),
    "code": ("482 177 359",),
    "pin": ("4821",),
}


def stroll(program: Program, chance: random.Random) -> set[int]:
    answers = {"kata": word} if (word := chance.choice(["", "parang", "ingin mati"])) else {}
    if chance.random() < 0.2:
        answers["hp"] = chance.choice(["mine", "watched"])  # Asked in the dialog that led here.
    fetched: dict[str, dict[str, str]] = {}
    resuming = chance.random() < 0.5
    reached: set[int] = set()
    for _ in range(80):
        passed, op = walk(program, answers, fetched, resuming)
        reached |= {id(step) for step in (*passed, op)}
        if not answer(op, answers, fetched, chance):
            break
    return reached


def answer(op: Op, answers: dict[str, str], fetched: dict[str, dict[str, str]], chance: random.Random) -> bool:
    if op.run in (Ask, Stay) and op.question is not None:
        value = chance.choice([*op.question.codes, *(["kata sendiri"] if op.question.free else [])])
        if op.question.many and not op.question.choices[value].alone:
            value = ",".join(dict.fromkeys([value, *chance.sample(op.question.still(value), min(2, len(op.question.still(value))))]))
        answers[op.key] = value
        answers.update({key: code for key, code, kept in op.question.settles(value) if not (kept and key in answers)})
        if op.question.codes and chance.random() < 0.3:
            answers.setdefault("pelapor", chance.choice(["anak", "guru", "warga", "keluarga", "instansi", "penyintas"]))
    elif op.run is Summary:
        answers[op.key] = "ok"
    elif op.run is Call:
        fetched[op.key] = {field: chance.choice(values) for field, values in FETCHED.items()}
    else:
        return False
    return True
