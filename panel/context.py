"""What every part of the panel needs, put together once; and who asks, as the guard found out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import anyio
import anyio.to_thread
from fastapi import Request

from hotline.case import Track
from hotline.desk import Desk
from hotline.seal import Seal
from hotline.staff import Who
from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.queue import Line
from hotline.store.sign_ins import Session
from hotline.times import Clock
from hotline.writer import PATIENCE

if TYPE_CHECKING:
    from panel.frame.live import Hub
    from panel.frame.pages import Pages

_Found = TypeVar("_Found")
HASHING_AT_ONCE = 2
"""Passwords hashed in parallel: each takes 64 MiB and a core for a tenth of a second."""


@dataclass(frozen=True)
class Panel:
    """The running panel."""

    database: Database
    seal: Seal
    desks: Mapping[str, Desk]
    clock: Clock
    secure: bool
    """Whether cookies are only sent over https."""
    pages: Pages
    hub: Hub
    ways: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By region and channel the address that opens our chat with `{text}` already written, where it is known."""
    push_key: str = ""
    """What a browser is given to subscribe with; empty: browsers are not called."""
    patience: float = PATIENCE
    """Seconds in which the database must answer who asks."""
    hashing: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(HASHING_AT_ONCE))

    async def in_time(self, look: Callable[..., _Found], *arguments: object) -> _Found:
        """Look in a thread. Raises DatabaseUnavailable also when a database that is there does not answer: no page stays white for it."""
        try:
            with anyio.fail_after(self.patience):
                return await anyio.to_thread.run_sync(partial(look, *arguments), abandon_on_cancel=True)
        except TimeoutError:
            raise DatabaseUnavailable(DatabaseUnavailable.__doc__) from None

    def desk(self, who: Who) -> Desk:
        """The desk of the operator's region."""
        return self.desks[who.region]

    def kinds(self, who: Who) -> dict[str, str]:
        """What cases are about, by code, as the operator's region says it."""
        profile = self.desk(who).profile
        return {term.code: term.name for track in Track for term in profile.kinds(track)}

    def zone(self, who: Who) -> ZoneInfo:
        """The time zone of the operator's region."""
        return ZoneInfo(self.desks[who.region].profile.timezone)


@dataclass(frozen=True)
class Asked:
    """One request, allowed: by whom, when, and about which case."""

    panel: Panel
    session: Session
    now: datetime
    line: Line | None = None

    @property
    def who(self) -> Who:
        """The operator."""
        return self.session.who

    @property
    def case(self) -> Line:
        """The case the address names; only routes whose policy has `case` may ask."""
        assert self.line is not None
        return self.line


def panel_of(request: Request) -> Panel:
    """The panel that serves this request."""
    found: Panel = request.app.state.panel
    return found


def asked(request: Request) -> Asked:
    """What the guard found out; only after it allowed the request."""
    found: Asked = request.state.asked
    return found
