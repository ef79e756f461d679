"""The tables of the alarm: who is on duty, whose phone is known, what rings, and whom it reached. Named as in `hotline.store.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Index, SmallInteger, String, UniqueConstraint, literal_column
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id


def _small() -> Column[int]:
    return Column(SmallInteger, nullable=False)


def _text(length: int) -> Column[str]:
    return Column(String(length), nullable=False)


_OPEN = "state <> 'ended'"
_QUEUED = "outcome = 'queued'"


class DutyRow(SQLModel, table=True):
    """One stretch of duty of one operator."""

    __tablename__ = "duty"

    id: int = Field(sa_column=row_id())
    region: str
    operator_id: int = Field(sa_column=big())
    position: int = Field(sa_column=_small())
    """1 first on call, 2 second."""
    starts_at: int = Field(sa_column=big())
    ends_at: int = Field(sa_column=big())

    __table_args__ = (Index("ix_duty_region_ends_at", "region", "ends_at"), Index("ix_duty_operator_id", "operator_id"))


class HolidayRow(SQLModel, table=True):
    """A public holiday as the Dinas of a region keeps it."""

    __tablename__ = "holiday"

    region: str = Field(sa_column=Column(String(40), primary_key=True))
    day: str = Field(sa_column=Column(String(10), primary_key=True))
    """ISO date, local."""
    name: str = Field(sa_column=_text(120))


class OfficerChat(SQLModel, table=True):
    """A phone that an officer registered by writing to us from it; one for each channel, and one officer for each phone."""

    __tablename__ = "officer_chat"

    id: int = Field(sa_column=row_id())
    operator_id: int = Field(sa_column=big())
    channel: str = Field(sa_column=_text(16))
    contact_id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    registered_at: int = Field(sa_column=big())

    __table_args__ = (UniqueConstraint("operator_id", "channel"),)


class OfficerInvite(SQLModel, table=True):
    """A code that an operator was shown in the panel, to be sent from their own phone: short-lived, one use."""

    __tablename__ = "officer_invite"

    code: str = Field(sa_column=Column(String(8), primary_key=True))
    operator_id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    expires_at: int = Field(sa_column=big())


class AlarmRow(SQLModel, table=True):
    """One ringing emergency, or a drill. What rings when was fixed when it started: a profile changed later changes no running alarm."""

    __tablename__ = "alarm"

    id: int = Field(sa_column=row_id())
    region: str
    case_id: int | None = Field(default=None, sa_column=big(null=True))
    """None for a drill."""
    code: str = Field(sa_column=_text(16))
    level: int = Field(sa_column=_small())
    """hotline.case.Level."""
    area: str = Field(default="", sa_column=_text(80))
    """Kecamatan, never an address."""
    drill: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    state: str = Field(default="ringing", sa_column=_text(8))
    """ringing, silenced (somebody has seen it), ended."""
    started_at: int = Field(sa_column=big())
    first_sent_at: int | None = Field(default=None, sa_column=big(null=True))
    """When a provider first took a page."""
    acknowledged_at: int | None = Field(default=None, sa_column=big(null=True))
    """The first time somebody said they have seen it."""
    acknowledged_by: int | None = Field(default=None, sa_column=big(null=True))
    first_action_at: int | None = Field(default=None, sa_column=big(null=True))
    first_action_by: int | None = Field(default=None, sa_column=big(null=True))
    ended_at: int | None = Field(default=None, sa_column=big(null=True))
    end_reason: str = Field(default="", sa_column=_text(16))
    """acted, lowered, closed, drill."""
    rearm_at: int | None = Field(default=None, sa_column=big(null=True))
    """Silenced: rings anew then, unless somebody has acted."""
    next_rung_at: int | None = Field(default=None, sa_column=big(null=True))
    """When the scheduler must look at it; none once ended."""
    rearm_minutes: int = Field(sa_column=_small())
    repeat_minutes: int = Field(sa_column=_small())

    __table_args__ = (
        # One ladder a case: of two transactions that start it at once, the second one fails and is worked again.
        partial("uq_alarm_case_id", "case_id", where=_OPEN, unique=True),
        partial("ix_alarm_next_rung_at", "next_rung_at", where=_OPEN),
        Index("ix_alarm_region_started_at", "region", "started_at"),
        Index("ix_alarm_case_id_started_at", "case_id", "started_at"),
    )


RUNS = AlarmRow.__table__.c.state != literal_column("'ended'")  # type: ignore[attr-defined]
"""Of alarms that run. The word stands in the statement itself: SQLite finds the partial index by it."""


class AlarmRung(SQLModel, table=True):
    """One rung of one alarm's ladder, written when the alarm starts; or one repetition, written when it rings. Each rings once."""

    __tablename__ = "alarm_rung"

    id: int = Field(sa_column=row_id())
    alarm_id: int = Field(sa_column=big())
    number: int = Field(sa_column=_small())
    """From 0 in the order of the ladder; repetitions count on."""
    targets: str = Field(sa_column=_text(160))
    """hotline.alarm.ladder codes, with commas."""
    repeat: bool = Field(sa_column=Column(Boolean, nullable=False))
    due_at: int = Field(sa_column=big())
    rung_at: int | None = Field(default=None, sa_column=big(null=True))
    """Never later than due_at by more than the scheduler's tick; earlier when nobody before it could be reached or could come."""
    reason: str = Field(default="", sa_column=_text(80))
    """Why it reached nobody, or not everybody it names: hotline.alarm.reach codes, with commas."""

    __table_args__ = (UniqueConstraint("alarm_id", "number"),)


class AlarmPage(SQLModel, table=True):
    """One rung's call to one officer's one phone, or the note that this officer has none. The reporter's own notice is a page too."""

    __tablename__ = "alarm_page"

    id: int = Field(sa_column=row_id())
    alarm_id: int = Field(sa_column=big())
    number: int = Field(sa_column=_small())
    """The rung's."""
    operator_id: int | None = Field(default=None, sa_column=big(null=True))
    """None: the reporter."""
    channel: str = Field(default="", sa_column=_text(16))
    contact_id: int | None = Field(default=None, sa_column=big(null=True))
    outbox_id: int | None = Field(default=None, sa_column=big(null=True))
    queued_at: int = Field(sa_column=big())
    sent_at: int | None = Field(default=None, sa_column=big(null=True))
    answered_at: int | None = Field(default=None, sa_column=big(null=True))
    outcome: str = Field(default="queued", sa_column=_text(10))
    """queued, sent, late (not sent after a minute), failed, taken (Ambil), declined (Tidak bisa), overtaken (answered before it left)."""
    reason: str = Field(default="", sa_column=_text(40))
    """Why it failed or is late: no_chat, or a code of hotline.deliver or hotline.gate."""

    __table_args__ = (
        Index("ix_alarm_page_alarm_id", "alarm_id"),
        Index("ix_alarm_page_contact_id_queued_at", "contact_id", "queued_at"),
        Index("ix_alarm_page_outbox_id", "outbox_id"),
        partial("ix_alarm_page_queued", "queued_at", where=_QUEUED),
        Index("ix_alarm_page_outcome_queued_at", "outcome", "queued_at"),
    )


not_ended: ColumnElement[bool] = AlarmRow.__table__.c.state != literal_column("'ended'")  # type: ignore[attr-defined]
"""An alarm that runs: written as its partial indexes are, or SQLite would compile the statement anew at every use to see that they fit."""
