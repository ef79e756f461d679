"""The vocabulary of the decision table: conditions on answers, which say what in the answers made them hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from hotline.case import Level
from hotline.triage.answers import UNREACHED, UNSAID

Reasons = tuple[str, ...]


class Condition(Protocol):
    """Something that may be true of the answers."""

    @property
    def keys(self) -> frozenset[str]:
        """The questions it looks at."""

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """The answers that make it true, such as `R3=serumah`; None when it is not true."""


@dataclass(frozen=True)
class Is:
    """The answer to one question is one of these codes (`UNSAID`: also when there is no answer)."""

    key: str
    codes: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """This one."""
        return frozenset((self.key,))

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """One reason: the answer."""
        code = said.get(self.key, UNSAID)
        return (f"{self.key}={code or UNREACHED}",) if code in self.codes else None


@dataclass(frozen=True)
class Not:
    """The condition is not true. It names no reason: its absence is only told where it matters."""

    condition: Condition

    @property
    def keys(self) -> frozenset[str]:
        """Those of the condition."""
        return self.condition.keys

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """No reason of its own."""
        return () if self.condition.holds(said) is None else None


@dataclass(frozen=True)
class All:
    """Every one of the conditions is true."""

    conditions: tuple[Condition, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Those of all."""
        return frozenset().union(*(condition.keys for condition in self.conditions))

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """The reasons of all."""
        reasons: Reasons = ()
        for condition in self.conditions:
            found = condition.holds(said)
            if found is None:
                return None
            reasons += found
        return reasons


@dataclass(frozen=True)
class AtLeast:
    """So many of the conditions are true."""

    number: int
    conditions: tuple[Condition, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Those of all."""
        return frozenset().union(*(condition.keys for condition in self.conditions))

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """The reasons of those that are true."""
        found = [reasons for condition in self.conditions if (reasons := condition.holds(said)) is not None]
        return tuple(r for reasons in found for r in reasons) if len(found) >= self.number else None


@dataclass(frozen=True)
class Rule:
    """One line of the table: the level that the condition gives. `counts`: whether it is one of the TINGGI signs that add up."""

    level: Level
    condition: Condition
    counts: bool = True


def answer(key: str, *codes: str) -> Is:
    """The answer to `key` is one of `codes`."""
    return Is(key, frozenset(codes))


def every(*conditions: Condition) -> All:
    """All of them."""
    return All(conditions)


def some(*conditions: Condition) -> AtLeast:
    """At least one of them."""
    return AtLeast(1, conditions)
