"""Numbers that browsers send to name rows: what no row can have is refused as unreadable, before a database is asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Path, Query

_MOST = 1 << 63
PathId = Annotated[int, Path(ge=0, lt=_MOST)]
FormId = Annotated[int, Form(ge=0, lt=_MOST)]
QueryId = Annotated[int | None, Query(ge=0, lt=_MOST)]
Version = Annotated[int, Form(ge=0, lt=_MOST)]
"""The version of a case that a page showed."""
