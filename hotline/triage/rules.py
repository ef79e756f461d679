"""The vocabulary of the decision table: conditions on answers, which say what in the answers made them hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hotline.case import Level
from hotline.triage.answers import UNREACHED, UNSAID

Reasons = tuple[str, ...]
Given = frozenset[tuple[str, str]]
"""Answers: question and code."""


class Condition(Protocol):
    """Something that may be true of the answers."""

    @property
    def keys(self) -> frozenset[str]:
        """The questions it looks at."""

    @property
    def needs(self) -> Given | None:
        """It cannot hold unless one of these was given; None: it may hold whatever was said."""

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """The answers that make it true, such as `R3=serumah`; None when it is not true."""


@dataclass(frozen=True)
class Is:
    """The answer to one question is one of these codes (`UNSAID`: also when there is no answer)."""

    key: str
    codes: frozenset[str]
    _told: Mapping[str, Reasons] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_told", {code: (f"{self.key}={code or UNREACHED}",) for code in self.codes})

    @property
    def keys(self) -> frozenset[str]:
        """This one."""
        return frozenset((self.key,))

    @property
    def needs(self) -> Given | None:
        """One of its codes."""
        return None if UNSAID in self.codes else frozenset((self.key, code) for code in self.codes)

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """One reason: the answer."""
        return self._told.get(said.get(self.key, UNSAID))


@dataclass(frozen=True)
class Not:
    """The condition is not true. It names no reason: its absence is only told where it matters."""

    condition: Condition

    @property
    def keys(self) -> frozenset[str]:
        """Those of the condition."""
        return self.condition.keys

    @property
    def needs(self) -> None:
        """It holds when nothing was said."""

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

    @property
    def needs(self) -> Given | None:
        """Those of the one that is content with the fewest: without it not all hold."""
        return min((needs for condition in self.conditions if (needs := condition.needs) is not None), key=len, default=None)

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

    @property
    def needs(self) -> Given | None:
        """Those of all."""
        every = [condition.needs for condition in self.conditions]
        return None if None in every else frozenset().union(*(needs for needs in every if needs is not None))

    def holds(self, said: Mapping[str, str]) -> Reasons | None:
        """The reasons of those that are true."""
        found = [reasons for condition in self.conditions if (reasons := condition.holds(said)) is not None]
        return tuple([r for reasons in found for r in reasons]) if len(found) >= self.number else None


@dataclass(frozen=True)
class Rule:
    """One line of the table: the level that the condition gives. `counts`: whether it is one of the TINGGI signs that add up."""

    level: Level
    condition: Condition
    counts: bool = True


class Rules:
    """Rules found by the answers that speak for them: most answers are harmless, so most rules need not be asked."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._always = [n for n, rule in enumerate(rules) if rule.condition.needs is None]
        self._by_answer: dict[tuple[str, str], list[int]] = {}
        for n, rule in enumerate(rules):
            for given in rule.condition.needs or ():
                self._by_answer.setdefault(given, []).append(n)

    def matched(self, said: Mapping[str, str]) -> list[tuple[Rule, Reasons]]:
        """Those that hold, in their order, each with its reasons."""
        asked = set(self._always)
        for given in said.items():
            asked.update(self._by_answer.get(given, ()))
        rules = [self._rules[n] for n in sorted(asked)]
        return [(rule, reasons) for rule in rules if (reasons := rule.condition.holds(said)) is not None]


def answer(key: str, *codes: str) -> Is:
    """The answer to `key` is one of `codes`."""
    return Is(key, frozenset(codes))


def every(*conditions: Condition) -> All:
    """All of them."""
    return All(conditions)


def some(*conditions: Condition) -> AtLeast:
    """At least one of them."""
    return AtLeast(1, conditions)
