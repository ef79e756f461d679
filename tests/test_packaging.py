"""The locks fit pyproject.toml, and the wheel holds everything that the installed program needs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hotline.casework.records import LETTER_BYTES
from tests.support.source import PACKAGES, ROOT, modules

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = PYPROJECT["dependency-groups"]
RUNTIME = [*PYPROJECT["project"]["dependencies"], *GROUPS["build"]]
LOCKS = {"requirements.lock": RUNTIME, "requirements-dev.lock": [*RUNTIME, *GROUPS["dev"]]}


def locked(name: str) -> dict[str, str]:
    """The versions of a lock by package name."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_fits_what_pyproject_asks_for(name: str) -> None:
    versions = locked(name)
    for line in LOCKS[name]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), line


def test_both_locks_hold_the_same_versions() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


# Named by configuration or by another library, never imported by us.
UNSPOKEN = {"python-multipart", "sniffio"}
# Part of what we do depend on, and of its interface.
WITHIN = {"starlette": "fastapi", "pydantic": "fastapi", "pydantic-core": "fastapi", "anyio": "fastapi", "markupsafe": "jinja2"}
# Asked for where it is used, by a command that only developers run; without it the command says what to install.
DEVELOPERS_ONLY = {"numpy"}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    distributions = packages_distributions()
    imported = {canonicalize_name(distributions[name][0]) for module in modules(*PACKAGES, "migrations") for name in module.third_party}
    declared = {canonicalize_name(Requirement(line).name) for line in PYPROJECT["project"]["dependencies"]}
    developing = {canonicalize_name(Requirement(line).name) for line in GROUPS["dev"]}
    assert {WITHIN.get(name, name) for name in imported} - DEVELOPERS_ONLY == declared - UNSPOKEN
    assert developing - declared >= DEVELOPERS_ONLY
    assert declared >= UNSPOKEN


@pytest.mark.parametrize("name", [*LOCKS, "tools/installer.lock"])
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert "://" not in text
    assert "--index" not in text


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_packages_their_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(PACKAGES)
    expected = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix in {".py", ".toml", ".csv", ".html", ".css", ".js", ".svg", ".txt", ".ttf"}
    }
    assert expected <= set(names)
    assert [name for name in names if name.startswith("hotline/migrations/versions/") and name.endswith(".py")]
    assert "hotline/locale/en/LC_MESSAGES/messages.po" in names
    assert [name for name in names if "__pycache__" in name or "/tests/" in name] == []


USES_IT = """
from pathlib import Path
import hotline
from hotline.i18n import catalogue_root
from hotline.store.database import Database
from hotline.store.migrate import migrate
from hotline.store.schema import pending
assert "site-packages" in hotline.__file__, hotline.__file__
assert "site-packages" in str(catalogue_root()), catalogue_root()
database = Database("sqlite:///new.db")
migrate(database)
assert not pending(database)
database.close()
"""


def test_the_installed_wheel_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    site = next(home.glob("lib/python*/site-packages"))
    # The dependencies come from the environment of the tests; a .pth in there (the checkout's own) is not followed.
    (site / "dependencies.pth").write_text(str(Path(pytest.__file__).parent.parent))
    zipfile.ZipFile(wheel).extractall(site)
    python = [str(home / "bin" / "python"), "-P"]
    subprocess.run([*python, "-c", USES_IT], cwd=tmp_path, check=True)
    teduh = [*python, "-c", "import sys; from bot.__main__ import main; sys.argv = ['teduh', '--help']; main()"]
    shown = subprocess.run(teduh, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert all(command in shown for command in ("run", "web", "worker", "migrate", "check", "chat"))


def test_the_program_is_named_teduh(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        entry_points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "teduh = bot.__main__:main" in archive.read(entry_points).decode()


def test_the_proxy_in_front_lets_the_largest_letter_through_and_writes_none_to_its_disk() -> None:
    letters = (ROOT / "deploy" / "nginx.conf").read_text().partition("tugaskan$")[2].partition("}")[0]
    sizes = {name: int(number) << 20 for name, number in re.findall(r"(client_\w+_size) (\d+)m;", letters)}
    assert sizes.keys() == {"client_max_body_size", "client_body_buffer_size"}
    assert all(size > LETTER_BYTES + 64 * 1024 for size in sizes.values())
