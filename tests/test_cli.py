"""The command line as people use it: processes, their words and their exit codes."""

from __future__ import annotations

import base64
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.draw import flowchart, outline
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Choice, End, Only, Say, among
from hotline.seal import Seal
from hotline.store.database import Database
from tests.support.program import KEY, START_SECONDS, Program, free_port
from tests.support.source import ROOT

SECONDS = 60


class Shell:
    """Runs `teduh` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), "TEDUH_DATA_DIR": str(folder / "var")}

    def __call__(self, *arguments: str, stdin: str = "", **env: str) -> tuple[int, str, str]:
        """Exit code, what it said and what it complained of."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=stdin,
            env=self.env | env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def teduh(tmp_path: Path) -> Shell:
    """A shell on a machine where nothing is set up."""
    return Shell(tmp_path)


@pytest.fixture
def ready(teduh: Shell) -> Shell:
    """A shell with a migrated database and a key."""
    teduh.env["TEDUH_SECRET_KEY"] = KEY
    assert teduh("migrate") == (0, "Basis data mutakhir.\n", "")
    return teduh


def test_help_lists_every_command_and_comes_at_once(teduh: Shell) -> None:
    code, said, _ = teduh("--help")
    assert code == 0
    for command in ("run", "web", "worker", "scheduler", "migrate", "check", "chat", "dialogs", "regions", "operator"):
        assert re.search(rf"^\W*{command} ", said, re.MULTILINE)
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, bot.__main__; print(*sys.modules)"], env=teduh.env, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"sqlalchemy", "fastapi", "telegram", "twilio", "pydantic", "babel"} & set(loaded) == set()


@pytest.mark.parametrize("arguments", [("unknown",), ("operator", "add"), ("web", "--nope")])
def test_a_wrong_command_is_two(teduh: Shell, arguments: tuple[str, ...]) -> None:
    assert teduh(*arguments)[0] == 2


def test_wrong_settings_are_told_with_their_cures_and_no_traceback(teduh: Shell) -> None:
    code, _, complaint = teduh("migrate", TEDUH_PORT="x", TEDUH_SIMULATOR="mungkin")
    assert code == 2
    assert complaint.startswith("Pengaturan belum benar:\n")
    assert "TEDUH_PORT: bukan nomor porta." in complaint and "TEDUH_SIMULATOR: " in complaint
    assert "Traceback" not in complaint


@pytest.mark.parametrize("command", ["web", "worker", "scheduler"])
def test_production_does_not_start_without_a_key_or_an_old_schema(teduh: Shell, command: str) -> None:
    code, _, complaint = teduh(command)
    assert (code, "TEDUH_SECRET_KEY" in complaint) == (2, True)
    code, _, complaint = teduh(command, TEDUH_SECRET_KEY=KEY, TEDUH_PORT=str(free_port()))
    assert (code, complaint) == (1, "Basis data belum mutakhir. Jalankan: teduh migrate\n")


def test_a_region_without_a_profile_is_named(ready: Shell) -> None:
    code, _, complaint = ready("web", TEDUH_REGION="atlantis", TEDUH_PORT=str(free_port()))
    assert code == 2
    assert "atlantis.toml" in complaint and "kendal" in complaint and "Traceback" not in complaint


def test_a_database_that_does_not_answer_is_said_so(teduh: Shell) -> None:
    url = f"postgresql://teduh:sandi-rahasia@127.0.0.1:{free_port()}/teduh"
    code, said, complaint = teduh("migrate", TEDUH_DATABASE_URL=url)
    assert code == 1
    assert complaint.startswith("Basis data tidak menjawab.")
    assert "sandi-rahasia" not in said + complaint and "Traceback" not in complaint


def test_english_on_request(teduh: Shell) -> None:
    code, _, complaint = teduh("web", TEDUH_LANGUAGE="en")
    assert code == 2
    assert complaint.startswith("The settings are not right yet:\n  TEDUH_SECRET_KEY: is not set;")
    assert "Tell what is missing for production." in teduh("--help", TEDUH_LANGUAGE="en")[1]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """`teduh run` on a machine where nothing is set up: no key, no database."""
    program = Program(tmp_path, "", {"TEDUH_SECRET_KEY": ""})
    yield program
    program.stop()


def test_run_needs_nothing_and_says_where_everything_is(program: Program, tmp_path: Path) -> None:
    program.start()
    for path in ("/panel/", "/simulator"):
        assert f"{program.url}{path}" in program.log
        assert program.request("GET", path)[0] in (200, 302, 303, 307)
    password = re.search(r"Sandi sekali pakai +(\S+)", program.log)
    assert re.search(r"Petugas pertama +operator\n", program.log) and password
    for file in (tmp_path / "data").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    key = (tmp_path / "data" / "secret.key").read_text()
    assert len(base64.b64decode(key)) == 32
    program.stop()
    program.start()
    assert program.log.count("Petugas pertama") == 1
    assert (tmp_path / "data" / "secret.key").read_text() == key


def test_run_refuses_an_address_in_use(program: Program, teduh: Shell) -> None:
    program.start()
    code, said, complaint = teduh("run", TEDUH_PORT=str(program.port), TEDUH_DATA_DIR=str(teduh.folder / "other"))
    assert code == 1
    assert "sedang dipakai program lain" in complaint and said == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", ["run", "worker"])
def test_a_stop_signal_ends_it_in_order(ready: Shell, command: str, number: signal.Signals) -> None:
    log = ready.folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", command],
            env=ready.env | {"TEDUH_PORT": str(free_port())},
            cwd=ready.folder,
            stdout=out,
            stderr=out,
        )
    database = Database(f"sqlite:///{ready.folder}/var/teduh.db")
    try:
        _until(lambda: _beats(database) > 0 or process.poll() is not None)
        process.send_signal(number)
        assert process.wait(START_SECONDS) == 0, log.read_text()
        assert "Traceback" not in log.read_text()
    finally:
        database.close()
        process.kill()


def _beats(database: Database) -> int:
    with database.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM heartbeat").scalar_one())


def _until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_accounts_are_made_and_their_passwords_reset(ready: Shell) -> None:
    code, said, _ = ready("operator", "add", "Sari", "--role", "supervisor", "--display-name", "Bu Sari", "--region", "luwu-timur")
    first = re.search(r"Sandi sekali pakai: (\S+)", said)
    assert code == 0 and first
    assert ready("operator", "add", "sari")[::2] == (1, "Nama masuk itu sudah dipakai.\n")
    code, said, _ = ready("operator", "reset", "SARI")
    second = re.search(r"Sandi sekali pakai: (\S+)", said)
    assert code == 0 and second and first[1] != second[1]
    assert ready("operator", "reset", "budi")[::2] == (1, "Tidak ada petugas dengan nama masuk itu.\n")
    assert ready("operator", "add", "budi", "--role", "raja")[::2] == (2, "Peran itu tidak dikenal.\n")
    assert ready("operator", "add", "budi", "--region", "atlantis")[0] == 2
    database = Database(f"sqlite:///{ready.folder}/var/teduh.db")
    with database.read() as conn:
        rows = conn.exec_driver_sql("SELECT region, name, display_name, role, must_change FROM operator").all()
    database.close()
    assert [tuple(row) for row in rows] == [("luwu-timur", "sari", "Bu Sari", "SUPERVISOR", 1)]


def test_regions_are_linted_and_shown(teduh: Shell) -> None:
    code, said, _ = teduh("regions", "lint")
    assert code == 0 and "kendal" in said and "luwu-timur" in said
    code, said, _ = teduh("regions", "show", "luwu-timur")
    assert code == 0 and "Luwu Timur" in said
    assert teduh("regions", "show", "atlantis")[0] == 2


def test_dialogs_are_linted_and_drawn(teduh: Shell) -> None:
    code, said, _ = teduh("dialogs", "lint")
    assert code == 0 and said.count(" dialog, ") == 2
    code, said, _ = teduh("dialogs", "draw", "welcome")
    assert code == 0 and said.startswith("welcome") and "[Ya] ‼" in said
    code, said, _ = teduh("dialogs", "draw", "--mermaid")
    assert code == 0 and said.startswith("flowchart TD\n")
    assert teduh("dialogs", "draw", "tidak-ada")[0] == 2


def test_a_drawing_shows_every_way() -> None:
    yes, no = Choice("ya", "Ya", alarm=True), Choice("tidak", "Tidak")
    dialog = Dialog("contoh", (
        Ask("bahaya", "Apakah ada bahaya?", (yes, no)),
        Branch("bahaya", {"ya": (Say("Hubungi 110."), End())}),
        Only(among("bahaya", "tidak"), (Say('Kami "jaga".'),)),
        End(),
    ))  # fmt: skip
    assert outline(dialog).splitlines() == [
        "contoh",
        "======",
        "? bahaya: Apakah ada bahaya?",
        "    [Ya] ‼",
        "    [Tidak]",
        "├ bahaya = ya",
        "│  » Hubungi 110.",
        "│  ■",
        "├ bahaya = tidak",
        '│  » Kami "jaga".',
        "■",
    ]
    assert flowchart([dialog]).splitlines() == [
        "flowchart TD",
        "  subgraph contoh",
        '    contoh1(["contoh"])',
        '    contoh2{{"? bahaya: Apakah ada bahaya?"}}',
        "    contoh1 --> contoh2",
        '    contoh3["» Hubungi 110."]',
        '    contoh2 -->|"bahaya = ya"| contoh3',
        '    contoh4["■"]',
        "    contoh3 --> contoh4",
        "    contoh5[\"» Kami 'jaga'.\"]",
        '    contoh2 -->|"bahaya = … ∧ bahaya = tidak"| contoh5',
        '    contoh6["■"]',
        "    contoh5 --> contoh6",
        '    contoh2 -->|"bahaya = …"| contoh6',
        "  end",
    ]


def test_chat_converses_through_a_pipe_and_keeps_nothing_without_a_database(teduh: Shell) -> None:
    code, said, complaint = teduh("chat", stdin="halo\n\nTidak\n")
    assert (code, complaint) == (0, "")
    assert said.startswith("Percakapan percobaan: tidak ada yang disimpan.")
    first, second = said.split("> Tidak\n")
    assert "> halo\n│ " in first and "│ 1. Ya\n│ 2. Tidak\n" in first
    assert "│ 1. " in second
    assert not (teduh.folder / "var").exists()


def test_chat_in_the_database_goes_on_where_it_stopped(ready: Shell) -> None:
    code, said, _ = ready("chat", stdin="halo\n2\n")
    assert code == 0 and said.startswith("Percakapan ini masuk ke basis data.")
    asked = said.rstrip("\n> ").rsplit("│ \n", 1)[1]
    code, said, _ = ready("chat", stdin="MENU\n")
    assert code == 0 and asked in said
    database = Database(f"sqlite:///{ready.folder}/var/teduh.db")
    with database.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*), sum(worked) FROM message WHERE channel = 'terminal'").one() == (3, 3)
        assert conn.exec_driver_sql("SELECT count(*) FROM outbox WHERE state <> 'sent'").scalar_one() == 0
        sealed = conn.exec_driver_sql("SELECT id, address_sealed FROM contact").one()
    database.close()
    assert Seal([base64.b64decode(KEY)]).open(sealed[1], "contact", sealed[0], "address") == "terminal"
    assert ready("chat", "--temporary", stdin="")[1].startswith("Percakapan percobaan")


def test_a_key_that_does_not_open_the_data_starts_nothing(ready: Shell) -> None:
    assert ready("chat", stdin="halo\n")[0] == 0
    other = base64.b64encode(bytes(range(1, 33))).decode()
    for command in ("run", "web", "worker", "chat"):
        code, said, complaint = ready(command, stdin="halo\n", TEDUH_SECRET_KEY=other, TEDUH_PORT=str(free_port()))
        assert (command, code, said) == (command, 1, "")
        assert complaint.startswith("Data ini disegel dengan kunci lain.")
    assert ready("chat", stdin="halo\n", TEDUH_SECRET_KEY=f"{other},{KEY}")[0] == 0
