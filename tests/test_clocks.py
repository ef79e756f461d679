"""The clocks of a case: what runs, until when, who is told once each, also across restarts and with two schedulers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from hotline import operate
from hotline.case import REPORTER, SYSTEM, Event, EventKind, Level, operator_author
from hotline.clocks import Clock, Kind, Rules, read
from hotline.compact import loads
from hotline.ids import new_id
from hotline.remember import Rememberer
from hotline.seal import Seal
from hotline.staff import Role, Who
from hotline.store import cases, clocks, transcript
from hotline.store.alarm import roster
from hotline.store.database import Database
from hotline.store.tables.alarm import OfficerChat
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.office import Operator
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import from_us, to_us
from tests.support.clock import Clock as Moved
from tests.support.house import House, desk

KENDAL = desk("kendal")
RULES = Rules(KENDAL.profile)
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09:00 in Kendal
HOUR = timedelta(hours=1)
_operator, _contact, _outbox, _case, _chat = (t.__table__ for t in (Operator, Contact, Outbox, CaseFile, OfficerChat))  # type: ignore[attr-defined]


def event(kind: EventKind, after: timedelta = timedelta(), author: str = SYSTEM, **body: object) -> Event:
    return Event(kind=kind, at=MONDAY + after, author=author, body=body)


def opened(level: Level = Level.TINGGI, *more: Event) -> list[Event]:
    begun = event(EventKind.OPENED, track="anak", stage="PENGADUAN_DITERIMA", source="finished")
    return [begun, *more, event(EventKind.RAISED, level=int(level), reasons=["R3=serumah"], by="rule")]


def answered(key: str, value: str, after: timedelta = timedelta()) -> Event:
    return event(EventKind.ANSWERED, after, REPORTER, key=key, value=value, label=value, question=key)


def claimed(after: timedelta = timedelta()) -> Event:
    return event(EventKind.CLAIMED, after, operator_author(7), operator=7, name="Bu Sari")


def of(kind: Kind, events: Sequence[Event], rules: Rules = RULES) -> Clock:
    return next(clock for clock in read(events, rules)[0] if clock.kind is kind)


def runs(events: Sequence[Event]) -> set[Kind]:
    return {clock.kind for clock in read(events, RULES)[0] if clock.running}


@pytest.mark.parametrize(
    ("level", "kind", "minutes"),
    [
        (Level.DARURAT, Kind.ACKNOWLEDGE, 15),
        (Level.DARURAT, Kind.ACTION, 60),
        (Level.TINGGI, Kind.ACKNOWLEDGE, 60),
        (Level.TINGGI, Kind.ACTION, 360),
        (Level.TINGGI, Kind.ASSIGN, 180),
        (Level.SEDANG, Kind.ACKNOWLEDGE, 360),
    ],
)
def test_every_level_has_its_times(level: Level, kind: Kind, minutes: int) -> None:
    clock = of(kind, opened(level))
    assert clock.due_at == MONDAY + timedelta(minutes=minutes)
    assert clock.near_at == MONDAY + timedelta(minutes=minutes * 0.75)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-23 09:00", "2026-11-24 09:00"),  # Monday in working hours
        ("2026-11-27 09:00", "2026-11-30 09:00"),  # Friday: the weekend does not count
        ("2026-11-28 21:00", "2026-11-30 15:30"),  # Saturday night: from Monday's opening
        ("2026-11-24 15:30", "2026-11-26 15:30"),  # at closing: Wednesday is a holiday, Thursday is the day
        ("2026-11-24 07:00", "2026-11-24 15:30"),
    ],
)
def test_a_working_day_is_one_of_the_dinas(start: str, due: str) -> None:
    rules = Rules(KENDAL.profile, frozenset({date(2026, 11, 25)}))
    local = timedelta(hours=7)
    begun = datetime.fromisoformat(start).replace(tzinfo=UTC) - local
    assert rules.after(begun, 1440, working_days=True) == datetime.fromisoformat(due).replace(tzinfo=UTC) - local


@given(st.integers(0, 20 * 1440), st.floats(0, 4000), st.floats(0, 4000))
def test_more_working_time_never_ends_earlier(start: int, one: float, other: float) -> None:
    begun = MONDAY + timedelta(minutes=start)
    less, more = sorted((one, other))
    assert begun <= RULES.after(begun, less, working_days=True) <= RULES.after(begun, more, working_days=True)


def test_what_people_do_stops_their_clocks_and_releasing_starts_them_again() -> None:
    told = opened()
    assert runs(told) == {Kind.ACKNOWLEDGE, Kind.ACTION, Kind.ASSIGN}
    told.append(claimed(HOUR))
    assert runs(told) == {Kind.ACTION}
    told.append(event(EventKind.RELEASED, 2 * HOUR, operator_author(7), reason="pergantian"))
    assert of(Kind.ACKNOWLEDGE, told).due_at == MONDAY + 3 * HOUR
    assert of(Kind.ASSIGN, told).due_at == MONDAY + 5 * HOUR
    told.append(event(EventKind.SPOKEN, 3 * HOUR, operator_author(8), text="x"))
    assert runs(told) == {Kind.ASSIGN}
    told.append(event(EventKind.CLOSED, 4 * HOUR, operator_author(8), reason="DUPLIKAT"))
    assert runs(told) == set()
    told.append(event(EventKind.REOPENED, 5 * HOUR, operator_author(8), reason="x"))
    assert runs(told) == {Kind.ACKNOWLEDGE, Kind.ACTION, Kind.ASSIGN}


def test_a_higher_level_has_its_own_time_from_when_it_was_reached() -> None:
    told = [*opened(Level.SEDANG), event(EventKind.RAISED, 5 * HOUR, level=5, reasons=["R1=ya"], by="rule")]
    assert of(Kind.ACKNOWLEDGE, told).due_at == MONDAY + 5 * HOUR + timedelta(minutes=15)
    told.append(event(EventKind.ACKNOWLEDGED, 5 * HOUR, operator_author(7)))
    assert Kind.ACKNOWLEDGE not in runs(told)
    again = event(EventKind.RAISED, 6 * HOUR, level=5, reasons=["kata=parang"], by="rule", again=True)
    assert of(Kind.ACKNOWLEDGE, [*told, again]).due_at == MONDAY + 6 * HOUR + timedelta(minutes=15)


@pytest.mark.parametrize("told", [("R5", ">72_jam"), ("R5", "daring"), ("jenis", "seksual"), ("jenis", "fisik,eksploitasi_seksual")])
def test_sexual_violence_is_reported_to_the_police_within_three_days_of_the_victims_report(told: tuple[str, str]) -> None:
    events = opened(Level.TINGGI, answered(*told))
    clock = of(Kind.POLICE, events)
    assert (clock.started_at, clock.due_at, clock.running) == (MONDAY, MONDAY + timedelta(hours=72), True)
    events += [claimed(HOUR), event(EventKind.SPOKEN, HOUR, operator_author(7), text="x"), event(EventKind.RELEASED, HOUR, reason="x")]
    assert Kind.POLICE in runs(events)
    recorded = event(EventKind.RECORDED, 2 * HOUR, operator_author(7), what="police", number="LP/1", on="2026-11-23T11:00+07:00")
    assert Kind.POLICE not in runs([*events, recorded])
    assert Kind.POLICE not in runs([*events, event(EventKind.CLOSED, 3 * HOUR, reason="DUPLIKAT")])


def test_no_other_case_has_the_laws_clock() -> None:
    assert {Kind.POLICE, Kind.MEDICAL} & runs(opened(Level.TINGGI, answered("R5", "tidak_tahu"), answered("jenis", "fisik"))) == set()
    taken_back = [*opened(Level.TINGGI, answered("R5", "daring")), answered("R5", "tidak", HOUR)]
    assert Kind.POLICE not in runs(taken_back)


def test_the_medical_window_ends_by_the_time_of_the_event_once_it_is_known() -> None:
    events = opened(Level.DARURAT, answered("R5", "<=72_jam"))
    assert of(Kind.MEDICAL, events).due_at == MONDAY + timedelta(hours=72)
    happened = event(EventKind.RECORDED, HOUR, operator_author(7), what="happened", on=(MONDAY - 48 * HOUR).isoformat())
    assert of(Kind.MEDICAL, [*events, happened]).due_at == MONDAY + timedelta(hours=24)
    told_later = [*opened(Level.DARURAT), happened, answered("R5", "<=72_jam", 2 * HOUR)]
    assert of(Kind.MEDICAL, told_later).due_at == MONDAY + timedelta(hours=24)
    cared = event(EventKind.RECORDED, 2 * HOUR, operator_author(7), what="medical", on=MONDAY.isoformat())
    assert Kind.MEDICAL not in runs([*events, happened, cared])


# -- as rows


@pytest.fixture
def house(database: Database, seal: Seal, clock: Moved) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


def officer(house: House, name: str, role: Role) -> Who:
    """An operator with a registered phone."""
    row = {"id": new_id(), "region": "kendal", "name": name, "display_name": f"Bu {name.title()}", "role": role.value, "language": "id"}
    row |= {"password_hash": "-", "must_change": False, "disabled": False, "created_at": to_us(house.clock())}
    house.take(house.incoming(name, "halo", channel="sim-telegram"))
    with house.database.write() as conn:
        contact = transcript.contact_id(conn, house.seal, "kendal", "sim-telegram", name)
        chat = {"id": new_id(), "operator_id": row["id"], "channel": "sim-telegram", "contact_id": contact, "registered_at": 0}
        conn.execute(insert(_operator), row)
        conn.execute(insert(_chat), chat)
    return Who(id=row["id"], region="kendal", name=name, display_name=str(row["display_name"]), role=role)  # type: ignore[arg-type]


def case(house: House, events: list[Event]) -> int:
    with house.database.write() as conn:
        return cases.open_case(
            conn, house.seal, region="kendal", contact_id=None, events=events, now=house.clock(), deadlines=KENDAL.deadlines
        )[0]


def look(house: House, *, times: int = 1) -> None:
    """What the scheduler does; a new one each time, as after a restart."""
    for _ in range(times):
        for work in ("wind", "sweep", "tell"):
            with house.database.write() as conn:
                getattr(Rememberer(house.desks, house.seal, house.clock), work)(conn)


def heard(house: House, name: str) -> list[str]:
    """What their phone was told, in order; an alert has no place in the conversation's own line, so by time."""
    key = house.seal.fingerprint("kendal", "sim-telegram", name)
    query = select(_outbox.c.id, _outbox.c.body_sealed).join(_contact, _contact.c.id == _outbox.c.contact_id)
    alerts = query.where(_contact.c.address_key == key, _outbox.c.purpose == "alert").order_by(_outbox.c.created_at, _outbox.c.id)
    with house.database.read() as conn:
        return [loads(house.seal.open(r.body_sealed, "outbox", r.id, "body"))["text"] for r in conn.execute(alerts)]


def said(house: House, name: str) -> list[str]:
    return [text.partition(".")[0] for text in heard(house, name)]


def due(house: House, case_id: int) -> datetime | None:
    with house.database.read() as conn:
        found = conn.execute(select(_case.c.due_at).where(_case.c.id == case_id)).scalar()
    return None if found is None else from_us(found)


def test_each_is_told_once_when_the_time_nears_and_when_it_is_over(house: House) -> None:
    for name, role in (("sari", Role.OPERATOR), ("wati", Role.SUPERVISOR), ("joko", Role.MANAJER)):
        officer(house, name, role)
    case(house, opened(Level.TINGGI))
    for minutes in range(0, 130, 5):
        look(house, times=2)
        house.clock.set(MONDAY + timedelta(minutes=minutes + 5))
    # Acknowledge: near at 45, over at 60, the supervisor once more at 120. Assign would be near at 135.
    assert said(house, "sari") == ["Tenggat dekat", "Tenggat lewat"]
    assert said(house, "wati") == ["Tenggat lewat", "Tenggat lewat"]
    assert said(house, "joko") == []
    (message,) = set(heard(house, "wati"))
    assert "TINGGI" in message
    assert not any(word in message.lower() for word in ("seksual", "polisi", "kekerasan", "anak", "pelapor"))


@pytest.mark.parametrize("late", [timedelta(hours=72), timedelta(days=9)])
def test_an_overdue_police_report_reaches_the_manager_also_after_a_long_stop(house: House, late: timedelta) -> None:
    holder, _ = officer(house, "sari", Role.OPERATOR), officer(house, "joko", Role.MANAJER)
    taken = event(EventKind.CLAIMED, HOUR, operator_author(holder.id), operator=holder.id, name="Bu Sari")
    words = event(EventKind.SPOKEN, HOUR, operator_author(holder.id), text="x")
    case_id = case(house, [*opened(Level.TINGGI, answered("R5", "daring")), taken, words])
    look(house)
    assert due(house, case_id) == MONDAY + timedelta(hours=72)
    house.clock.set(MONDAY + late - timedelta(seconds=1))
    if late == timedelta(hours=72):
        look(house, times=2)
        assert (said(house, "sari"), said(house, "joko")) == (["Tenggat dekat"], [])
    house.clock.set(MONDAY + late)
    look(house, times=3)
    assert said(house, "sari")[-1:] == ["Tenggat lewat"]
    assert said(house, "joko") == ["Tenggat lewat"]


def test_two_schedulers_tell_once(house: House) -> None:
    officer(house, "sari", Role.OPERATOR)
    case(house, opened(Level.TINGGI))
    look(house)
    house.clock.set(MONDAY + timedelta(minutes=50))
    one, other = (Rememberer(house.desks, house.seal, house.clock) for _ in range(2))
    with house.database.write() as conn:
        seen = clocks.to_tell(conn, ["kendal"], house.clock(), 10)
    for keeper in (one, other):  # both saw the same row before either told
        with house.database.write() as conn:
            keeper._each(conn, "tell", seen, keeper._tell)
    assert said(house, "sari") == ["Tenggat dekat"]


def test_an_emergency_is_not_told_beside_its_ladder(house: House) -> None:
    officer(house, "sari", Role.OPERATOR)
    case(house, opened(Level.DARURAT))
    house.clock.set(MONDAY + timedelta(minutes=20))
    look(house)
    assert said(house, "sari") == []


def test_a_released_case_has_its_deadline_again_at_once_and_exactly_after_the_next_look(house: House) -> None:
    who = officer(house, "sari", Role.OPERATOR)
    case_id = case(house, opened(Level.RENDAH))
    look(house)
    assert due(house, case_id) == MONDAY + timedelta(days=1)
    with house.database.write() as conn:
        operate.claim(conn, house.seal, who, case_id, now=house.clock())
    look(house)
    assert due(house, case_id) == MONDAY + timedelta(days=3)
    house.clock.set(MONDAY + timedelta(days=4, hours=1))  # Friday 10:00
    with house.database.write() as conn:
        roster.add_holiday(conn, "kendal", date(2026, 11, 30), "Libur")
        operate.release(conn, house.seal, who, case_id, version=3, reason="pergantian", now=house.clock(), desk=KENDAL)
    assert due(house, case_id) is not None
    look(house)
    with house.database.read() as conn:
        running = {r.kind: r.due_at for r in clocks.of_cases(conn, [case_id])[case_id]}
    assert running["acknowledge"] == MONDAY + timedelta(days=8, hours=1)  # Tuesday: weekend and holiday between


def test_the_panel_counts_what_is_over_for_those_who_may_see_it(house: House) -> None:
    who, companion = officer(house, "sari", Role.OPERATOR), officer(house, "dewi", Role.PENDAMPING)
    case_id = case(house, opened(Level.TINGGI))
    look(house)
    house.clock.shift(minutes=61)
    with house.database.write() as conn:
        assert (clocks.count_passed(conn, who, house.clock()), clocks.count_passed(conn, companion, house.clock())) == (1, 0)
        conn.execute(update(_case).where(_case.c.id == case_id).values(closed=True))
        assert clocks.count_passed(conn, who, house.clock()) == 0
