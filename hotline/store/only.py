"""What a list of cases is narrowed to: categories only, as the columns of the queue hold them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, true

from hotline.case import UNTOLD, Level
from hotline.staff import Who
from hotline.store.tables.cases import CaseFile

_case = CaseFile.__table__  # type: ignore[attr-defined]
UNKNOWN = "belum"
"""In place of a kind or an area: cases whose story did not tell it."""


class Holder(StrEnum):
    """Whose cases."""

    ANYBODY = ""
    ME = "saya"
    NOBODY = "tanpa"


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
        if self.holder is not Holder.ANYBODY:
            parts.append(_case.c.owner_id == who.id if self.holder is Holder.ME else _case.c.owner_id.is_(None))
        return and_(*parts)


ALL = Only()
