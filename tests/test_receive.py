"""Receiving: each message once, in order, durable; and the story becomes a case when it must."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from hotline import pins
from hotline.case import Event as CaseEvent
from hotline.case import EventKind, Level, ReporterStatus, Told, operator_author
from hotline.seal import Seal
from hotline.store import cases, silence
from hotline.store.database import Database
from hotline.store.tables.people import Contact
from hotline.times import to_us
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, House, desk, finish

KENDAL = desk("kendal")
_contact = Contact.__table__  # type: ignore[attr-defined]


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


@pytest.mark.requirement("LUT-20")
def test_a_told_story_is_one_case_with_every_message_in_it(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Guru")
    finish(house, "a")
    [(case_id, state)] = house.cases()
    assert (state.told, state.answers["pelapor"]) == (Told.LENGKAP, "guru")
    assert {(case, worked) for _, case, worked in house.messages()} == {(case_id, True)}


def test_a_message_delivered_three_times_is_worked_once(house: House) -> None:
    first = house.incoming("a", "halo", message_id="SM1")
    assert house.take(first, first) == [True, False]
    assert house.take(replace(first, text="lain")) == [False]
    assert len(house.messages()) == len(house.heard("a")) == 1


@pytest.mark.requirement("LUT-22")
def test_danger_is_a_case_before_the_story_ends(house: House) -> None:
    house.answer("a", *DANGEROUS)
    [(case_id, state)] = house.cases()
    assert (state.told, state.level >= Level.TINGGI) == (Told.BERJALAN, True)
    before = len(house.events(case_id))
    house.answer("a", "Ya, sekarang", "Ya")
    [(_, state)] = house.cases()
    assert state.level is Level.DARURAT
    assert len(house.events(case_id)) > before


def test_danger_in_words_rings_at_once_in_any_dialog(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Bantuan sosial", "anak saya sedang dipukul bapaknya pakai parang")
    [(_, state)] = house.cases()
    assert state.level.rings
    assert "110" in house.heard("a")[-1].text or "110" in house.heard("a")[-2].text


def test_a_story_waits_from_its_last_word_whenever_it_was_to_be_looked_at(house: House) -> None:
    def looked() -> tuple[int, list[int]]:
        with house.database.write() as conn:
            kept = house.reminder.keep_silent_stories(conn)
            return kept, list(conn.execute(select(_contact.c.quiet_at)).scalars())

    house.answer("a", "halo", "Tidak", "Bantuan sosial")
    house.say("a", "1")
    _, [first] = looked()
    house.clock.shift(minutes=KENDAL.profile.quiet_minutes - 1)
    house.say("a", "1")
    last = to_us(house.clock())
    assert looked() == (0, [first]), "a turn moves no index"
    house.clock.shift(minutes=2)
    assert looked() == (0, [last + KENDAL.patience_us])
    house.clock.shift(minutes=KENDAL.profile.quiet_minutes - 3)
    assert looked()[0] == 0
    house.clock.shift(minutes=2)
    assert looked() == (1, [None])
    assert [state.told for _, state in house.cases()] == [Told.TERPUTUS]


@pytest.mark.parametrize("meanwhile", ["clock set back", "could not be kept"])
def test_a_word_ends_every_other_wait_of_a_story(house: House, meanwhile: str) -> None:
    house.answer("a", "halo", "Tidak", "Bantuan sosial")
    house.say("a", "1")
    if meanwhile == "clock set back":
        house.clock.shift(hours=-7)
    else:
        house.clock.shift(minutes=KENDAL.profile.quiet_minutes + 1)
        with house.database.write() as conn:
            [contact] = conn.execute(select(_contact.c.id)).scalars()
            silence.put_off(conn, {contact: to_us(house.clock()) + 10 * KENDAL.patience_us})
    house.say("a", "1")
    for minutes, kept in ((KENDAL.profile.quiet_minutes - 1, 0), (2, 1)):
        house.clock.shift(minutes=minutes)
        with house.database.write() as conn:
            assert house.reminder.keep_silent_stories(conn) == kept


def test_whoever_falls_silent_has_told_a_case_and_goes_on_in_it(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Bantuan sosial")
    house.say("a", "1")
    assert house.cases() == []
    sent = len(house.heard("a"))
    house.clock.shift(minutes=KENDAL.profile.quiet_minutes + 1)
    with house.database.write() as conn:
        assert house.reminder.keep_silent_stories(conn) == 1
    with house.database.write() as conn:
        assert house.reminder.keep_silent_stories(conn) == 0
    [(case_id, state)] = house.cases()
    assert state.told is Told.TERPUTUS
    assert len(house.heard("a")) == sent, "nobody is asked whether they are still there"
    house.say("a", "1")
    finish(house, "a")
    assert [i for i, _ in house.cases()] == [case_id]
    assert house.cases()[0][1].told is Told.LENGKAP


@pytest.mark.parametrize(
    "leaving", [("BATAL",), ("Tidak", "BATAL", "Ya, berhenti"), ("MENU", "Mulai yang baru")], ids=["at once", "asked", "another"]
)
def test_whoever_gives_up_has_told_a_case_and_withdrawn_nothing(house: House, leaving: tuple[str, ...]) -> None:
    house.answer("a", "halo", "Tidak", "Bantuan sosial", "Keluarga saya")
    assert house.cases() == []
    house.say("a", *leaving)
    [(case_id, state)] = house.cases()
    assert (state.told, state.answers["untuk"], state.closed) == (Told.TERPUTUS, "keluarga", False)
    assert EventKind.WITHDRAWN not in {e.kind for e in house.events(case_id)}


def test_code_and_pin_show_status_and_words_from_any_phone_and_the_answer_reaches_the_operator(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    [(case_id, _)] = house.cases()
    words = CaseEvent(kind=EventKind.REPLIED, at=house.clock(), author=operator_author(7), body={"text": "Kapan Ibu bisa dihubungi?"})
    with house.database.write() as conn:
        cases.append(conn, house.seal, case_id, [words])
    house.say("b", "halo")
    told = house.say("b", f"CEK {code} {pin}")
    assert any("Kapan Ibu bisa dihubungi?" in m.text for m in told)
    house.answer("b", "Tambah", "Besok pagi setelah jam sembilan")
    state = house.cases()[0][1]
    assert [e.text("text") for e in house.events(case_id) if e.kind is EventKind.SAID] == ["Besok pagi setelah jam sembilan"]
    assert (state.reporter_status, state.unread) == (ReporterStatus.DITELAAH, 1)


@pytest.mark.parametrize("text", ["Kode: {0}\nPIN: {1}", "kodenya {0} pinnya {1} kok tidak bisa", "cek {0} pin {1} sudah sebulan"])
def test_no_pin_stands_in_a_case_however_it_was_written(house: House, text: str) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    house.say("a", text.format(code, pin))
    broken = house.incoming("a", text.format(code, pin))
    with house.database.write() as conn:
        house.reception.keep(conn, broken, RuntimeError())
    said = [e.text("text") for case_id, _ in house.cases() for e in house.events(case_id) if e.kind is EventKind.SAID]
    assert said and not any(pin in words.replace(code, "") for words in said), "the code stays, and may hold the PIN's digits by chance"


@pytest.mark.parametrize(("sender", "made"), [("a", 1), ("b", 2)])
def test_the_question_of_whoever_lost_the_pin_reaches_people(house: House, sender: str, made: int) -> None:
    """In the case told from this phone; from another, as a case of its own."""
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, _ = finish(house, "a")
    house.answer(sender, f"CEK {code}", "Tidak ketemu", "kapan saya dikabari?", "Selesai")
    house.clock.shift(hours=8)
    with house.database.write() as conn:
        house.reminder.keep_silent_stories(conn)
    known = house.cases()
    assert len(known) == made
    said = [e.text("text") for e in house.events(known[-1][0]) if e.kind is EventKind.SAID]
    assert said == ["kapan saya dikabari?"]


def test_the_locks_last_as_long_as_is_said(house: House) -> None:
    assert pins.TRIES == 5 and pins.CONTACT_LOCK.total_seconds() == 3600 and pins.CASE_LOCK.total_seconds() == 24 * 3600
    house.say("a", "halo")
    locked = house.say("a", *["CEK 123456789 0000"] * (pins.TRIES + 1))[-1].text
    assert "paling lama sehari penuh" in locked


def test_a_pin_is_soon_known_by_its_slow_hash_alone_and_opens_as_before(house: House) -> None:
    told = []
    for sender in "ab":
        house.answer(sender, "halo", "Tidak", "Cerita", "Tetangga")
        told.append(finish(house, sender))
    with house.database.write() as conn:
        assert [house.reminder.hash_pins(conn), house.reminder.hash_pins(conn)] == [2, 0]
    for code, pin in told:
        assert any(code in m.text.replace(" ", "") for m in house.say("c", "halo", f"CEK {code} {pin}"))


def test_a_wrong_pin_and_a_wrong_code_answer_alike_and_the_sixth_try_is_locked_even_when_right(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    with house.database.write() as conn:
        assert house.reminder.hash_pins(conn) == 1
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    answers = {house.say(f"x{i}", "halo", f"CEK {c} {wrong}")[-1].text for i, c in enumerate((code, "111111111"))}
    assert len(answers) == 1
    for i in range(4):
        house.say(f"y{i}", "halo", f"CEK {code} {wrong}")
    locked = house.say("z", "halo", f"CEK {code} {pin}")[-1].text
    assert locked in answers, "a locked case says the same as a wrong PIN"
    house.clock.shift(hours=25)
    assert house.say("w", "halo", f"CEK {code} {pin}")[-1].text not in answers


def test_one_phone_may_not_try_many_codes(house: House) -> None:
    house.say("a", "halo")
    said = [house.say("a", f"CEK {100_000_000 + i} 0000")[-1].text for i in range(7)]
    assert len(set(said)) > 1, "after five tries the phone is told to wait"


def test_messages_of_one_person_at_once_are_worked_in_their_order(house: House) -> None:
    house.take(*(house.incoming("a", text) for text in ("halo", "2", "1")))
    assert len(house.heard("a")) == 3
    assert [worked for _, _, worked in house.messages()] == [True] * 3


def test_two_processes_never_mix_up_one_persons_messages(house: House) -> None:
    rounds = 15
    others = [House(Database(house.database.url), house.seal, house.clock, house.desks) for _ in range(2)]

    def write(mine: House) -> None:
        for _ in range(rounds):
            mine.take(mine.incoming("a", "halo"))

    threads = [threading.Thread(target=write, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(house.messages()) == 2 * rounds
    assert len(house.heard("a")) >= 2 * rounds
    for other in others:
        other.database.close()


def test_a_message_whose_working_fails_is_kept_and_answered(house: House) -> None:
    def danger(text: str) -> tuple[str, ...]:
        if "racun" in text:
            raise ValueError
        return ()

    house.say("a", "halo")
    book = KENDAL.book
    found, sounding = book.danger, book.sounding
    book.danger, book.sounding = danger, lambda text: (danger(text), "")
    try:
        answered = house.say("a", "ada racun")
    finally:
        book.danger, book.sounding = found, sounding
    assert len(answered) == 1
    assert [worked for _, _, worked in house.messages()] == [True, False]
    assert house.say("a", "Tidak"), "the conversation goes on where it was"


@pytest.mark.parametrize("text", ["😭😭 tolong", "\u202eterbalik", "a\u200bb", "x" * 10_000, "نص عربي", "\x00nol", "𝕳𝖆𝖑𝖔"])
def test_any_text_survives(house: House, text: str) -> None:
    house.answer("a", "halo", "Tidak")
    assert house.say("a", text)
    assert [worked for _, _, worked in house.messages()] == [True] * 3
