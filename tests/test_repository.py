"""What may never be committed: a registry's host, this or that machine's paths, a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import ROOT, committed

# Each is split, so that this file does not contain what it looks for.
HOSTS = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg|crates|debian)" + r"\.(?:org|com|io)\b")
PATHS = re.compile(r"(?<![\w.])/(?:root|home/[a-z]\w*|Users/\w+|work)" + r"/[\w.]")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----"
    r"|\b\d{8,10}:[A-Za-z0-9_-]{35}\b"  # a Telegram bot's token
    r"|\bAC[0-9a-f]{32}\b"  # a Twilio account
)
FEW = 12
"""Test values look like test values: fewer different characters than any real secret has."""


def texts() -> Iterator[tuple[Path, str]]:
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data and path.suffix != ".bin":
            yield path.relative_to(ROOT), data.decode()


def test_no_file_names_a_registry() -> None:
    assert {str(path): hosts for path, text in texts() if (hosts := HOSTS.findall(text))} == {}


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert {str(path): paths for path, text in texts() if (paths := PATHS.findall(text))} == {}


def test_no_file_holds_a_secret() -> None:
    found = {str(path): [match for match in SECRETS.findall(text) if len(set(match)) >= FEW] for path, text in texts()}
    assert {path: matches for path, matches in found.items() if matches} == {}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (HOSTS, "index-url = https://" + "pypi" + ".org/simple"),
        (PATHS, "open('/" + "root/teduh/var')"),
        (SECRETS, "12345678:" + "AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"),
        (SECRETS, "AC" + "0123456789abcdef" * 2),
    ],
)
def test_the_patterns_see_what_they_look_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_var_and_environment_files_are_ignored() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"var/", ".venv/", "uv.lock", "node_modules/"} <= set(ignored)
