"""Findings and how they are told: OK, perlu (should be mended), gagal (must be)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hotline.i18n import N_


class Group(StrEnum):
    """Under which heading a finding stands; the value is the heading."""

    SETTINGS = N_("Pengaturan")
    REGION = N_("Wilayah")
    DATA = N_("Basis data dan petugas")
    ON_CALL = N_("Piket")
    CHANNELS = N_("Saluran")


class State(StrEnum):
    """How bad it is; the value is the mark."""

    OK = N_("OK")
    NEEDED = N_("perlu")
    FAILED = N_("gagal")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `text` and `cure` are marked texts, filled with `values` after translation."""

    group: Group
    state: State
    text: str
    cure: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def good(cls, group: Group, text: str, **values: str) -> Finding:
        """It is as it should be."""
        return cls(group, State.OK, text, "", values)

    @classmethod
    def needed(cls, group: Group, text: str, cure: str, **values: str) -> Finding:
        """It works, but should be put right before people rely on it."""
        return cls(group, State.NEEDED, text, cure, values)

    @classmethod
    def bad(cls, group: Group, text: str, cure: str, **values: str) -> Finding:
        """Production would not work, or would do harm."""
        return cls(group, State.FAILED, text, cure, values)

    @property
    def failed(self) -> bool:
        """Whether production must not start so."""
        return self.state is State.FAILED

    def sentence(self, translate: Callable[[str], str]) -> str:
        """What was found, in one line."""
        return translate(self.text).format_map({name: translate(value) for name, value in self.values.items()})


def render(findings: Sequence[Finding], translate: Callable[[str], str]) -> str:
    """The whole report, heading by heading, and a last line that counts."""
    marks = {state: translate(state.value) for state in State}
    width = max(map(len, marks.values()))
    lines: list[str] = []
    for group in Group:
        here = [finding for finding in findings if finding.group is group]
        if not here:
            continue
        lines += [translate(group.value)]
        for finding in here:
            lines.append(f"  {marks[finding.state]:<{width}}  {finding.sentence(translate)}")
            if finding.cure:
                lines.append(f"  {'':<{width}}  → {translate(finding.cure).format_map(finding.values)}")
        lines.append("")
    counts = {state.name.lower(): sum(finding.state is state for finding in findings) for state in State}
    return "\n".join([*lines, translate(N_("{ok} baik, {needed} perlu dibenahi, {failed} gagal.")).format(**counts)])
