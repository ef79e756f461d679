"""`teduh check`: what would fail in production is found and said with its cure; what is right is not complained of."""

from __future__ import annotations

import asyncio
import base64
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.check import channels, data, environment, examine, regions
from bot.check.report import Finding, Group, State, render
from bot.own_key import with_own_key
from hotline.messages import Incoming
from hotline.seal import Seal
from hotline.settings import load_settings
from hotline.store import conversations
from hotline.store.database import Database
from hotline.store.operators import add_operator, disable, find, set_password
from hotline.times import now
from tests.channels.fakes import DROPPED, FakeTelegram, Fault, Provider, down
from tests.support.program import KEY, free_port
from tests.support.rosters import reachable

ACCOUNT, AUTH = "AC" + "0" * 32, "0123456789abcdef0123456789abcdef"
OTHER_KEY = base64.b64encode(bytes(range(1, 33))).decode()


class FakeAccounts(Provider):
    """Twilio's account resource."""

    status = "active"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        given = b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        if given != f"{ACCOUNT}:{AUTH}" or request.path != f"/2010-04-01/Accounts/{ACCOUNT}.json":
            return web.json_response({"code": 20003, "message": "Authenticate", "status": 401}, status=401)
        return web.json_response({"sid": ACCOUNT, "status": self.status, "friendly_name": "Dinas"})


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def twilio() -> Iterator[FakeAccounts]:
    with FakeAccounts() as fake:
        yield fake


@pytest.fixture
def env(tmp_path: Path, sqlite_url: str, telegram: FakeTelegram, twilio: FakeAccounts) -> dict[str, str]:
    """An environment in which nothing is missing, over an empty database."""
    return {
        "TEDUH_DATA_DIR": str(tmp_path),
        "TEDUH_DATABASE_URL": sqlite_url,
        "TEDUH_SECRET_KEY": KEY,
        "TEDUH_PUBLIC_URL": "https://teduh.contoh.go.id",
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "TELEGRAM_WEBHOOK_SECRET": "rahasia_01",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": AUTH,
        "TWILIO_WHATSAPP_FROM": "whatsapp:+15550000000",
        "TWILIO_API_BASE_URL": twilio.url,
        "TWILIO_CONTENT_SID": "HX" + "0" * 32,
        "TWILIO_ALERT_CONTENT_SID": "HX" + "1" * 32,
        "TEDUH_PUSH_KEY": "A" * 42 + "E",
    }


def told(findings: list[Finding]) -> dict[str, State]:
    return {finding.sentence(str): finding.state for finding in findings}


def bad(findings: list[Finding]) -> list[str]:
    return [finding.sentence(str) for finding in findings if finding.failed]


def staffed(url: str) -> None:
    """One operator who has chosen a password."""
    database = Database(url)
    with database.write() as conn:
        add_operator(conn, region="kendal", name="sari", display_name="Sari", role="OPERATOR", now=now())
        row = find(conn, "sari")
        assert row is not None
        set_password(conn, row.id, "hash")
    reachable(database)
    database.close()


def test_a_service_that_is_ready_fails_in_nothing(env: dict[str, str], sqlite_url: str) -> None:
    staffed(sqlite_url)
    found = asyncio.run(examine(env))
    assert bad(found) == []
    assert {finding.group for finding in found} == set(Group)
    assert all(finding.cure for finding in found if finding.state is State.NEEDED)
    assert told(found)["Telegram mengenal bot @teduh_bot."] is State.OK
    assert told(found)["Twilio mengenal akun ini, dan akunnya aktif."] is State.OK


def test_every_region_needs_a_way_in_of_its_own(env: dict[str, str]) -> None:
    both = env | {"TEDUH_REGION": "kendal,luwu-timur"}

    def without(more: dict[str, str]) -> list[str]:
        return [s.partition(":")[0] for s in bad(channels._regions(load_settings(both | more)))]

    assert without({}) == ["luwu-timur"]
    assert without({"TWILIO_WHATSAPP_FROM": "kendal=whatsapp:+15550000000,luwu-timur=whatsapp:+15550000001"}) == []
    assert without({"TELEGRAM_BOT_TOKEN": "", "TWILIO_WHATSAPP_FROM": "luwu-timur=whatsapp:+15550000001"}) == ["kendal"]
    assert channels._regions(load_settings(env)) == []


def test_a_bare_machine_is_told_everything_at_once(tmp_path: Path) -> None:
    found = asyncio.run(examine({"TEDUH_DATA_DIR": str(tmp_path / "var"), "TEDUH_SIMULATOR": "1"}))
    assert bad(found) == [
        "TEDUH_SECRET_KEY belum diisi.",
        "Alamat publik http://127.0.0.1:8000 tidak dapat dipakai Telegram atau Twilio.",
        "Simulator menyala: siapa saja dapat mengisi antrean.",
        "Basis data belum dibuat.",
        "Tidak ada saluran: warga tidak dapat menghubungi layanan ini.",
    ]
    assert not (tmp_path / "var").exists(), "looking changes nothing"


def test_wrong_settings_are_findings_too() -> None:
    found = asyncio.run(examine({"TEDUH_PORT": "x", "TEDUH_REGOIN": "kendal"}))
    assert told(found) == {
        "TEDUH_PORT: bukan nomor porta.": State.FAILED,
        "TEDUH_REGOIN tidak dikenal dan tidak dibaca.": State.NEEDED,
    }
    assert "Mungkin maksudnya TEDUH_REGION." in render(found, str)


def test_the_key_of_a_first_try_is_not_for_production(tmp_path: Path) -> None:
    settings = load_settings({"TEDUH_DATA_DIR": str(tmp_path)})
    assert with_own_key(settings).secret_keys == with_own_key(settings).secret_keys
    assert "hanya ada kunci percobaan" in bad(environment.examine(settings))[0]


def test_regions_tell_their_numbers_and_what_is_open() -> None:
    found = regions.examine(load_settings({"TEDUH_REGION": "kendal,atlantis"}))
    states = told(found)
    assert [text for text, state in states.items() if state is State.FAILED] == [
        next(text for text in states if text.startswith("Profil atlantis: atlantis.toml, baris 1: "))
    ]
    assert any("nomor belum terverifikasi, tidak ditampilkan: " in text and "112" in text for text in states)
    assert any("belum dikonfirmasi Dinas: " in text for text in states)


def test_people_who_cannot_sign_in_do_not_count(env: dict[str, str], database_url: str) -> None:
    settings = load_settings(env | {"TEDUH_DATABASE_URL": database_url})
    assert "kendal: belum ada petugas." in bad(data.examine(settings))
    database = Database(database_url)
    with database.write() as conn:
        add_operator(conn, region="kendal", name="sari", display_name="Sari", role="OPERATOR", now=now())
        add_operator(conn, region="luwu-timur", name="budi", display_name="Budi", role="OPERATOR", now=now())
    assert told(data.examine(settings))["kendal: 1 petugas dapat masuk."] is State.OK
    assert told(data.examine(settings))["kendal: 1 sandi sekali pakai belum diganti."] is State.NEEDED
    with database.write() as conn:
        disable(conn, "sari")
    database.close()
    assert "kendal: belum ada petugas." in bad(data.examine(settings))


def test_a_key_that_does_not_open_the_data_is_noticed(env: dict[str, str], database_url: str, seal: Seal) -> None:
    env["TEDUH_DATABASE_URL"] = database_url
    assert told(data.examine(load_settings(env)))["Belum ada percakapan."] is State.OK
    database = Database(database_url)
    incoming = Incoming(region="kendal", channel="whatsapp", sender="s", message_id="m", received_at=now(), text="halo")
    with database.write() as conn:
        person = conversations.begin(seal, incoming, seal.fingerprint("kendal", "whatsapp", "s"))
        person.changed = True
        conversations.save(conn, seal, [person])
    database.close()
    opens, closed = "Kunci rahasia membuka data yang tersimpan.", "Kunci rahasia tidak membuka data yang tersimpan."
    wrong_order = f"{KEY},{OTHER_KEY}"  # opens everything, and finds nobody again
    for keys, text in ((KEY, opens), (f"{OTHER_KEY},{KEY}", opens), (OTHER_KEY, closed), (wrong_order, closed)):
        assert text in told(data.examine(load_settings(env | {"TEDUH_SECRET_KEY": keys})))


def test_a_database_that_is_away_or_old_is_told(env: dict[str, str], tmp_path: Path) -> None:
    away = load_settings(env | {"TEDUH_DATABASE_URL": f"postgresql://u:p@127.0.0.1:{free_port()}/d"})
    assert bad(data.examine(away)) == ["Basis data tidak menjawab."]
    (tmp_path / "old.db").touch()
    old = load_settings(env | {"TEDUH_DATABASE_URL": f"sqlite:///{tmp_path}/old.db"})
    assert bad(data.examine(old)) == ["Basis data belum mutakhir."]


def test_a_database_that_other_accounts_can_read_is_told(env: dict[str, str], sqlite_database: Database) -> None:
    file = Path(sqlite_database.url.partition("sqlite:///")[2])
    assert not any("akun lain" in text for text in told(data.examine(load_settings(env))))
    file.chmod(0o640)
    assert f"Berkas basis data dapat dibuka akun lain di komputer ini: {file}" in bad(data.examine(load_settings(env)))


def test_a_database_of_a_newer_program_is_told(env: dict[str, str], sqlite_database: Database) -> None:
    with sqlite_database.write() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    found = asyncio.run(examine(env))
    assert "Basis data ini milik versi program yang lebih baru." in bad(found)
    assert "mutakhir" not in render(found, str)


def test_the_disk_is_measured(env: dict[str, str]) -> None:
    text = next(text for text in told(data.examine(load_settings(env))) if "cakram" in text.lower())
    assert float(text.split(" ms")[0].rsplit(" ", 1)[1]) > 0


@pytest.mark.parametrize(
    ("fault", "text"),
    [(None, "Telegram menolak token bot."), (down(), "Telegram tidak terjangkau."), (DROPPED, "Telegram tidak terjangkau.")],
)
def test_telegram_s_answer_is_understood(env: dict[str, str], telegram: FakeTelegram, fault: Fault | None, text: str) -> None:
    if fault is None:
        env["TELEGRAM_BOT_TOKEN"] = "999:lain"
    telegram.always(fault)
    assert bad(asyncio.run(channels.examine(load_settings(env)))) == [text]


@pytest.mark.parametrize(
    ("fault", "auth", "status", "text"),
    [
        (None, "f" * 32, "active", "Twilio menolak akun atau token."),
        (None, AUTH, "suspended", "Akun Twilio tidak aktif (suspended)."),
        (down(503), AUTH, "active", "Twilio tidak terjangkau."),
        (DROPPED, AUTH, "active", "Twilio tidak terjangkau."),
    ],
)
def test_twilio_s_answer_is_understood(
    env: dict[str, str], twilio: FakeAccounts, fault: Fault | None, auth: str, status: str, text: str
) -> None:
    twilio.status = status
    twilio.always(fault)
    assert bad(asyncio.run(channels.examine(load_settings(env | {"TWILIO_AUTH_TOKEN": auth})))) == [text]


def test_a_provider_that_does_not_exist_is_not_waited_for(env: dict[str, str]) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    settings = load_settings(env | {"TELEGRAM_API_BASE_URL": nobody, "TWILIO_API_BASE_URL": nobody})
    assert bad(asyncio.run(channels.examine(settings))) == ["Telegram tidak terjangkau.", "Twilio tidak terjangkau."]


def test_nothing_secret_is_told(env: dict[str, str], telegram: FakeTelegram, twilio: FakeAccounts) -> None:
    report = render(asyncio.run(examine(env)), str)
    for secret in (KEY, AUTH, telegram.token, env["TELEGRAM_WEBHOOK_SECRET"], "15550000000"):
        assert secret not in report


def test_the_report_is_grouped_and_counted() -> None:
    report = render(
        [
            Finding.good(Group.SETTINGS, "Baik {n}.", n="1"),
            Finding.bad(Group.CHANNELS, "Buruk.", "Perbaiki {n}.", n="2"),
            Finding.needed(Group.SETTINGS, "Kurang.", "Tambah."),
        ],
        str,
    )
    assert report.splitlines() == [
        "Pengaturan",
        "  OK     Baik 1.",
        "  perlu  Kurang.",
        "         → Tambah.",
        "",
        "Saluran",
        "  gagal  Buruk.",
        "         → Perbaiki 2.",
        "",
        "1 baik, 1 perlu dibenahi, 1 gagal.",
    ]
