"""What people record of a case beside its stages: who is assigned with which letter, the report to the police, medical care, services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, select

from hotline.case import CaseState, EventKind, Track
from hotline.casework.acting import REASON_LIMIT, NothingToDo, TextMissing, TextTooLong, at_case, noted
from hotline.desk import Desk
from hotline.file_kinds import FileKind, judge
from hotline.seal import Seal
from hotline.staff import RIGHTS, Right, Role, Who
from hotline.store import cases, conflicts, office_files
from hotline.store.tables.office import Operator
from hotline.workflow import check_service

_operator = Operator.__table__  # type: ignore[attr-defined]
NUMBER_LIMIT = 80
LETTER_BYTES = 5 * 1024 * 1024
_LETTER_KINDS = ("pdf", "docx", "jpeg", "png", "webp")
_EARLIEST = timedelta(days=366 * 40)
_LATEST = timedelta(minutes=10)


class What(StrEnum):
    """Kinds of records."""

    LETTER = "letter"
    """surat tugas: number, day, and the companion it is for (LUT-18)."""
    POLICE = "police"
    """The report to the police (UU 12/2022 Pasal 41)."""
    MEDICAL = "medical"
    HAPPENED = "happened"
    """When it happened, as far as it is known: the medical window ends by it."""
    SERVICE = "service"
    """One of the six functions of the UPTD (Permen PPPA 2/2022): its code stands as the number."""
    KIND = "kind"
    """What kind of case it is, where the story did not tell: the profile's code as the number, its name as the note."""
    AREA = "area"
    """The kecamatan, likewise."""


class MomentInvalid(TextMissing):
    """The day or time is missing, unreadable, in the future or too long ago."""


class CompanionUnknown(TextMissing):
    """There is no such colleague in this region who works on cases, or the case is kept from them."""


class FactUnknown(TextMissing):
    """The region's profile has no such kind of case, or no such kecamatan."""


class LetterMissing(TextMissing):
    """The letter of assignment has neither a file nor is it told to be a draft."""


class LetterUnreadable(Exception):
    """The letter's file is too large, or none of the kinds that are kept: PDF, Word without macros, a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of assignment: its number, who issued it, its day, and the file; or it is a draft that is still to be signed."""

    number: str
    issuer: str
    on: datetime | None
    file: bytes = b""
    draft: bool = False

    def kind(self) -> FileKind | None:
        """What the file is; None for a draft without one. Raises LetterMissing, LetterUnreadable."""
        if not self.file:
            if not self.draft:
                raise LetterMissing(LetterMissing.__doc__)
            return None
        found = judge(self.file) if len(self.file) <= LETTER_BYTES else None
        if found is None or found.code not in _LETTER_KINDS:
            raise LetterUnreadable(LetterUnreadable.__doc__)
        return found


def companions(conn: Connection, region: str, case_id: int) -> list[tuple[int, str]]:
    """Who of the region may hold this case: (id, display name). Whom it is kept from could not even open it."""
    kept_from = conflicts.excluded(conn, case_id)
    roles = [role.value for role in Role if Right.WORK in RIGHTS[role]]
    query = select(_operator.c.id, _operator.c.display_name).where(
        _operator.c.region == region, _operator.c.disabled.is_(False), _operator.c.role.in_(roles)
    )
    found = conn.execute(query.order_by(_operator.c.display_name, _operator.c.id))
    return [(row.id, row.display_name) for row in found if row.id not in kept_from]


def assign(
    conn: Connection,
    seal: Seal,
    desk: Desk,
    who: Who,
    case_id: int,
    *,
    version: int,
    to: int,
    letter: Letter,
    now: datetime,
) -> CaseState:
    """One companion holds the case from now on, by a letter of assignment; a former one no longer does (I2, LUT-17, LUT-18).

    A case that somebody else holds is given to another only by who may take it over.
    Raises CompanionUnknown, MomentInvalid, TextMissing, LetterMissing, LetterUnreadable.
    """
    number, issuer, kind = _short(letter.number), _short(letter.issuer), letter.kind()
    at = at_case(conn, seal, who, case_id, now)
    if at.row.owner_id not in (None, who.id, to):
        who.must(Right.APPROVE)
    name = dict(companions(conn, at.row.region, case_id)).get(to)
    if name is None:
        raise CompanionUnknown(CompanionUnknown.__doc__)
    body = {"number": number, "issuer": issuer, "on": moment(letter.on, now).isoformat(), "draft": letter.draft, "for": to}
    if kind is not None:
        kept = {"region": at.row.region, "case_id": case_id, "data": letter.file, "content_type": kind.content_type}
        body["file"] = office_files.keep(conn, seal, now=now, **kept)
    recorded = at.event(EventKind.RECORDED, what=What.LETTER.value, **body)
    events = []
    if at.row.owner_id not in (None, to):
        events.append(at.event(EventKind.RELEASED, reason=number))
    if at.row.owner_id != to:
        events.append(at.event(EventKind.CLAIMED, operator=to, name=name))
    return at.save("case.assign", *events, recorded, version=version, detail={"number": number}, deadlines=desk.deadlines)


def record(
    conn: Connection,
    seal: Seal,
    who: Who,
    case_id: int,
    *,
    what: What,
    on: datetime | None,
    number: str = "",
    text: str = "",
    now: datetime,
) -> CaseState:
    """A report to the police, medical care, or when it happened. Raises MomentInvalid, TextMissing (the police's number), TextTooLong."""
    if what not in (What.POLICE, What.MEDICAL, What.HAPPENED):
        raise NothingToDo(NothingToDo.__doc__)
    at = at_case(conn, seal, who, case_id, now)
    said = _short(number) if what is What.POLICE or number.strip() else ""
    body = {"what": what.value, "number": said, "on": moment(on, now).isoformat(), "note": noted(text, REASON_LIMIT)}
    return at.save("case.record", at.event(EventKind.RECORDED, **body), detail={"what": what.value})


def establish(
    conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, *, version: int, kind: str, area: str, now: datetime
) -> CaseState:
    """Kind and kecamatan, as people found them out: queue, figures, periods and what is barred go by them. Empty: as it is.

    The level stays: people raise it if what they found out is graver. Raises FactUnknown, NothingToDo.
    """
    at = at_case(conn, seal, who, case_id, now)
    known = {
        What.KIND: ({term.code: term.name for term in desk.profile.kinds(Track(at.row.track))}, kind, at.row.kind),
        What.AREA: (dict(zip(desk.profile.districts, desk.profile.districts, strict=True)), area, at.row.area),
    }
    events = []
    for what, (names, code, before) in known.items():
        if code and code not in names:
            raise FactUnknown(FactUnknown.__doc__)
        if code not in ("", before):
            events.append(at.event(EventKind.RECORDED, what=what.value, number=code, on=now.isoformat(), note=names[code]))
    if not events:
        raise NothingToDo(NothingToDo.__doc__)
    return at.save("case.establish", *events, version=version, detail={"what": ",".join(e.text("what") for e in events)})


def serve(
    conn: Connection, seal: Seal, who: Who, case_id: int, *, version: int, service: str, text: str, young: bool, now: datetime
) -> CaseState:
    """A service is chosen. Mediation is none where sexual violence was told of (I10). Raises ServiceNotAllowed."""
    at = at_case(conn, seal, who, case_id, now)
    state = cases.load_state(conn, seal, case_id)
    check_service(state, service, who.role.value, text, young=young)
    body = {"what": What.SERVICE.value, "number": service, "on": now.isoformat(), "note": noted(text, REASON_LIMIT)}
    return at.save("case.service", at.event(EventKind.RECORDED, **body), version=version, detail={"service": service})


def _short(number: str) -> str:
    clean = " ".join(number.split())
    if not clean:
        raise TextMissing(TextMissing.__doc__)
    if len(clean) > NUMBER_LIMIT:
        raise TextTooLong(TextTooLong.__doc__)
    return clean


def moment(on: datetime | None, now: datetime) -> datetime:
    """A moment that can have been. Raises MomentInvalid."""
    if on is None or not now - _EARLIEST <= on <= now + _LATEST:
        raise MomentInvalid(MomentInvalid.__doc__)
    return on
