"""What every page shows around itself: how many cases wait, what rings, and what is wrong with the alarm itself."""

from __future__ import annotations

from typing import Any

from hotline.store import alarm_board, letters, queue
from panel.context import Asked


def numbers(ask: Asked) -> dict[str, Any]:
    """The values of the frame, read in one transaction."""
    with ask.panel.database.read() as conn:
        return {
            "counts": queue.counts(conn, ask.who),
            "dead": letters.count_dead(conn, ask.who),
            "alarms": alarm_board.open_alarms(conn, ask.who),
            "troubles": (),
        }
