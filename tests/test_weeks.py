"""Cases over days and weeks, as reporters live them: where later words go, what is told of news, and what nobody must do twice."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from hotline import operate
from hotline.case import EventKind, Track
from hotline.seal import Seal
from hotline.staff import Who
from hotline.store import accounts, letters, outbox
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, House, finish
from tests.support.officers import DESKS, officer, said

AID = ("Tidak", "Bantuan", "Saya sendiri", "Tidak ada yang")
AGAIN = ("halo", "Hal yang baru", *DANGEROUS[1:])


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, DESKS)


def told(house: House, *way: str) -> tuple[int, str, str]:
    """A story told to its end: its case, code and PIN."""
    house.answer("a", *way)
    before = len(house.heard("a"))
    finish(house, "a")
    ticket = next(m.text for m in house.heard("a")[before - 1 :] if "PIN:" in m.text)
    found = re.search(r"Kode: ([\d ]{11})\s+PIN: (\d{4})", ticket)
    assert found is not None
    if house.heard("a")[-1].options:
        house.answer("a", "Tidak, cukup")
    return house.cases()[-1][0], found[1].replace(" ", ""), found[2]


def reply(house: House, who: Who, case_id: int, text: str) -> None:
    version = dict(house.cases())[case_id].version
    with house.database.write() as conn:
        operate.reply(conn, house.seal, DESKS["kendal"], who, case_id, version=version, text=text, now=house.clock())


def close(house: House, who: Who, case_id: int) -> None:
    version = dict(house.cases())[case_id].version
    with house.database.write() as conn:
        operate.close(
            conn, house.seal, DESKS["kendal"], who, case_id, version=version, reason="INFORMASI_SAJA", text="x", now=house.clock()
        )


def days(house: House, count: float) -> None:
    """Time passes, and what falls silent becomes a case."""
    house.clock.shift(days=count)
    with house.database.write() as conn:
        house.reminder.keep_silent_stories(conn)


def test_thanks_for_what_is_over_are_no_case(house: House) -> None:
    case_id, code, pin = told(house, *DANGEROUS)
    who = officer(house)
    reply(house, who, case_id, "Kami sudah ke sana.")
    close(house, who, case_id)
    days(house, 1)
    house.say("a", f"CEK {code} {pin}", "Selesai", "terima kasih banyak bu")
    days(house, 1)
    assert [i for i, _ in house.cases()] == [case_id]
    house.say("a", "terima kasih, tapi dia datang lagi ke sekolah")
    days(house, 1)
    assert len(house.cases()) == 2, "whoever tells more is heard"


def test_thanks_in_the_middle_of_what_is_told_are_kept(house: House) -> None:
    house.say("a", "halo", "saya mau tanya soal tetangga", "terima kasih")
    days(house, 1)
    [(case_id, _)] = house.cases()
    assert said(house, case_id) == ["saya mau tanya soal tetangga", "terima kasih"]


def test_words_after_cek_belong_to_the_case_that_was_read(house: House) -> None:
    first, code, pin = told(house, *DANGEROUS)
    days(house, 2)
    second, _, _ = told(house, *AGAIN)
    days(house, 1)
    house.say("a", f"CEK {code} {pin}", "Selesai")
    house.clock.shift(minutes=5)
    house.say("a", "sudah bu, tadi pagi")
    assert (said(house, first), said(house, second)) == (["sudah bu, tadi pagi"], [])


@pytest.mark.parametrize("hours", [0, 2])
def test_danger_told_while_asking_for_aid_reaches_who_holds_the_childs_case(house: House, hours: int) -> None:
    child, _, _ = told(house, *DANGEROUS)
    days(house, 1)
    house.answer("a", "halo", "Hal yang baru", *AID[:3])
    days(house, hours / 24)
    assert len(house.cases()) == (2 if hours else 1)
    house.say("a", "DARURAT", "di rumah tetangga, anak itu dipukuli lagi")
    aid, state = house.cases()[-1]
    assert (aid != child, state.track) == (True, Track.LAYANAN)
    beside = [e.text("beside") for e in house.events(child) if e.kind is EventKind.NOTED]
    assert len(beside) == 1 and beside[0], "once, by its code"
    assert not house.events(aid)[0].text("beside"), "an aid case names no child's case"


@pytest.mark.parametrize("phone", ["Hanya saya", "Dipakai orang lain"])
def test_who_comes_back_hears_that_there_is_news_where_it_may_be_shown(house: House, phone: str) -> None:
    way = [phone if label == "Hanya saya" else label for label in DANGEROUS if label != "Boleh" or phone == "Hanya saya"]
    case_id, code, pin = told(house, *("Jangan" if label == "Boleh" else label for label in way))
    reply(house, officer(house), case_id, "Apakah anaknya sudah ke dokter?")
    days(house, 3)
    news = "Ada pembaruan untuk kode"
    assert (news in house.say("a", "halo")[-1].text) is (phone == "Hanya saya")
    house.say("a", f"CEK {code} {pin}", "Selesai")
    days(house, 1)
    assert news not in house.say("a", "halo")[-1].text, "read by now"


def test_two_replies_before_the_hour_that_is_safe_are_one_notice(house: House) -> None:
    way = [label for label in DANGEROUS if label != "Boleh"]
    way[way.index("Hanya saya") + 1 : way.index("Hanya saya") + 1] = ["Hanya jam", "Malam"]
    case_id, _, _ = told(house, *way)
    who = officer(house)
    reply(house, who, case_id, "Satu")
    with house.database.write() as conn:
        [first] = [letter.id for letter in letters.pushes(conn, case_id)]
        at = house.clock()
        outbox.settle(
            conn, [outbox.Outcome(id=first, at=at, outcome=outbox.OUTSIDE_HOURS, state=outbox.DUE, due_at=at + timedelta(hours=9))]
        )
        conn.exec_driver_sql("update outbox set tries = 1")
    reply(house, who, case_id, "Dua")
    with house.database.write() as conn:
        assert [letter.id for letter in letters.pushes(conn, case_id)] == [first]
        outbox.settle(conn, [outbox.Outcome(id=first, at=at, outcome="provider_down", state=outbox.DUE)])
    reply(house, who, case_id, "Tiga")
    with house.database.read() as conn:
        assert len(letters.pushes(conn, case_id)) == 2, "the first may never go"


@pytest.mark.parametrize("gone", [True, False])
def test_a_case_opened_again_goes_to_nobody_who_works_no_more(house: House, gone: bool) -> None:
    case_id, code, pin = told(house, *DANGEROUS)
    who = officer(house)
    with house.database.write() as conn:
        operate.claim(conn, house.seal, who, case_id, now=house.clock())
    reply(house, who, case_id, "Kami sudah ke sana.")
    close(house, who, case_id)
    with house.database.write() as conn:
        accounts.change(conn, "kendal", who.id, disabled=gone)
    house.say("a", f"CEK {code} {pin}")
    house.answer("a", "Tambah pesan")
    house.say("a", "anak itu sekarang tidak masuk sekolah lagi")
    state = dict(house.cases())[case_id]
    assert (state.closed, state.owner_id) == (False, None if gone else who.id)
