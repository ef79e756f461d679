"""The panel as its operators meet it: signed-in people over real rows, and cases that a reporter could have told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Connection, insert, select
from starlette.testclient import TestClient

import panel
from hotline.case import REPORTER, SYSTEM, CaseState, Event, EventKind, Level
from hotline.desk import Desk
from hotline.ids import new_id
from hotline.passwords import hashed
from hotline.seal import Seal
from hotline.settings import load_settings
from hotline.staff import Role, Who
from hotline.store import cases, operators, sign_ins
from hotline.store.database import Database
from hotline.store.tables.cases import CaseEvent
from hotline.store.tables.office import Audit, Operator
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import to_us
from tests.support.clock import Clock
from tests.support.house import desk

_operator, _contact, _outbox, _audit, _event = (t.__table__ for t in (Operator, Contact, Outbox, Audit, CaseEvent))  # type: ignore[attr-defined]
PASSWORD = "payung teduh di beranda"
ADDRESS = "whatsapp:+6281234500017"
REGIONS = ("kendal", "luwu-timur")


@cache
def desks() -> Mapping[str, Desk]:
    """Both shipped regions, built once."""
    return {region: desk(region) for region in REGIONS}


@cache
def _hash() -> str:
    return hashed(PASSWORD)


def answer(clock: Clock, key: str, value: str, label: str = "", question: str = "") -> Event:
    """One answer of the reporter."""
    body = {"key": key, "value": value, "label": label or value, "question": question or key}
    return Event(kind=EventKind.ANSWERED, at=clock(), author=REPORTER, body=body)


class Site:
    """One panel over one database."""

    def __init__(self, database: Database, seal: Seal, clock: Clock, public_url: str = "http://testserver") -> None:
        self.database, self.seal, self.clock = database, seal, clock
        settings = load_settings({"TEDUH_PUBLIC_URL": public_url})
        profiles, books = ({k: getattr(v, part) for k, v in desks().items()} for part in ("profile", "book"))
        self.panel = panel.app(database=database, seal=seal, profiles=profiles, books=books, settings=settings, clock=clock)
        self.app = FastAPI(openapi_url=None)
        self.app.mount("/panel", self.panel)

    def operator(self, name: str = "sari", role: Role = Role.OPERATOR, region: str = "kendal", *, must_change: bool = False) -> Who:
        """An account whose password is PASSWORD."""
        row = {
            "id": new_id(),
            "region": region,
            "name": name,
            "display_name": f"Bu {name.title()}",
            "role": role.value,
            "language": "id",
            "password_hash": _hash(),
            "must_change": must_change,
            "disabled": False,
            "created_at": to_us(self.clock()),
        }
        with self.database.write() as conn:
            conn.execute(insert(_operator), row)
        return Who(id=row["id"], region=region, name=name, display_name=row["display_name"], role=role)  # type: ignore[arg-type]

    def who(self, name: str) -> Who:
        """An operator made before."""
        with self.database.read() as conn:
            row = operators.find(conn, name)
        assert row is not None
        return Who(id=row.id, region=row.region, name=row.name, display_name=row.display_name, role=Role(row.role))

    def client(self, **headers: str) -> Browser:
        """Somebody who is not signed in."""
        return Browser(self.app, headers)

    def token(self, who: Who) -> str:
        """What this operator's browser keeps in its cookie from now on."""
        with self.database.write() as conn:
            return sign_ins.begin(conn, who.id, self.clock())

    def signed_in(self, who: Who) -> Browser:
        """A browser that this operator is signed in with."""
        token = self.token(who)
        with self.database.read() as conn:
            session = sign_ins.session(conn, sign_ins.digest(token), self.clock())
        assert session is not None
        found = Browser(self.app, {})
        found.http.cookies.set("teduh_sesi", token, path="/panel")
        found.csrf = session.csrf
        return found

    def contact(
        self, *, phone: str = "mine", push: str = "yes", region: str = "kendal", channel: str = "whatsapp", language: str = "id"
    ) -> int:
        """A reporter's row, as receiving leaves it."""
        row_id = new_id()
        row = {
            "id": row_id,
            "region": region,
            "channel": channel,
            "address_key": self.seal.fingerprint(region, channel, str(row_id)),
            "address_sealed": self.seal(ADDRESS, "contact", row_id, "address"),
            "language": language,
            "session_sealed": None,
            "case_id": None,
            "last_case_id": None,
            "sent_seq": 0,
            "last_in_at": to_us(self.clock()),
            "quiet_at": None,
            "phone": phone,
            "push": push,
            "push_hours": "",
            "stopped": False,
            "wrong_pins": 0,
            "pins_locked_until": None,
        }
        with self.database.write() as conn:
            conn.execute(insert(_contact), row)
        return row_id

    def case(
        self,
        *,
        level: Level = Level.TINGGI,
        region: str = "kendal",
        track: str = "anak",
        contact: int | None = None,
        reasons: Sequence[str] = ("R3=serumah", "R7=ya"),
        more: Sequence[Event] = (),
        rings: bool = False,
    ) -> tuple[int, str]:
        """A case told by a reporter: id and code. `rings`: an emergency calls people by the region's ladder."""
        desk_ = desks()[region]
        stage = next(
            s.code
            for t in (desk_.profile.file.tracks.anak, desk_.profile.file.tracks.layanan)
            for s in t.stages[:1]
            if (t is desk_.profile.file.tracks.anak) is (track == "anak")
        )
        opened = Event(kind=EventKind.OPENED, at=self.clock(), author=SYSTEM, body={"track": track, "stage": stage, "source": "finished"})
        raised = Event(
            kind=EventKind.RAISED, at=self.clock(), author=SYSTEM, body={"level": int(level), "reasons": list(reasons), "by": "rule"}
        )
        story = [answer(self.clock, "jenis", "fisik", "Kekerasan fisik", "Apa yang terjadi?"), *more, raised]
        with self.database.write() as conn:
            return cases.open_case(
                conn,
                self.seal,
                region=region,
                contact_id=contact,
                events=[opened, *story],
                now=self.clock(),
                deadlines=desk_.deadlines,
                ladders=desk_.ladders if rings else None,
            )

    def give(self, case_id: int, operator_id: int) -> None:
        """Let this operator hold the case."""
        given = Event(kind=EventKind.CLAIMED, at=self.clock(), author=SYSTEM, body={"operator": operator_id, "name": "Bu Nanik"})
        with self.database.write() as conn:
            cases.append(conn, self.seal, case_id, [given])

    def says(self, case_id: int, text: str) -> None:
        """The reporter adds words."""
        said = Event(kind=EventKind.SAID, at=self.clock(), author=REPORTER, body={"text": text, "media": 0})
        with self.database.write() as conn:
            cases.append(conn, self.seal, case_id, [said])

    def do(self, act: Callable[[Connection], object]) -> None:
        """One transaction."""
        with self.database.write() as conn:
            act(conn)

    def state(self, case_id: int) -> CaseState:
        """What a case is now."""
        with self.database.read() as conn:
            return cases.load_state(conn, self.seal, case_id)

    def kinds(self, case_id: int) -> list[EventKind]:
        """What happened to a case, in order."""
        with self.database.read() as conn:
            return [event.kind for event in cases.load_events(conn, self.seal, case_id)]

    def texts(self, case_id: int, kind: EventKind) -> list[str]:
        """The words of events of one kind."""
        with self.database.read() as conn:
            return [e.text("text") for e in cases.load_events(conn, self.seal, case_id) if e.kind is kind]

    def version(self, case_id: int) -> int:
        """The case's version now."""
        return len(self.kinds(case_id))

    def actions(self, case_id: int | None = None) -> list[str]:
        """The audit trail's actions, oldest first."""
        query = select(_audit.c.action).order_by(_audit.c.seq)
        with self.database.read() as conn:
            return list(conn.execute(query if case_id is None else query.where(_audit.c.case_id == case_id)).scalars())

    def outbox(self, case_id: int) -> list[str]:
        """The purposes of messages queued for a case."""
        with self.database.read() as conn:
            return list(conn.execute(select(_outbox.c.purpose).where(_outbox.c.case_id == case_id).order_by(_outbox.c.id)).scalars())


class Browser:
    """A client that behaves as a browser does: it names its origin and sends the form token of the page."""

    def __init__(self, app: FastAPI, headers: Mapping[str, str]) -> None:
        self.http = TestClient(
            app, base_url="http://testserver", follow_redirects=False, raise_server_exceptions=False, headers=dict(headers)
        )
        self.csrf = ""

    def get(self, path: str, **headers: str) -> Response:
        """GET /panel + path."""
        return self.http.get(f"/panel{path}", headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(
        self, path: str, fields: Mapping[str, str] | None = None, *, files: Mapping[str, tuple[str, bytes]] | None = None, **headers: str
    ) -> Response:
        """POST a form of this session from one of its own pages; `files`: field -> (name, content)."""
        own = {"sec-fetch-site": "same-origin"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.http.post(f"/panel{path}", data={"csrf": self.csrf} | dict(fields or {}), files=files, headers=own)


def visible_text(page: str) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    return re.sub(r" ([:,.)])", r"\1", text).replace("&#39;", "'").replace("&#34;", '"')
