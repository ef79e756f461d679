"""Draws every dialog of a small region into docs/dialogs: `make drawings`. A test holds the drawings to the code."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs import dialogs
from hotline.engine.draw import draw
from tests.dialogs.region import Region
from tests.support.source import ROOT

FOLDER = ROOT / "docs" / "dialogs"


def drawings() -> Mapping[str, str]:
    """File name -> what it should contain."""
    return {f"{dialog.name}.svg": draw(dialog) for dialog in dialogs(Region())}


def main() -> None:
    """Write them; what is no dialog any more goes."""
    FOLDER.mkdir(exist_ok=True)
    wanted = drawings()
    for old in FOLDER.glob("*.svg"):
        if old.name not in wanted:
            old.unlink()
    for name, content in wanted.items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
