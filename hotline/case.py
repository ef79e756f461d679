"""A case: what may happen to it (events), and what it is now (folded from its events). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import reduce
from typing import Any

from hotline.values import changed


class Level(IntEnum):
    """Triage level; higher is worse. DARURAT_TELAAH rings like DARURAT until a person decides (domain 5.3)."""

    RENDAH = 1
    SEDANG = 2
    TINGGI = 3
    DARURAT_TELAAH = 4
    DARURAT = 5

    @property
    def rings(self) -> bool:
        """Whether people are alarmed at once."""
        return self >= Level.DARURAT_TELAAH


class Track(StrEnum):
    """The two tracks of one inbox (domain 2.1)."""

    ANAK = "anak"
    LAYANAN = "layanan"


class Audience(StrEnum):
    """Who may ever be shown an event."""

    REPORTER = "reporter"
    STAFF = "staff"


class Told(StrEnum):
    """How far the reporter's story got."""

    BERJALAN = "berjalan"
    LENGKAP = "lengkap"
    TERPUTUS = "terputus"


class Emergency(StrEnum):
    """The parallel flag of domain 2.2 (LUT-22): never a stage, never blocked by one."""

    TIDAK = "TIDAK"
    AKTIF = "AKTIF"
    DITANGANI = "DITANGANI"
    SELESAI = "SELESAI"


LIVE = (Emergency.AKTIF, Emergency.DITANGANI)  # somebody is in danger now, whether or not an officer has taken it


class ReporterStatus(StrEnum):
    """The five neutral statuses a reporter may read (domain 2.5)."""

    DITERIMA = "DITERIMA"
    DITELAAH = "DITELAAH"
    DITUGASKAN = "DITUGASKAN"
    DITANGANI = "DITANGANI"
    SELESAI = "SELESAI"
    PERLU_DOKUMEN = "PERLU_DOKUMEN"
    """Only of an aid request."""
    DIRUJUK = "DIRUJUK"
    """Only of an aid request."""


class EventKind(StrEnum):
    """Everything that can happen to a case. The comment tells the body's fields."""

    OPENED = "opened"
    """track, stage, source: finished | danger | silence | operator; by_way: CHAT | DATANG | KUNJUNGAN; beside, proven: see NOTED"""
    ANSWERED = "answered"
    """key, value (a code, or the words), label (as read), question: replaces an earlier answer to the same key"""
    SAID = "said"
    """text: words of the reporter outside any question; media: count; unsure: after TUTUP, maybe another's; nod: only an “ok” or thanks"""
    RAISED = "raised"
    """level, reasons: list of codes with their answers, by: rule | word | operator, note; again: danger said anew, it rings once more"""
    LOWERED = "lowered"
    """level, reason, approved_by: only by people, DARURAT and TINGGI with a second person (I7); false_alarm: its words were no danger"""
    PROPOSED = "proposed"
    """level, reason, false_alarm: somebody asks to lower DARURAT or TINGGI; changes nothing until a second person lowers or declines it"""
    DECLINED = "declined"
    """proposal (its sequence number), reason"""
    TOLD = "told"
    """told: lengkap | terputus"""
    CLAIMED = "claimed"
    """operator, name"""
    RELEASED = "released"
    """reason"""
    REPLIED = "replied"
    """text: to the reporter, read with code and PIN"""
    TAKEN = "taken"
    """operator, name, asked (only a neutral greeting was sent): an operator answers in the chat, the dialog waits"""
    SPOKEN = "spoken"
    """text, outbox: an operator's words straight into the chat"""
    GIVEN_BACK = "given_back"
    """operator, why (hotline.talk.Why): the dialog goes on"""
    RECORDED = "recorded"
    """what (hotline.casework.records.What), number, on (ISO, with its zone), note, for (operator)"""
    NOTED = "noted"
    """text: internal note; beside: instead of words, the code of another case of the same person; proven: opened with its PIN"""
    MOVED = "moved"
    """stage, note; track: the track it goes on in; back: the last step was a mistake (hotline.casework.missteps)"""
    ACKNOWLEDGED = "acknowledged"
    """an operator has seen the emergency: stops the noise, ends nothing"""
    HANDLED = "handled"
    """note: emergency action taken (LUT-22), emergency: DITANGANI | SELESAI; TIDAK where the case never was one"""
    READ = "read"
    """the reporter read the status with code and PIN"""
    SURVEYED = "surveyed"
    """the reporter was asked how the service was; the answers lie elsewhere and lead back to nobody"""
    WITHDRAWN = "withdrawn"
    """the reporter withdraws; never closes by itself"""
    CLOSED = "closed"
    """reason: a code of the profile, note"""
    REOPENED = "reopened"
    """reason"""


SYSTEM, REPORTER = "system", "reporter"
_FROM_REPORTER = frozenset({EventKind.ANSWERED, EventKind.SAID, EventKind.WITHDRAWN})
_ANSWERS_REPORTER = frozenset({EventKind.REPLIED, EventKind.SPOKEN})
_FOR_REPORTER = _FROM_REPORTER | _ANSWERS_REPORTER | {EventKind.OPENED, EventKind.READ, EventKind.TOLD}
FACTS = {"kind": "jenis", "area": "kecamatan"}
"""What people record of a case that its story may tell too (`hotline.casework.records.What`), and the answer that it stands for."""
UNTOLD = ("", "tidak_tahu")
"""Answers that tell nothing: taken back, or not known."""
_PLAN = ("sheet", "pembahasan_kasus")
_SEES = frozenset({EventKind.ACKNOWLEDGED, EventKind.TAKEN, EventKind.REPLIED, EventKind.SPOKEN})  # Who does these has seen the emergency.


def operator_author(operator_id: int) -> str:
    """The author of an event that an operator caused."""
    return f"operator:{operator_id}"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened. `body` holds the fields that the kind's docstring names; its values are str, int, bool or lists of str."""

    kind: EventKind
    at: datetime
    author: str
    body: Mapping[str, object] = field(default_factory=dict)
    seq: int = 0
    """1 for the first event of a case; 0 before it is stored."""

    @property
    def audience(self) -> Audience:
        """Who may be shown it."""
        return Audience.REPORTER if self.kind in _FOR_REPORTER else Audience.STAFF

    def text(self, key: str) -> str:
        """A field as text, empty when absent."""
        return str(self.body.get(key) or "")


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """What a case is after its events so far."""

    track: Track = Track.ANAK
    level: Level = Level.RENDAH
    reasons: tuple[str, ...] = ()
    stage: str = ""
    emergency: Emergency = Emergency.TIDAK
    handled: bool = False
    """An action was recorded in an emergency. Acknowledging alone is none: the reporter is not told that somebody acts."""
    acted: bool = False
    """Somebody recorded an action, also where there never was an emergency: they know the case, but the reporter is not told more."""
    owner_id: int | None = None
    told: Told = Told.BERJALAN
    closed: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    found_out: frozenset[str] = frozenset()
    """Keys of those answers that people recorded: a reporter who does not know them makes them no less known."""
    waiting_since: datetime | None = None
    unread: int = 0
    replied: bool = False
    opened_at: datetime | None = None
    letter_for: int | None = None
    """Whose letter of assignment (surat tugas) is recorded."""
    planned: bool = False
    """A case conference was held and its plan of services written down."""
    version: int = 0

    @property
    def reporter_status(self) -> ReporterStatus:
        """The one word the reporter may know."""
        if self.closed:
            return ReporterStatus.SELESAI
        if self.track is Track.LAYANAN and self.stage in _AID_STAGES:
            return _AID_STAGES[self.stage]
        if self.handled or self.stage in _HANDLED_STAGES:
            return ReporterStatus.DITANGANI
        if self.stage in _ASSIGNED_STAGES:
            return ReporterStatus.DITUGASKAN
        seen = self.owner_id is not None or self.replied or self.acted or self.emergency in (Emergency.DITANGANI, Emergency.SELESAI)
        return ReporterStatus.DITELAAH if seen else ReporterStatus.DITERIMA


_AID_STAGES = {"CEK_KELENGKAPAN": ReporterStatus.PERLU_DOKUMEN, "RUJUKAN": ReporterStatus.DIRUJUK}
# Stage codes of domain 2.2 that mean the same to a reporter; a profile may use a part of them in its own order.
_ASSIGNED_STAGES = frozenset({"PENUGASAN", "KONTAK_AWAL", "KONTRAK_LAYANAN", "PERSETUJUAN_SUPERVISOR", "DI_SLRT_KABUPATEN"})
_OF_A_CHILD = frozenset({"ASESMEN", "PEMBAHASAN_KASUS", "INTERVENSI", "PEMANTAUAN", "EVALUASI", "PERSIAPAN_TERMINASI", "TERMINASI"})
_OF_AID = frozenset({"DITANGANI", "RUJUKAN", "PENGAWASAN", "TINDAK_LANJUT", "HASIL_DISAMPAIKAN"})
_HANDLED_STAGES = _OF_A_CHILD | _OF_AID | {"BIMBINGAN_LANJUT"}


def fold(events: Iterable[Event], start: CaseState | None = None) -> CaseState:
    """The state after these events, in their order; `start` continues from a state already folded."""
    return reduce(_after, events, start or CaseState())


def _after(state: CaseState, event: Event) -> CaseState:
    changes: dict[str, Any] = {"version": event.seq or state.version + 1}
    if event.kind in _FROM_REPORTER:
        # However many questions a story answers, it is one message that waits for a reply, and an “ok” behind it is none more.
        unread = max(1, state.unread) if event.kind is EventKind.ANSWERED or event.body.get("nod") else state.unread + 1
        changes |= {"waiting_since": state.waiting_since or event.at, "unread": unread}
    elif event.kind in _ANSWERS_REPORTER:
        changes |= {"waiting_since": None, "unread": 0, "replied": True}
    return changed(state, **(changes | _changes(state, event)))


def _changes(state: CaseState, event: Event) -> dict[str, Any]:
    match event.kind:
        case EventKind.OPENED:
            return {"track": Track(event.text("track")), "stage": event.text("stage"), "opened_at": event.at, "waiting_since": event.at}
        case EventKind.ANSWERED:
            return _answered(state, event.text("key"), event.text("value"))
        case EventKind.RAISED:
            return _raised(state, event)
        case EventKind.LOWERED:
            emergency = Emergency.SELESAI if state.emergency in LIVE and not _level(event).rings else state.emergency
            return {"level": _level(event), "reasons": (event.text("reason"),), "emergency": emergency}
        case EventKind.TOLD:
            return {"told": Told(event.text("told"))}
        case EventKind.CLAIMED:
            return {"owner_id": int(str(event.body.get("operator")))}
        case EventKind.RELEASED:
            return {"owner_id": None}
        case EventKind.MOVED:
            moved = {"track": Track(event.text("track"))} if event.text("track") else {}
            return {"stage": event.text("stage"), **moved}
        case kind if kind in _SEES and state.emergency is Emergency.AKTIF:
            return {"emergency": Emergency.DITANGANI}
        case EventKind.HANDLED:
            emergency = Emergency(event.text("emergency") or "DITANGANI")
            return {"emergency": emergency, "acted": True, "handled": state.handled or emergency is not Emergency.TIDAK}
        case EventKind.RECORDED if event.text("what") in FACTS:
            fact = _fact(state, event)
            return {"answers": {**state.answers, fact: event.text("number")}, "found_out": state.found_out | {fact}}
        case EventKind.RECORDED if event.text("what") == "letter":
            return {"letter_for": int(event.text("for"))}
        case EventKind.RECORDED if (event.text("what"), event.text("number")) == _PLAN:
            return {"planned": True}
        case EventKind.CLOSED:
            return {"closed": True, "waiting_since": None, "unread": 0}
        case EventKind.REOPENED:
            return {"closed": False, "waiting_since": event.at}
        case _:
            return {}


def _answered(state: CaseState, key: str, value: str) -> dict[str, Any]:
    if key in state.found_out and value in UNTOLD:
        return {}
    return {"answers": {key: value for key, value in {**state.answers, key: value}.items() if value}}


def _fact(state: CaseState, event: Event) -> str:
    key = FACTS[event.text("what")]
    return "layanan" if key == "jenis" and state.track is Track.LAYANAN else key


def _level(event: Event) -> Level:
    return Level(int(str(event.body["level"])))


def _raised(state: CaseState, event: Event) -> dict[str, Any]:
    """An emergency that people ended rings again at a higher level or when danger is said anew, not because its story goes on."""
    level, reasons = _level(event), event.body.get("reasons")
    if level < state.level:
        return {}
    listed = tuple(str(r) for r in reasons) if isinstance(reasons, list | tuple) else ()
    new = state.emergency is Emergency.TIDAK or (state.emergency is Emergency.SELESAI and level > state.level)
    rings = level.rings and (new or bool(event.body.get("again")))
    return {"level": level, "reasons": listed or state.reasons, "emergency": Emergency.AKTIF if rings else state.emergency}
