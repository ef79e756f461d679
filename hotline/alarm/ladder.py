"""A ladder: after how many minutes without a human who is told, as the profile says; a running alarm keeps the one it began with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hotline.regions.parts import FIRST_ON_CALL, REPORTER, SECOND_ON_CALL, OnCall

__all__ = ["FIRST_ON_CALL", "REPORTER", "SECOND_ON_CALL", "Ladder", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """So many minutes after the alarm began, these are told: FIRST_ON_CALL, SECOND_ON_CALL, a role's code, or REPORTER alone."""

    minutes: int
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps in their order, and what happens when people see it and do nothing, or do not see it at all."""

    steps: tuple[Step, ...]
    rearm: timedelta
    """Whoever acknowledged has this long to record a first action; then it rings anew."""
    repeat: timedelta
    """After the last step everybody is called again, this long after the last call, until somebody answers."""

    @classmethod
    def of(cls, on_call: OnCall) -> Ladder:
        """As the profile says it."""
        steps = tuple(Step(rung.minutes, rung.told) for rung in on_call.ladder)
        return cls(steps, timedelta(minutes=on_call.rearm_minutes), timedelta(minutes=on_call.repeat_minutes))
