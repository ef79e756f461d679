"""An operator answers in the reporter's own chat: the tree yields, danger is still heard, and the tree resumes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hotline import operate, talk
from hotline.case import EventKind, Level, Told
from hotline.seal import Seal
from hotline.staff import Role, Who
from hotline.store import operators, sign_ins
from hotline.store.database import Database
from hotline.store.tables.office import Audit, Operator
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.turns.talking import ASKED, OPEN
from tests.support.clock import Clock
from tests.support.house import House, finish
from tests.support.officers import DESKS, give_back, keep, kinds, officer, running, said, speak, take, texts, told

_operator, _outbox, _audit, _contact = (t.__table__ for t in (Operator, Outbox, Audit, Contact))  # type: ignore[attr-defined]
HERE, GONE = "Petugas sekarang membaca dan menjawab di sini.", "Petugas selesai di sini untuk sekarang."
GREETING = "Halo, apakah sekarang waktu yang baik?"


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, DESKS)


def test_the_tree_yields_keeps_the_words_and_asks_again_afterwards(house: House) -> None:
    who, case_id = officer(house), told(house)
    asked = texts(house)[-1]
    take(house, who, case_id)
    assert texts(house)[-1] == HERE
    speak(house, who, case_id, "Saya Sari. Apakah anaknya bersama Ibu sekarang?")
    before = len(house.heard("+62"))
    assert house.say("+62", "iya di rumah saya", "1") == []
    assert said(house, case_id) == ["iya di rumah saya", "1"]
    assert len(house.heard("+62")) == before
    give_back(house, who, case_id)
    assert texts(house)[-1].startswith(GONE)
    assert texts(house)[-1].endswith(asked.split("\n\n")[-1])
    house.answer("+62", "Tidak tahu")
    assert [k for k in kinds(house, case_id) if k in (EventKind.TAKEN, EventKind.SPOKEN, EventKind.GIVEN_BACK)] == [
        EventKind.TAKEN,
        EventKind.SPOKEN,
        EventKind.GIVEN_BACK,
    ]
    assert kinds(house, case_id)[-1] in (EventKind.ANSWERED, EventKind.RAISED)
    with house.database.read() as conn:
        actions = list(conn.execute(select(_audit.c.action).where(_audit.c.case_id == case_id).order_by(_audit.c.seq)).scalars())
    assert actions == ["talk.take", "talk.speak", "talk.give_back"]


def test_who_takes_the_chat_holds_the_case_and_has_seen_the_emergency(house: House) -> None:
    who = officer(house)
    house.say("+62", "DARURAT")
    (case_id, state), *_ = house.cases()
    assert state.emergency.value == "AKTIF"
    take(house, who, case_id)
    state = house.cases()[0][1]
    assert (state.owner_id, state.emergency.value) == (who.id, "DITANGANI")


@pytest.mark.parametrize("words", ["dia bawa parang tolong", "DARURAT"])
def test_danger_rings_anew_while_an_operator_is_there(house: House, words: str) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    replies = house.say("+62", words)
    state = house.cases()[0][1]
    assert state.level >= Level.DARURAT_TELAAH
    assert state.emergency.value == "AKTIF"
    assert [len(r.options) for r in replies] == [0]
    assert "110" in replies[0].text
    assert len(house.cases()) == 1


def test_help_and_deleting_are_answered_and_everything_else_is_left_to_the_person(house: House) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    assert "membaca di sini" in house.say("+62", "BANTU")[0].text
    assert "menghapus percakapan" in house.say("+62", "hapus")[0].text
    for word in ("MENU", "kembali", "BATAL", "BAHASA", "CEK 482177359 4821"):
        (reply,) = house.say("+62", word)
        assert "membaca di sini" in reply.text
        assert not reply.options
    assert said(house, case_id) == []
    assert running(house, case_id) is not None


@pytest.mark.parametrize(("word", "answer"), [("TUTUP", "jadwal layanan"), ("stop", "tidak akan menulis lebih dulu")])
def test_who_leaves_in_a_hurry_is_not_written_to(house: House, word: str, answer: str) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    (reply,) = house.say("+62", word)
    assert answer in reply.text
    assert running(house, case_id) is None
    with pytest.raises(talk.NotHeld):
        speak(house, who, case_id, "Halo?")
    # Whoever picks the phone up next reads nothing, not even a greeting, until the owner is back.
    with pytest.raises(talk.NotSafeToWrite if word == "TUTUP" else talk.SessionOver):
        take(house, who, case_id)


def test_somebody_silent_is_greeted_neutrally_and_nothing_goes_before_they_agree(house: House) -> None:
    who, case_id = officer(house), told(house)
    house.clock.shift(hours=2)
    take(house, who, case_id)
    with house.database.read() as conn:
        last = conn.execute(select(_outbox.c.purpose).order_by(_outbox.c.seq.desc()).limit(1)).scalar()
    assert (texts(house)[-1], last) == (GREETING, "push")
    with pytest.raises(talk.NotAgreedYet):
        speak(house, who, case_id, "Bagaimana keadaannya?")
    assert [r.text for r in house.say("+62", "iya boleh")] == [HERE]
    speak(house, who, case_id, "Bagaimana keadaannya?")
    assert texts(house)[-1] == "Bagaimana keadaannya?"


@pytest.mark.parametrize("words", ["siapa ini?", "tidak", "nanti saja", "salah nomor", "ya tidak tahu"])
def test_an_answer_that_does_not_fit_stops_it(house: House, words: str) -> None:
    who, case_id = officer(house), told(house)
    house.clock.shift(hours=2)
    take(house, who, case_id)
    (reply,) = house.say("+62", words)
    assert reply.text == "Baik, lain waktu saja. Terima kasih."
    assert running(house, case_id) is None
    assert said(house, case_id) == [words]


def test_danger_in_the_answer_to_the_greeting_is_not_put_off(house: House) -> None:
    who, case_id = officer(house), told(house)
    house.clock.shift(hours=2)
    take(house, who, case_id)
    replies = house.say("+62", "dia bawa parang tolong")
    assert "110" in replies[0].text and not any("lain waktu" in reply.text for reply in replies)
    assert running(house, case_id) is not None and house.cases()[0][1].emergency.value == "AKTIF"


def test_how_long_somebody_is_waited_for() -> None:
    assert (timedelta(minutes=30), timedelta(hours=24)) == (ASKED, OPEN)


def test_a_reporter_who_goes_on_writing_does_not_wait_for_ever(house: House) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    for minutes in (4, 7):
        house.clock.shift(minutes=minutes)
        house.say("+62", "masih di sana?")
    assert keep(house) == 0, "ten minutes from their first word"
    house.clock.shift(minutes=3)
    assert keep(house) == 1


def test_a_silent_phone_that_others_may_hold_is_not_written_to(house: House) -> None:
    who, case_id = officer(house), told(house)
    with house.database.write() as conn:
        conn.execute(update(_contact).values(phone="shared", push="no"))
    house.clock.shift(minutes=16)
    with pytest.raises(talk.NotSafeToWrite):
        take(house, who, case_id)
    house.clock.shift(hours=24)
    with pytest.raises(talk.SessionOver):
        take(house, who, case_id)
    assert EventKind.TAKEN not in kinds(house, case_id)


@pytest.mark.parametrize(("phone", "push"), [("watched", "no"), ("shared", "unasked"), ("mine", "no")])
def test_words_that_the_gate_would_hold_are_refused_and_end_no_alarm(house: House, phone: str, push: str) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    with house.database.write() as conn:
        conn.execute(update(_contact).values(phone=phone, push=push))
    house.clock.shift(minutes=8)
    speak(house, who, case_id, "Saya di sini.")
    house.clock.shift(minutes=8)
    with pytest.raises(talk.NotSafeToWrite):
        speak(house, who, case_id, "Masih di sana?")
    assert kinds(house, case_id).count(EventKind.SPOKEN) == 1
    house.say("+62", "ya")
    speak(house, who, case_id, "Masih di sana?")
    assert kinds(house, case_id).count(EventKind.SPOKEN) == 2


def test_one_operator_at_a_time_unless_a_supervisor_takes_it_over(house: House) -> None:
    sari, budi, boss = officer(house), officer(house, "budi"), officer(house, "wati", Role.SUPERVISOR)
    case_id = told(house)
    take(house, sari, case_id)
    with pytest.raises(talk.TalkTaken):
        take(house, budi, case_id)
    with pytest.raises(talk.NotHeld):
        speak(house, budi, case_id, "Halo")
    take(house, boss, case_id)
    with pytest.raises(talk.NotHeld):
        speak(house, sari, case_id, "Halo")
    speak(house, boss, case_id, "Saya supervisor.")
    assert running(house, case_id).operator_id == boss.id  # type: ignore[union-attr]


@pytest.mark.parametrize("how", ["quiet", "signed_out", "disabled", "closed"])
def test_a_talk_that_nobody_goes_on_with_ends_by_itself(house: House, how: str) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    assert keep(house) == 0
    with house.database.write() as conn:
        if how == "signed_out":
            sign_ins.end_all(conn, who.id)
        elif how == "disabled":
            operators.disable(conn, "sari")
        elif how == "closed":
            boss = Who(id=who.id, region="kendal", name="sari", display_name="Bu Sari", role=Role.OPERATOR)
            version = house.cases()[0][1].version
            operate.close(
                conn, house.seal, DESKS["kendal"], boss, case_id, version=version, reason="INFORMASI_SAJA", text="x", now=house.clock()
            )
    if how == "quiet":
        house.clock.shift(minutes=10, seconds=-1)
        assert keep(house) == 0
        house.clock.shift(seconds=1)
    assert (keep(house), keep(house)) == (1, 0)
    assert running(house, case_id) is None
    assert texts(house)[-1].startswith(GONE)


def test_a_reporter_who_wrote_is_not_left_alone_by_an_operator_who_is_gone(house: House) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    house.clock.shift(minutes=9)
    house.say("+62", "masih di sini", "halo?")
    house.clock.shift(minutes=9)
    assert keep(house) == 0  # ten minutes from the first word that waits
    house.clock.shift(minutes=1)
    assert keep(house) == 1
    assert texts(house)[-1].startswith(GONE)


def test_without_the_clock_the_reporters_next_word_ends_a_forgotten_talk(house: House) -> None:
    who, case_id = officer(house), told(house)
    asked = texts(house)[-1].split("\n\n")[-1]
    take(house, who, case_id)
    house.clock.shift(minutes=12)
    replies = house.say("+62", "halo pak masih ada?")
    assert replies[-1].text.endswith(asked)
    assert said(house, case_id) == ["halo pak masih ada?"]
    assert running(house, case_id) is None


def test_a_silent_reporter_hears_nothing_when_the_talk_ends(house: House) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    speak(house, who, case_id, "Kami datang besok pagi.")
    house.clock.shift(minutes=20)
    before = len(house.heard("+62"))
    assert keep(house) == 1
    assert len(house.heard("+62")) == before
    # What they write then answers no question: it is kept, and the question is asked anew.
    replies = house.say("+62", "1")
    assert said(house, case_id)[-1:] == ["1"]
    assert replies[-1].options


def test_a_story_told_to_its_end_stays_told_and_danger_said_then_rings_its_case(house: House) -> None:
    who, case_id = officer(house), told(house)
    finish(house, "+62")
    house.answer("+62", "Tidak, cukup")
    take(house, who, case_id)
    house.say("+62", "dia datang bawa parang")
    give_back(house, who, case_id)
    assert "Boleh menulis lagi" in texts(house)[-1]
    house.clock.shift(hours=1)
    with house.database.write() as conn:
        house.reminder.keep_silent_stories(conn)
    ((only, state),) = house.cases()
    assert (only, state.told, state.emergency.value) == (case_id, Told.LENGKAP, "AKTIF")


def test_a_case_without_its_reporter_in_the_chat_is_refused(house: House) -> None:
    who, case_id = officer(house), told(house)
    finish(house, "+62")
    house.answer("+62", "Tidak, cukup", "DARURAT")
    assert len(house.cases()) == 2
    with pytest.raises(talk.TellsOfSomethingElse):
        take(house, who, case_id)


def test_nothing_empty_or_endless_is_sent(house: House) -> None:
    who, case_id = officer(house), told(house)
    take(house, who, case_id)
    for wrong in ("", "  \n ", "x" * 1001):
        with pytest.raises(Exception, match=r"no text|longer"):
            speak(house, who, case_id, wrong)
    with pytest.raises(talk.NothingToDo):
        take(house, who, case_id)
