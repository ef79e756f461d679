"""What the scripts lead to when nothing goes wrong, found by telling them to the product's own reception in this process."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from bench import conversation
from tests.loss.portrait import Portrait, portrait

SCRIPTS, LENGTH = 36, 16


@dataclass(frozen=True)
class Expected:
    """Per script: what is said, and the portrait of whoever said it."""

    scripts: list[list[str]]
    portraits: list[Portrait]


def expected(folder: Path) -> Expected:
    """SCRIPTS conversations of LENGTH messages."""
    stage = conversation.Stage(folder)
    people = [conversation.Person(i, random.Random(f"loss/{i}")) for i in range(SCRIPTS)]
    for index in range(LENGTH):
        stage.turn(people, index)
    with stage.database.read() as conn:
        portraits = [portrait(conn, stage.seal, p.address) for p in people]
    stage.database.close()
    return Expected([[turn.text for turn in p.script] for p in people], portraits)
