"""Officers' own phones: registered by a code, heard before any dialog when they answer a call, and a citizen's phone otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.alarm.bell import State
from hotline.alarm.reach import Outcome
from hotline.messages import Outgoing
from hotline.store import accounts, audit, officers
from tests.support.nights import REPORTER, Night

CALL = "Buka panel"


def text(replies: list[Outgoing]) -> str:
    (one,) = replies
    return one.text


def test_a_code_registers_the_phone_that_sends_it_once(bare: Night) -> None:
    bare.people(phones=False)
    with bare.house.database.write() as conn:
        code = officers.invite(conn, bare.ids["ani"], bare.clock())
    assert len(code) == 6 and code.isdecimal()
    assert "terdaftar" in text(bare.house.say("hp-ani", f"petugas {code[:3]} {code[3:]}", channel="sim-telegram"))
    assert "salah atau sudah lewat" in text(bare.house.say("hp-lain", f"PETUGAS {code}", channel="sim-telegram"))
    with bare.house.database.read() as conn:
        (chat,) = officers.chats(conn, [bare.ids["ani"]])[bare.ids["ani"]]
        assert chat.channel == "sim-telegram"
        assert audit.latest(conn, bare.house.seal, "kendal", ["officer.register"])[0].operator_id == bare.ids["ani"]
    assert [(kind, worked) for kind, _, worked in bare.house.messages() if not worked] == []
    assert bare.house.cases() == []


@pytest.mark.parametrize("written", ["/start petugas_{}", "Petugas: {}", "/start petugas{}", " petugas {}. "])
def test_the_code_may_come_by_a_deep_link_or_as_people_type(bare: Night, written: str) -> None:
    bare.people(phones=False)
    with bare.house.database.write() as conn:
        code = officers.invite(conn, bare.ids["ani"], bare.clock())
    assert "terdaftar" in text(bare.house.say("hp-ani", written.format(code), channel="sim-telegram"))


def test_a_code_ends_after_a_quarter_of_an_hour_or_when_another_is_made(bare: Night) -> None:
    bare.people(phones=False)
    with bare.house.database.write() as conn:
        first = officers.invite(conn, bare.ids["ani"], bare.clock())
        second = officers.invite(conn, bare.ids["ani"], bare.clock())
    assert "salah atau sudah lewat" in text(bare.house.say("hp-ani", f"PETUGAS {first}"))
    bare.clock.shift(minutes=16)
    assert "salah atau sudah lewat" in text(bare.house.say("hp-ani", f"PETUGAS {second}"))


def test_whoever_guesses_codes_has_to_wait(bare: Night) -> None:
    bare.people(phones=False)
    said = [text(bare.house.say("penebak", f"PETUGAS {guess:06}")) for guess in range(9)]
    assert any("Terlalu banyak" in answer for answer in said[5:])
    with bare.house.database.write() as conn:
        code = officers.invite(conn, bare.ids["ani"], bare.clock())
    assert "terdaftar" in text(bare.house.say("hp-ani", f"PETUGAS {code}")), "others are not held up"


def test_a_new_phone_takes_the_place_of_the_old_one(night: Night) -> None:
    with night.house.database.write() as conn:
        code = officers.invite(conn, night.ids["ani"], night.clock())
    night.house.say("hp-baru", f"PETUGAS {code}", channel="sim-telegram")
    night.cry()
    assert len(night.heard("ani")) == 1, "only that it was registered"
    assert CALL in night.house.heard("hp-baru", "sim-telegram")[-1].text


def test_revoking_silences_a_phone(night: Night) -> None:
    with night.house.database.write() as conn:
        assert officers.revoke(conn, night.ids["ani"], "sim-telegram")
        assert not officers.revoke(conn, night.ids["ani"], "sim-telegram")
    night.cry()
    assert night.unsent() == [("ani", "no_chat")]


@pytest.mark.parametrize(("label", "said", "state"), [("Ambil", "Anda ambil", State.SILENCED), ("Tidak bisa", "dipanggil", State.RINGING)])
def test_a_second_phone_answers_a_call_in_the_very_batch_in_which_it_is_registered(
    night: Night, label: str, said: str, state: State
) -> None:
    night.cry()
    (token,) = (o.token for o in night.heard("ani", "sim-telegram")[-1].options if o.label == label)
    with night.house.database.write() as conn:
        code = officers.invite(conn, night.ids["ani"], night.clock())
    new = [night.house.incoming("hp-baru", f"PETUGAS {code}"), night.house.incoming("hp-baru", choice=token)]
    assert night.house.take(*new) == [True, True]
    registered, answered = night.house.heard("hp-baru")
    assert "terdaftar" in registered.text and said in answered.text
    assert night.state() is state


def test_an_officer_is_a_citizen_otherwise(night: Night) -> None:
    night.cry()
    (welcome,) = night.house.say("hp-ani", "halo", channel="sim-telegram")
    assert welcome.options
    night.house.answer("hp-ani", "Tidak", channel="sim-telegram")
    assert night.state() is State.RINGING


def test_a_number_answers_the_call_only_when_the_call_was_said_last(bare: Night) -> None:
    bare.people(phones=False)
    bare.register("ani", channel="sim-whatsapp")
    bare.house.say("hp-ani", "halo")
    bare.cry()
    bare.house.say("hp-ani", "halo")  # the dialog asks its question again, after the call
    bare.house.say("hp-ani", "2")
    assert bare.state() is State.RINGING
    assert "Anda ambil" in text(bare.answer("ani", "ambil", channel="sim-whatsapp"))


def test_a_call_that_is_over_is_answered_kindly(night: Night) -> None:
    night.cry()
    night.handled(night.house.cases()[0][0], "budi")
    assert "sudah ditangani" in text(night.answer("ani", "Ambil"))
    assert "sudah ditangani" in text(night.answer("ani", "Tidak bisa"))


def test_of_two_who_take_it_one_has_it(night: Night) -> None:
    night.cry()
    night.wait(6)
    night.answer("budi", "Ambil")
    assert "sudah diambil petugas lain" in text(night.answer("ani", "Ambil"))
    assert "sudah diambil petugas lain" in text(night.answer("citra", "Tidak bisa"))
    assert night.house.cases()[0][1].owner_id == night.ids["budi"]
    assert night.state() is State.SILENCED


def test_when_it_rings_anew_another_may_take_it(night: Night) -> None:
    night.cry()
    night.wait(6)
    night.answer("ani", "Ambil")
    night.wait(11)
    night.answer("budi", "Ambil")
    case = night.house.cases()[0][1]
    assert case.owner_id == night.ids["budi"]
    assert night.state() is State.SILENCED
    alarm = night.alarm()
    assert alarm.acknowledged_by == night.ids["ani"], "the first who had seen it"


def test_a_strangers_tap_does_nothing(night: Night) -> None:
    alarm = night.cry()
    for choice in (f"piket:a:{alarm.id}", "piket:a:99", "piket:x", f"piket:a:{'9' * 30}"):
        night.house.take(night.house.incoming("orang-lain", channel="sim-telegram", choice=choice))
        assert "tidak berlaku" in night.house.heard("orang-lain", "sim-telegram")[-1].text
    assert night.state() is State.RINGING


def test_an_officer_who_was_not_called_and_a_disabled_one_answer_nothing(night: Night) -> None:
    alarm = night.cry()
    night.house.take(night.house.incoming("hp-eko", channel="sim-telegram", choice=f"piket:a:{alarm.id}"))
    assert "tidak berlaku" in night.heard("eko")[-1].text
    night.disable("ani")
    assert "tidak berlaku" in text(night.answer("ani", "Ambil"))
    assert night.state() is State.RINGING


def test_a_call_of_another_region_is_not_answered(night: Night) -> None:
    alarm = night.cry()
    with night.house.database.write() as conn:
        conn.exec_driver_sql(f"UPDATE alarm SET region = 'luwu-timur' WHERE id = {alarm.id}")
    assert "tidak berlaku" in text(night.answer("ani", "Ambil"))


def test_an_officer_who_stopped_messages_is_seen_not_to_be_reachable(night: Night) -> None:
    night.house.say("hp-ani", "STOP", channel="sim-telegram")
    with night.house.database.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM contact WHERE stopped").scalar() == 1


def test_the_officer_may_be_the_reporter(night: Night) -> None:
    night.house.say("hp-ani", "halo", "anaknya dipukuli sekarang", channel="sim-telegram")
    calls = [m for m in night.heard("ani") if CALL in m.text]
    assert len(calls) == 1
    night.house.answer("hp-ani", "Ya", channel="sim-telegram")
    assert "Anda ambil" in text(night.answer("ani", "Ambil"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_holds_code_level_and_kecamatan_and_nothing_else(bare: Night, language: str) -> None:
    bare.people()
    with bare.house.database.write() as conn:
        conn.exec_driver_sql(f"UPDATE operator SET language = '{language}'")
    bare.house.answer(REPORTER, "halo", "Ya", "Patebon")
    call = next(m for m in bare.heard("ani") if m.alert)
    code, level, area = call.alert
    left = call.text
    for part in (code, level, area):
        left = left.replace(part, "")
    expected = {"id": "Tiket  ·  · Kec. . Buka panel.", "en": "Ticket  ·  · Kec. . Open the panel."}
    assert left == expected[language]
    assert "Tetangga" not in call.text and "anak" not in call.text.lower()


def test_answers_are_in_the_audit_trail_and_the_case(night: Night) -> None:
    night.cry()
    night.answer("ani", "Ambil")
    case_id = night.house.cases()[0][0]
    assert [e.kind.value for e in night.house.events(case_id)][-2:] == ["acknowledged", "claimed"]
    assert [p.outcome for _, who, p in night.pages() if who == "ani"] == [Outcome.TAKEN]
    with night.house.database.read() as conn:
        (row,) = audit.latest(conn, night.house.seal, "kendal", ["emergency.take"])
    assert row.case_id == case_id and row.operator_id == night.ids["ani"]


def test_a_code_for_an_account_that_was_disabled_since_registers_nothing(bare: Night) -> None:
    bare.people(phones=False)
    with bare.house.database.write() as conn:
        code = officers.invite(conn, bare.ids["ani"], bare.clock())
        accounts.change(conn, "kendal", bare.ids["ani"], disabled=True)
    assert "salah" in text(bare.house.say("hp-ani", f"PETUGAS {code}"))
    with bare.house.database.read() as conn:
        assert officers.owners(conn, [1, 2]) == {}
    assert timedelta(minutes=15) == officers.CODE_LASTS


def test_a_phone_number_behind_that_word_is_a_reporters_and_no_code(night: Night) -> None:
    said = "petugas 0812 0000 0000"
    assert not any("Kode ini salah" in m.text for m in night.house.say(REPORTER, "halo", said))


@pytest.mark.parametrize(("tapped", "state"), [("piket:a", State.SILENCED), ("piket:t", State.RINGING)])
def test_the_buttons_of_an_approved_template_answer_the_phones_last_call(night: Night, tapped: str, state: State) -> None:
    night.cry()
    night.house.take(night.house.incoming(night.phone("ani"), channel="sim-telegram", choice=tapped))
    assert night.state() is state
    assert (1, "citra") in night.called() or state is State.SILENCED


def test_such_a_button_of_somebody_who_was_not_called_does_nothing(night: Night) -> None:
    night.cry()
    for name in ("eko", "bukan petugas"):
        night.house.take(night.house.incoming(f"hp-{name}", channel="sim-telegram", choice="piket:a"))
    assert night.state() is State.RINGING
