"""The drawings in docs/dialogs are those of the dialogs as they are."""

from __future__ import annotations

from tools.drawings import FOLDER, drawings


def test_the_drawings_are_up_to_date() -> None:
    wanted = drawings()
    assert {path.name for path in FOLDER.glob("*.svg")} == set(wanted)
    stale = [name for name, content in wanted.items() if (FOLDER / name).read_text(encoding="utf-8") != content]
    assert stale == [], "run: make drawings"


def test_every_dialog_stands_in_the_list() -> None:
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in drawings() if f"({name})" not in listed] == []
