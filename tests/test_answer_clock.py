"""The clock of what a reporter writes after they were answered: an officer who is away leaves nobody waiting unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.case import REPORTER, SYSTEM, Event, EventKind, operator_author
from hotline.clocks import Kind
from hotline.remember import Rememberer
from hotline.seal import Seal
from hotline.staff import Role
from hotline.store import officers
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, House
from tests.support.officers import DESKS, officer
from tests.test_clocks import HOUR, MONDAY, RULES, claimed, event, of, opened, runs
from tests.test_weeks import reply, told


def said(text: str, after: timedelta) -> Event:
    return event(EventKind.SAID, after, REPORTER, text=text)


def test_it_runs_from_the_first_word_nobody_has_seen_until_somebody_does_anything() -> None:
    events = [*opened(), said("tadi malam lagi", HOUR), claimed(HOUR)]
    assert runs(events) == {Kind.ACTION}, "nobody has answered yet"
    events.append(event(EventKind.REPLIED, 2 * HOUR, operator_author(7), text="Apakah sudah ke dokter?"))
    assert runs(events) == set()
    events += [said("belum", 3 * HOUR), said("halo bu?", 5 * HOUR)]
    clock = of(Kind.ANSWER, events)
    assert (clock.running, clock.started_at, clock.due_at) == (True, MONDAY + 3 * HOUR, MONDAY + 9 * HOUR)
    assert [(telling.passed, telling.to) for telling in RULES.tellings(clock, held=True)] == [
        (False, ("PEMEGANG",)),
        (True, ("PEMEGANG", "SUPERVISOR")),
    ]
    for seen in (EventKind.NOTED, EventKind.REPLIED, EventKind.MOVED):
        assert runs([*events, event(seen, 6 * HOUR, operator_author(8), text="x", stage="ASESMEN")]) == set(), seen
    given_back = event(EventKind.RELEASED, 6 * HOUR, SYSTEM, reason="akun")
    assert Kind.ANSWER in runs([*events, given_back]), "a machine has seen nothing"
    assert runs([*events, event(EventKind.CLOSED, 6 * HOUR, operator_author(8), reason="DUPLIKAT")]) == set()


@pytest.mark.parametrize(("words", "kinds"), [("terima kasih bu", set()), ("terima kasih, tapi belum", {Kind.ANSWER})])
def test_thanks_alone_wait_for_nobody(words: str, kinds: set[Kind]) -> None:
    answered = event(EventKind.REPLIED, 2 * HOUR, operator_author(7), text="x")
    assert runs([*opened(), claimed(HOUR), answered, said(words, 3 * HOUR)]) == kinds


def test_a_supervisor_hears_when_the_holder_is_away(database: Database, seal: Seal, clock: Clock) -> None:
    house = House(database, seal, clock, DESKS)
    remember = Rememberer(DESKS, seal, clock)
    case_id, _, _ = told(house, *DANGEROUS)
    sari, wati = officer(house), officer(house, "wati", Role.SUPERVISOR)
    with database.write() as conn:
        code = officers.invite(conn, wati.id, clock())
    house.say("hp-wati", f"PETUGAS {code}")
    reply(house, sari, case_id, "Apakah anaknya sudah aman?")
    with database.write() as conn:
        remember.wind(conn)
    house.say("a", "belum bu, dia tidak masuk sekolah")
    heard = len(house.heard("hp-wati"))
    for _ in range(8):
        clock.shift(hours=1)
        with database.write() as conn:
            remember.sweep(conn)
            remember.tell(conn)
    assert [m.text.partition(".")[0] for m in house.heard("hp-wati")[heard:]] == ["Tenggat lewat"]
