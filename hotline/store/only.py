"""What a list of cases is narrowed to: categories only, as the columns of the queue hold them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, select, true

from hotline.case import UNTOLD, Level
from hotline.staff import Who
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.office import Operator

_case = CaseFile.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
UNKNOWN = "belum"
"""In place of a kind or an area: cases whose story did not tell it."""


class Holder(StrEnum):
    """Whose cases."""

    ANYBODY = ""
    ME = "saya"
    NOBODY = "tanpa"
    GONE = "nonaktif"
    """Held on paper: the holder's account is disabled, so nobody works on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """Empty parts narrow nothing; the others hold together."""

    level: Level | None = None
    kind: str = ""
    area: str = ""
    holder: Holder = Holder.ANYBODY

    def condition(self, who: Who) -> ColumnElement[bool]:
        """On rows of case_file, for whoever asks."""
        parts: list[ColumnElement[bool]] = [true()]
        if self.level is not None:
            parts.append(_case.c.level == int(self.level))
        for column, code in ((_case.c.kind, self.kind), (_case.c.area, self.area)):
            if code:
                parts.append(column.in_(UNTOLD) if code == UNKNOWN else column == code)
        return and_(*parts, self._held(who))

    def _held(self, who: Who) -> ColumnElement[bool]:
        match self.holder:
            case Holder.ANYBODY:
                return true()
            case Holder.ME:
                mine: ColumnElement[bool] = _case.c.owner_id == who.id
                return mine
            case Holder.NOBODY:
                nobody: ColumnElement[bool] = _case.c.owner_id.is_(None)
                return nobody
            case Holder.GONE:
                gone: ColumnElement[bool] = _case.c.owner_id.in_(select(_operator.c.id).where(_operator.c.disabled))
                return gone


ALL = Only()
