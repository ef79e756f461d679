"""The commands that start something, as people give them: what they print, what they refuse, how they end."""

from __future__ import annotations

import base64
import contextlib
import http.client
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.commands.errors import sentence
from bot.web.door import DoorTaken, DoorUnusable, check_free
from hotline.store.database import Database
from hotline.store.migrate import upgrade
from tests.support.program import KEY, START_SECONDS, Program, free_port
from tests.support.shell import SECONDS, Shell


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are asked in other ways")
def test_what_runs_leaves_no_dump_of_its_memory() -> None:
    asked = "import ctypes, resource; print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    begun = "from hotline.settings import load_settings; from bot import cli; cli.start_logs(load_settings({}))"
    told = subprocess.run([sys.executable, "-c", f"{begun}; {asked}"], capture_output=True, text=True, check=True)
    assert told.stdout == "(0, 0) 0\n"  # of prctl.h: 3 asks whether it may be dumped


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


def test_a_file_that_cannot_be_written_is_told_with_the_cure(teduh: Shell, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    code, said, complaint = teduh("migrate", TEDUH_DATABASE_URL=f"sqlite:///{tmp_path}/folder")
    assert (code, said) == (1, "")
    assert complaint.startswith("Basis data tidak dapat ditulisi: cakramnya penuh,") and "TEDUH_DATABASE_URL" in complaint


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("TEDUH_DATA_DIR", "{file}", 2),
        ("TEDUH_DATA_DIR", "{file}/dalam", 2),
        ("TEDUH_DATA_DIR", "/proc/teduh", 2),
        ("TEDUH_DATABASE_URL", "sqlite:////proc/teduh/teduh.db", 1),
        ("TEDUH_DATABASE_URL", "sqlite:///{file}", 1),
    ],
)
def test_a_place_where_no_data_can_lie_is_told_with_its_variable(
    teduh: Shell, tmp_path: Path, variable: str, value: str, code: int
) -> None:
    (tmp_path / "catatan").write_text("bukan basis data, hanya catatan yang cukup panjang untuk dibaca\n" * 40)
    given = {variable: value.format(file=tmp_path / "catatan"), "TEDUH_PORT": str(free_port())}
    ended, _, complaint = teduh("run", **given)
    assert (ended, variable in complaint) == (code, True), complaint
    assert "tidak diduga" not in complaint and "Traceback" not in complaint


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


def test_a_first_command_out_of_turn_leaves_nothing_that_others_can_read(teduh: Shell, tmp_path: Path) -> None:
    given = {"TEDUH_SECRET_KEY": KEY, "TEDUH_DATA_DIR": str(tmp_path / "baru")}
    for command in (("operator", "add", "sari"), ("drill", "--report", "2026-11")):
        assert teduh(*command, **given)[::2] == (1, "Basis data belum mutakhir. Jalankan: teduh migrate\n")
        assert not (tmp_path / "baru" / "teduh.db").exists()
    assert teduh("migrate", **given)[0] == 0
    assert teduh("operator", "add", "sari", **given)[0] == 0
    assert stat.S_IMODE((tmp_path / "baru").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "baru").iterdir()} == {0o600}


def test_whoever_follows_the_printed_address_at_once_gets_in(teduh: Shell) -> None:
    port = free_port()
    command = [sys.executable, "-m", "bot", "run"]
    process = subprocess.Popen(command, env=teduh.env | {"TEDUH_PORT": str(port)}, cwd=teduh.folder, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if f"http://127.0.0.1:{port}/simulator" in line:
                break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        connection.request("GET", "/simulator")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        process.kill()
        process.communicate()


def test_an_old_database_is_brought_up_to_date_with_its_progress(teduh: Shell) -> None:
    url = f"sqlite:///{teduh.folder}/old.db"
    with contextlib.closing(Database(url)) as database:
        upgrade(database, "0009")
    code, said, complaint = teduh("migrate", TEDUH_DATABASE_URL=url)
    assert (code, complaint) == (0, "")
    first, *steps, last = said.splitlines()
    assert first.startswith("Basis data dibawa ke bentuk terbaru.") and last == "Basis data mutakhir."
    assert steps == [f"  {done}/{len(steps) - 1}" for done in range(len(steps))] and len(steps) > 1
    assert teduh("migrate", TEDUH_DATABASE_URL=url) == (0, "Basis data mutakhir.\n", "")


@pytest.mark.parametrize("command", ["run", "migrate", "web"])
def test_a_database_of_a_newer_program_is_left_alone(ready: Shell, command: str) -> None:
    with contextlib.closing(Database(f"sqlite:///{ready.folder}/var/teduh.db")) as database, database.write() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    told = "Basis data ini milik versi program yang lebih baru. Pasang versi program itu.\n"
    assert ready(command, TEDUH_PORT=str(free_port())) == (1, "", told)


def test_run_refuses_an_address_in_use(program: Program, teduh: Shell) -> None:
    program.start()
    code, said, complaint = teduh("run", TEDUH_PORT=str(program.port), TEDUH_DATA_DIR=str(teduh.folder / "other"))
    assert code == 1
    assert "sedang dipakai program lain" in complaint and said == ""


@pytest.mark.parametrize("host", ["8.8.8.8", "nope.invalid", "a" * 70, "2001:db8::1", "\udcff"])
def test_an_address_that_is_not_ours_is_told_with_its_variables(host: str) -> None:
    with pytest.raises(DoorUnusable) as caught:
        check_free(host, free_port())
    told, code = sentence(caught.value)
    assert code == 1 and "TEDUH_HOST" in told and "TEDUH_PORT" in told


def test_nothing_starts_at_an_address_that_is_not_ours(ready: Shell) -> None:
    code, said, complaint = ready("run", TEDUH_HOST="8.8.8.8", TEDUH_PORT=str(free_port()))
    assert (code, said, complaint.count("\n")) == (1, "", 1)
    assert complaint.startswith("Di alamat itu komputer ini tidak dapat menerima sambungan.")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_an_address_of_ours_is_free_until_somebody_listens(host: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        other.listen()
        with pytest.raises(DoorTaken):
            check_free(host, port)
    check_free(host, port)


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
