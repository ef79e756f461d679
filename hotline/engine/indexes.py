"""What typed answers to a question may mean, indexed once for all questions that offer the same: the same list stands in many dialogs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from hotline.engine.match import Labels
from hotline.engine.nodes import Ask, Free, Stay
from hotline.engine.places import Places


class Indexes:
    """The indexes of one book."""

    def __init__(self) -> None:
        self._labels: dict[Hashable, Labels] = {}
        self._places: dict[Hashable, Places] = {}

    def labels(self, node: Ask | Stay, labels: Iterable[Sequence[str]], free: Free | None) -> Labels:
        """How this question's choices may be written, given their labels in all languages."""
        choices, shown = node.choices, tuple(map(tuple, labels))
        gravest = tuple(node.gravest) if isinstance(node, Ask) else ()
        meant = tuple((c.code, c.says, c.sure, c.alarm, c.ages, c.number) for c in choices)
        alike = (shown, free, gravest, meant)
        if alike not in self._labels:
            self._labels[alike] = Labels(
                [c.code for c in choices],
                shown,
                free,
                {c.code: c.says for c in choices if c.says},
                [c.code for c in choices if c.sure],
                alarms=[c.code for c in choices if c.alarm],
                ages={c.code: c.ages for c in choices if c.ages},
                numbers={c.number: c.code for c in choices if c.number is not None},
                gravest=gravest,
            )
        return self._labels[alike]

    def places(self, node: Ask) -> Places | None:
        """The names of a question for a place. What its label says as other questions' labels do (“do not know”) is no place."""
        if node.free is not Free.PLACE:
            return None
        inside = {c.code: c.inside for c in node.choices if c.code == c.label}
        alike = (tuple(inside.items()), tuple(node.elsewhere), node.whole)
        if alike not in self._places:
            self._places[alike] = Places(inside, node.elsewhere, node.whole)
        return self._places[alike]
