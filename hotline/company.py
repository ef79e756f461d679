"""Whether a commit waits a moment for more people: only while another process writes too, for then each has half of the crowd."""

from __future__ import annotations

_SECONDS = 0.004
_FEW = 6
"""So few at once are served as they come."""
_RECENT = 1.0
"""Seconds for which a crowd counts, and a word of another process from when it was read."""
_FADES = 0.8


class Company:
    """What one process knows of its own crowds and of the others. Moments are those of the event loop's clock, in seconds.

    A transaction costs PostgreSQL and us as much as three turns in it, and two processes that commit whatever has come begin twice as many.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self.seconds = seconds
        """How long a commit waits."""
        self._others_at = self._crowd_at = float("-inf")
        self._crowd = 0.0

    def others_write(self, moment: float) -> None:
        """Another process has committed something."""
        self._others_at = moment

    def worth_waiting_for(self, waiting: int, moment: float) -> bool:
        """Whether more than these are likely to come at once."""
        lately = moment - min(self._others_at, self._crowd_at) < _RECENT
        return lately and 0 < waiting < self._crowd

    def leaves(self, number: int, moment: float) -> None:
        """So many are worked together now. A crowd that stays away is forgotten within some commits, or within a second."""
        if number >= _FEW:
            self._crowd_at = moment
        self._crowd = max(number, self._crowd * _FADES)
