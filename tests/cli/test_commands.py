"""The command line as people use it: its words and their exit codes."""

from __future__ import annotations

import base64
import contextlib
import re
import subprocess
import sys

import pytest

from bot.commands.draw import flowchart, outline
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Choice, End, Only, Say, among
from hotline.seal import Seal
from hotline.store.database import Database
from tests.support.program import KEY, free_port
from tests.support.shell import Shell


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


def test_english_on_request(teduh: Shell) -> None:
    code, _, complaint = teduh("web", TEDUH_LANGUAGE="en")
    assert code == 2
    assert complaint.startswith("The settings are not right yet:\n  TEDUH_SECRET_KEY: is not set;")
    assert "Tell what is missing for production." in teduh("--help", TEDUH_LANGUAGE="en")[1]


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


UNTEXT = b"sari\xff".decode("utf-8", "surrogateescape")
NAME, SHOWN = "Nama masuk tidak bisa dipakai. Pakai 2 sampai 63 huruf", "Nama untuk rekan belum benar. Tulis nama"


def test_names_that_the_panel_would_refuse_are_refused(ready: Shell) -> None:
    for name in ("", " ", "a", "sari budi", "sa\nri", "sari\x1b[31m", "s" * 64, UNTEXT):
        code, said, complaint = ready("operator", "add", name)
        assert (code, said, complaint.startswith(NAME)) == (2, "", True), (name, complaint)
    for shown in (" ", "x" * 121, "Bu\x1b[31mSari", UNTEXT):
        code, said, complaint = ready("operator", "add", "rini", "--display-name", shown)
        assert (code, said, complaint.startswith(SHOWN)) == (2, "", True), (shown, complaint)
    assert ready("operator", "reset", UNTEXT)[::2] == (1, "Tidak ada petugas dengan nama masuk itu.\n")


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


TRIAL = "Percakapan percobaan: tidak ada yang disimpan. Ctrl-D untuk selesai.\n"


@pytest.mark.parametrize("what", ["old", "newer", "away", "no key"])
def test_chat_says_why_nothing_is_kept(ready: Shell, what: str) -> None:
    env = {"TEDUH_SECRET_KEY": "" if what == "no key" else KEY}
    with contextlib.closing(Database(f"sqlite:///{ready.folder}/var/teduh.db")) as database, database.write() as conn:
        if what == "old":
            conn.exec_driver_sql("DELETE FROM alembic_version")
        if what == "newer":
            conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    if what == "away":
        env["TEDUH_DATABASE_URL"] = f"postgresql://teduh@127.0.0.1:{free_port()}/teduh"
    why = {
        "old": "Basis data belum mutakhir.",
        "newer": "Basis data ini milik versi program yang lebih baru.",
        "away": "Basis data tidak menjawab.",
        "no key": "TEDUH_SECRET_KEY belum diisi.",
    }
    code, said, _ = ready("chat", **env)
    assert code == 0 and said.startswith(TRIAL + why[what])
    assert ready("chat", "--temporary", **env)[1] == TRIAL + "\n> \n"


def test_chat_converses_through_a_pipe_and_keeps_nothing_without_a_database(teduh: Shell) -> None:
    code, said, complaint = teduh("chat", stdin="halo\n\nTidak\n")
    assert (code, complaint) == (0, "")
    assert said.startswith(TRIAL + "Basis data belum dibuat. Jalankan: teduh migrate\n\n> ")
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
