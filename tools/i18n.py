"""Collects the marked texts and brings the catalogues up to date, keeping every translation that still fits: `make i18n`."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests.support.source import ROOT

WIDTH = 140
CITIZENS_ONLY = {"jv"}
"""Languages of the people who write; the panel and the command line are not translated into them."""


def extracted() -> list[Message]:
    """Every marked text of the source."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as file:
        command = ["-q", "extract", "-F", "babel.cfg", "-k", "N_", "--no-location", "--sort-output", "-o", file.name, "."]
        subprocess.run([sys.executable, "-m", "babel.messages.frontend", *command], cwd=ROOT, check=True)
        return [message for message in read_po(file) if message.id]


def of_citizens() -> set[str]:
    """The texts that citizens may read: all those of the dialogs, and the poster's."""
    found = extract_from_dir(str(ROOT / "dialogs"), [("**.py", "python")], keywords={"N_": None, "_": None})
    spoken = {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}
    with (ROOT / "panel" / "office" / "poster.py").open("rb") as poster:
        return spoken | {str(text) for _, text, _, _ in extract("python", poster, keywords={"N_": None})}


def updated(old: Catalog, messages: list[Message]) -> Catalog:
    """The same catalogue with exactly these messages, each with its translation if it had one."""
    new = Catalog(locale=None, header_comment=old.header_comment, fuzzy=False)
    new.mime_headers = old.mime_headers
    for message in messages:
        known = old.get(message.id, message.context)
        text = known.string if known and not known.fuzzy else ("" if isinstance(message.id, str) else ("",) * old.num_plurals)
        new.add(message.id, text, flags=message.flags - {"fuzzy"}, auto_comments=message.auto_comments, context=message.context)
    return new


def wanted(language: str, messages: list[Message]) -> list[Message]:
    """Those of the source's texts that are translated into this language."""
    citizens = of_citizens() if language in CITIZENS_ONLY else None
    return [m for m in messages if citizens is None or (m.id if isinstance(m.id, str) else m.id[0]) in citizens]


def written(path: Path, messages: list[Message]) -> tuple[bytes, int]:
    """What the file should contain, and how many of its texts wait for a translator."""
    language = path.parent.parent.name
    with path.open("rb") as file:
        old = read_po(file)
    mine = wanted(language, messages)
    body = io.BytesIO()
    write_po(body, updated(old, mine), width=WIDTH, sort_output=True, omit_header=True)
    header = path.read_bytes().split(b"\n\n", 1)[0]
    untranslated = sum(not any(m.string if isinstance(m.string, tuple) else (m.string,)) for m in updated(old, mine) if m.id)
    return header + b"\n\n" + body.getvalue(), 0 if language == "id" else untranslated


def main(check: bool) -> int:
    """Write the catalogues; with `check` only say whether they are out of date (1)."""
    messages, stale = extracted(), False
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/messages.po")):
        content, missing = written(path, messages)
        stale |= content != path.read_bytes()
        if not check:
            path.write_bytes(content)
        print(f"{path.relative_to(ROOT)}: {missing} texts wait for a translator")  # noqa: T201
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
