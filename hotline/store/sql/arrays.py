"""Statements as PostgreSQL takes them for many at once: a list as one array or value by value, a write's rows as an array a column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeGuard

from sqlalchemy import ARRAY, BinaryExpression, BindParameter, Text, any_, bindparam, column, func, insert, select
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.dml import Insert
from sqlalchemy.types import TypeDecorator, TypeEngine


def with_lists(statement: Any) -> Any:
    """A select whose parameters declared `expanding` are arrays: `column IN (values)` as `column = ANY(array)`."""
    return visitors.replacement_traverse(statement, {}, _is_one_of)


def with_few(statement: Any, lengths: Mapping[str, int]) -> Any:
    """The same with lists of these lengths, each value for itself.

    PostgreSQL plans that once for good; an array it takes for a list of ten, and plans a shorter one anew at each use.
    """
    return visitors.replacement_traverse(statement, {}, partial(_is_one_of_few, lengths))


def of_few(name: str, number: int) -> list[str]:
    """What the values of a list are called in `with_few`."""
    return [f"{name}_{i}" for i in range(number)]


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


def lists(statement: Any) -> frozenset[str]:
    """The names of its parameters that take a list."""
    return frozenset(str(element.right.key) for element in visitors.iterate(statement) if _has_a_list(element))


def _is_one_of(element: Any, **_: Any) -> Any:
    return element.left == any_(bindparam(element.right.key, type_=ARRAY(element.left.type))) if _has_a_list(element) else None


def _is_one_of_few(lengths: Mapping[str, int], element: Any, **_: Any) -> Any:
    if not _has_a_list(element):
        return None
    name, column_ = str(element.right.key), element.left
    values = [bindparam(each, type_=column_.type) for each in of_few(name, lengths[name])]
    return column_ == values[0] if len(values) == 1 else column_.in_(values)


def _has_a_list(element: Any) -> TypeGuard[BinaryExpression[Any]]:
    return isinstance(element, BinaryExpression) and element.operator is operators.in_op and isinstance(element.right, BindParameter)


def _column_of(given: Any, element: Any, **_: Any) -> Any:
    return given.c[element.key] if isinstance(element, BindParameter) and element.key in given.c else None
