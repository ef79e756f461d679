"""Texts with places to fill: the region's facts once, when dialogs are loaded; what the host gave and what was chosen, in the turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_FIELD = re.compile(r"\{([a-z_0-9.]+)\}")
_LEAD = re.compile(r"[^?]*[.!]\s+(?=[^?]*\?)")


class UnknownField(Exception):
    """A text names a field that neither the region's facts nor the conversation can fill."""


class Text:
    """One text in one language, cut at its fields. `fixed` is the whole text when nothing is left to fill."""

    __slots__ = ("_parts", "fixed")

    def __init__(self, template: str, facts: Mapping[str, str]) -> None:
        known = _FIELD.sub(lambda found: facts.get(found[1], found[0]), template)
        self._parts = _FIELD.split(known)
        self.fixed: str | None = known if len(self._parts) == 1 else None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields still to fill, such as `open_case.code`."""
        return tuple(self._parts[1::2])

    @property
    def around(self) -> str:
        """What is written around the fields."""
        return " ".join(self._parts[::2])

    def fill(self, value: Callable[[str], str]) -> str:
        """The text with each field's value."""
        if self.fixed is not None:
            return self.fixed
        return "".join([value(part) if i % 2 else part for i, part in enumerate(self._parts)])


def question_alone(text: str) -> str:
    """A question without the sentences that led to it: who is asked again has read them."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead is not None else text
