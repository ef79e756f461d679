"""Statements as PostgreSQL takes them for many at once: a list in an IN as one array, the rows of a write as an array for each column."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import BinaryExpression, BindParameter, Text, any_, bindparam, column, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.dml import Insert
from sqlalchemy.types import TypeDecorator, TypeEngine


def with_lists(statement: Any) -> Any:
    """A select whose parameters declared `expanding` are arrays: `column IN (values)` as `column = ANY(array)`."""
    return visitors.replacement_traverse(statement, {}, _is_one_of)


def with_rows(statement: Any, binds: dict[str, BindParameter[Any]]) -> Any:
    """A write for many rows at once, each of another key. `binds`: the parameters that differ from row to row, by name."""
    # Text and not VARCHAR(8): the column refuses what is too long, a cast would cut it.
    types = {name: Text() if plain(bind.type) is str else bind.type for name, bind in binds.items()}
    arrays = func.unnest(*[bindparam(name, type_=ARRAY(kind)) for name, kind in types.items()])
    given = arrays.table_valued(*[column(name, kind) for name, kind in types.items()]).render_derived(name="given")
    if isinstance(statement, Insert):
        return insert(statement.table).from_select(list(binds), select(*given.c))
    return visitors.replacement_traverse(statement, {}, partial(_column_of, given))


def plain(kind: TypeEngine[Any]) -> type:
    """Python's type for values of a column's type."""
    return (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type


def _is_one_of(element: Any, **_: Any) -> Any:
    if not isinstance(element, BinaryExpression) or element.operator is not operators.in_op or not isinstance(element.right, BindParameter):
        return None
    return element.left == any_(bindparam(element.right.key, type_=ARRAY(element.left.type)))


def _column_of(given: Any, element: Any, **_: Any) -> Any:
    return given.c[element.key] if isinstance(element, BindParameter) and element.key in given.c else None
