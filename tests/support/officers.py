"""Operators who answer in reporters' chats, for tests of the whole house without doors."""

from __future__ import annotations

from sqlalchemy import insert

from hotline import talk
from hotline.case import EventKind
from hotline.ids import new_id
from hotline.staff import Role, Who
from hotline.store import sign_ins, talks
from hotline.store.tables.office import Operator
from hotline.talk import TalkKeeper
from hotline.times import to_us
from tests.support.house import DANGEROUS, House, desk

_operator = Operator.__table__  # type: ignore[attr-defined]
DESKS = {"kendal": desk("kendal")}


def officer(house: House, name: str = "sari", role: Role = Role.OPERATOR) -> Who:
    """An operator who is signed in."""
    row = {"id": new_id(), "region": "kendal", "name": name, "display_name": f"Bu {name.title()}", "role": role.value, "language": "id"}
    row |= {"password_hash": "-", "must_change": False, "disabled": False, "created_at": to_us(house.clock())}
    with house.database.write() as conn:
        conn.execute(insert(_operator), row)
        sign_ins.begin(conn, row["id"], house.clock())  # type: ignore[arg-type]
    return Who(id=row["id"], region="kendal", name=name, display_name=str(row["display_name"]), role=role)  # type: ignore[arg-type]


def told(house: House, sender: str = "+62") -> int:
    """A story in its middle that is a case already."""
    house.answer(sender, *DANGEROUS)
    (case_id, _), *_ = house.cases()
    return case_id


def take(house: House, who: Who, case_id: int) -> None:
    with house.database.write() as conn:
        talk.take(conn, house.seal, DESKS["kendal"], who, case_id, now=house.clock())


def speak(house: House, who: Who, case_id: int, text: str) -> None:
    with house.database.write() as conn:
        talk.speak(conn, house.seal, DESKS["kendal"], who, case_id, text=text, now=house.clock())


def give_back(house: House, who: Who, case_id: int) -> None:
    with house.database.write() as conn:
        talk.give_back(conn, house.seal, DESKS["kendal"], who, case_id, now=house.clock())


def keep(house: House) -> int:
    with house.database.write() as conn:
        return TalkKeeper(house.desks, house.seal, house.clock).end_forgotten(conn)


def kinds(house: House, case_id: int) -> list[EventKind]:
    return [event.kind for event in house.events(case_id)]


def said(house: House, case_id: int) -> list[str]:
    return [event.text("text") for event in house.events(case_id) if event.kind is EventKind.SAID]


def running(house: House, case_id: int) -> talks.Talk | None:
    with house.database.read() as conn:
        found = talks.of_case(conn, case_id)
    return found if found is not None and found.ended_at is None else None


def texts(house: House, sender: str = "+62") -> list[str]:
    return [message.text for message in house.heard(sender)]
