"""The labelled messages: invented, by several writers; a writer's letters begin each id. Kept beside the tests, never installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.speech import speech
from bot.triage.table import TableInvalid, read_table
from hotline.triage.model import EMERGENCY, HEADS

_ = speech()

FOLDER = Path(__file__).parents[2] / "tests" / "triage" / "data"
COLUMNS = ("id", "label", "level", "kind", "text")
EVERYDAY = ("E", "Y", "Z", "A", "CC", "DD")
"""The writers of everyday answers: no story, no danger. Each is measured by a model that learned from the others."""
UNSEEN = ("G", "M", "W", "AA")
"""Writers that are only measured, never learned from."""
STRANGERS = ("B", "C", "D")
"""Independent writers: each is measured by a model that learned from the others, and the thresholds are chosen there."""
OTHERS = (("J", "K", "L", "N"), ("P", "Q"), ("R", "S"), ("U", "V", "X"), ("I", "HH"), ("O", "FF"), ("BB", "GG"))
"""Other independent writers: measured the same way, several left out at once, but no threshold is chosen on them."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with what people say of it."""

    id: str
    emergency: bool
    level: str
    kind: str
    text: str

    @property
    def writer(self) -> str:
        """Who wrote it."""
        return self.id.rstrip("-0123456789")


def load_examples(folder: Path = FOLDER) -> tuple[Labelled, ...]:
    """Every row of every table of the folder, in the order of file names; raises TableInvalid, also for a wrong label or level."""
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise TableInvalid(_("{folder}: tidak ada tabel pesan berlabel (*.tsv).").format(folder=folder))
    return tuple(row for file in files for row in _labelled(file))


def _labelled(file: Path) -> list[Labelled]:
    table = read_table(file, COLUMNS)
    if table.told:
        raise TableInvalid("\n".join(table.told))
    rows = []
    for row in table.rows:
        if row["label"] not in (EMERGENCY, "TIDAK") or row["level"] not in (*HEADS, "BUKAN"):
            raise TableInvalid(_("{berkas}: label atau tingkat {id} tidak dikenal.").format(berkas=file, id=row["id"]))
        rows.append(Labelled(row["id"], row["label"] == EMERGENCY, row["level"], row["kind"], row["text"]))
    return rows
