"""What the README and the documents promise exists: commands, settings with their defaults, files, metrics."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hotline.settings import SECRETS, VARIABLES, load_settings
from tests.support.source import PACKAGES, ROOT, modules

README = (ROOT / "README.md").read_text()
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "deploy").iterdir())]
TEXTS = {path: path.read_text() for path in DOCUMENTS}
CONFIGURATION = README.split("## Configuration")[1].split("\n## ")[0]


def test_every_setting_is_in_the_table_once() -> None:
    documented = re.findall(r"`((?:TEDUH|TELEGRAM|TWILIO)_[A-Z_]+)`", "\n".join(re.findall(r"^\|([^|]*)\|", CONFIGURATION, re.MULTILINE)))
    assert sorted(documented) == sorted(VARIABLES)


def test_every_setting_that_is_named_anywhere_exists() -> None:
    known = {*VARIABLES, *(name + "_FILE" for name in SECRETS)}
    named = {name for text in TEXTS.values() for name in re.findall(r"\b(?:TEDUH|TELEGRAM|TWILIO)_[A-Z_]*[A-Z]\b", text)}
    assert named - known == set()


@pytest.mark.parametrize(
    ("variable", "default"),
    [
        ("TEDUH_REGION", ",".join(load_settings({}).regions)),
        ("TEDUH_DATA_DIR", load_settings({}).data_dir.name),
        ("TEDUH_HOST`, `TEDUH_PORT", f"{load_settings({}).host}`, `{load_settings({}).port}"),
        ("TEDUH_SIMULATOR", str(int(load_settings({}).simulator))),
    ],
)
def test_the_defaults_are_the_ones_in_the_table(variable: str, default: str) -> None:
    row = next(line for line in CONFIGURATION.splitlines() if line.startswith(f"| `{variable}`"))
    assert row.split("|")[3].strip().startswith(f"`{default}`")


def test_every_make_command_exists() -> None:
    targets = set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for text in TEXTS.values() for name in re.findall(r"(?:^|`)make ([a-z0-9]+)", text, re.MULTILINE)}
    assert {"run", "test"} <= named <= targets


def test_every_command_of_the_program_exists() -> None:
    named = {name for text in TEXTS.values() for name in re.findall(r"(?:`|/bin/)teduh ([a-z]+(?: [a-z]+)?)", text)}
    assert {"chat", "check", "migrate", "operator add"} <= named
    for name in sorted(named):
        shown = subprocess.run(
            [sys.executable, "-m", "bot", *name.split(), "--help"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert shown.returncode == 0, f"teduh {name}: {shown.stderr}"


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.suffix == ".md"], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_linked_file_exists(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", TEXTS[path])
    quoted = re.findall(r"`((?:docs|tests|hotline|dialogs|panel|bot|webhooks|deploy)/[\w./-]+)`", TEXTS[path])
    assert [link for link in links if not (path.parent / link).exists()] == []
    assert [name for name in quoted if not (ROOT / name).exists()] == []


def test_every_metric_that_is_named_exists() -> None:
    source = "".join(module.text for module in modules("hotline", "webhooks", "bot"))
    named = {name for text in TEXTS.values() for name in re.findall(r"\bteduh_[a-z_]+\b", text)}
    assert named
    assert {name for name in named if name not in source} == set()


def test_every_section_of_the_domain_that_the_code_names_exists() -> None:
    sections = set(re.findall(r"^#{2,3} (\d(?:\.\d+)?)\b", TEXTS[ROOT / "docs" / "domain.md"], re.MULTILINE))
    named = {section for module in modules(*PACKAGES, "tests") for section in re.findall(r"\b[Dd]omain (\d(?:\.\d+)?)\b", module.text)}
    assert named
    assert named <= sections
