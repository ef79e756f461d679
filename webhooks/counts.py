"""How many calls each door took and what became of them: numbers for /metrics, never a name or a word."""

from __future__ import annotations

from collections import Counter


class Counts:
    """Counters of this process by (door, outcome); outcomes are a small closed set, so the labels stay few."""

    def __init__(self) -> None:
        self._numbers: Counter[tuple[str, str]] = Counter()

    def add(self, door: str, outcome: str) -> None:
        """Count one call."""
        self._numbers[door, outcome] += 1

    def __getitem__(self, key: tuple[str, str]) -> int:
        return self._numbers[key]

    def lines(self) -> list[str]:
        """The counters in Prometheus' text form."""
        head = ["# HELP teduh_webhook_calls_total Calls of the providers by outcome.", "# TYPE teduh_webhook_calls_total counter"]
        return head + [
            f'teduh_webhook_calls_total{{door="{door}",outcome="{outcome}"}} {number}'
            for (door, outcome), number in sorted(self._numbers.items())
        ]
