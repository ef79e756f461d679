"""Settings: everything wrong is told at once, secrets never show, and what is right is read as documented."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotline import settings as module
from hotline.settings import SECRETS, VARIABLES, SettingInvalid, Settings, load_settings, require_secret_key

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(range(1, 33))).decode()
SID = "AC" + "0" * 32


def wrong(env: dict[str, str]) -> dict[str, str]:
    """The variables that `load_settings` complains of, with the complaint."""
    with pytest.raises(SettingInvalid) as caught:
        load_settings(env)
    return {p.variable: f"{p.wrong} {p.cure}" for p in caught.value.problems}


def test_an_empty_environment_is_the_laptop() -> None:
    settings = load_settings({})
    assert settings.regions == ("kendal",)
    assert settings.data_dir == Path("var").absolute()
    assert settings.database_url == f"sqlite:///{Path('var').absolute()}/teduh.db"
    assert settings.secret_keys == ()
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert not settings.simulator and not settings.telegram and not settings.whatsapp
    assert (settings.telegram_rate, settings.whatsapp_rate) == (30, 10)


@pytest.mark.parametrize("value", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"])
def test_every_spelling_of_postgresql_means_psycopg(value: str) -> None:
    assert load_settings({"TEDUH_DATABASE_URL": value}).database_url == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize(
    "value", ["postgresql://u:p%40@h:5433/d?sslmode=verify-full", "postgresql:///d?host=/run/postgresql", "postgresql://"]
)
def test_what_the_driver_of_postgresql_knows_may_be_asked_of_it(value: str) -> None:
    assert load_settings({"TEDUH_DATABASE_URL": value}).database_url == value.replace("postgresql", "postgresql+psycopg", 1)


def test_the_data_directory_holds_the_embedded_database(tmp_path: Path) -> None:
    assert load_settings({"TEDUH_DATA_DIR": str(tmp_path)}).database_url == f"sqlite:///{tmp_path}/teduh.db"


@pytest.mark.parametrize("language", ["", "id", "en"])
def test_the_languages_of_the_command_line_are_no_problem(language: str) -> None:
    assert load_settings({"TEDUH_LANGUAGE": language}) == load_settings({})


def test_several_regions_keep_their_order_and_appear_once() -> None:
    assert load_settings({"TEDUH_REGION": " kendal, luwu-timur,kendal "}).regions == ("kendal", "luwu-timur")


def test_several_keys_rotate_newest_first() -> None:
    assert load_settings({"TEDUH_SECRET_KEY": f"{OTHER},{KEY}"}).secret_keys == (bytes(range(1, 33)), bytes(range(32)))


def test_url_safe_keys_without_padding_are_read_too() -> None:
    key = bytes([0xFB, 0xFF] * 16)
    assert load_settings({"TEDUH_SECRET_KEY": base64.urlsafe_b64encode(key).decode().rstrip("=")}).secret_keys == (key,)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TEDUH_REGION", "Kendal!"),
        ("TEDUH_REGION", ","),
        ("TEDUH_DATABASE_URL", "mysql://u:p@h/d"),
        ("TEDUH_DATABASE_URL", "teduh.db"),
        ("TEDUH_DATABASE_URL", "postgresql://u:p@h:porta/d"),
        ("TEDUH_DATABASE_URL", "postgresql://u:p@[::/d"),
        ("TEDUH_DATABASE_URL", "postgresql://u:p@h/d?foo=bar"),
        ("TEDUH_DATABASE_URL", "postgresql://u:p@h/d?port=x"),
        ("TEDUH_DATABASE_URL", "sqlite:///:memory:"),
        ("TEDUH_DATABASE_URL", "sqlite:///?cache=shared"),
        ("TEDUH_DATABASE_URL", "sqlite:///teduh.db?foo=bar"),
        ("TEDUH_SECRET_KEY", "rahasia"),
        ("TEDUH_SECRET_KEY", KEY + ","),
        ("TEDUH_SECRET_KEY", f"{KEY},{KEY}"),
        ("TEDUH_PUBLIC_URL", "teduh.go.id"),
        ("TEDUH_PUBLIC_URL", "https://teduh.go.id/?x=1"),
        ("TEDUH_PUBLIC_URL", "https://[teduh"),
        ("TEDUH_PUBLIC_URL", "https://teduh.go.id:99999"),
        ("TEDUH_SIMULATOR", "mungkin"),
        ("TEDUH_PORT", "70000"),
        ("TEDUH_PORT", "0"),
        ("TEDUH_LANGUAGE", "zz"),
        ("TEDUH_LANGUAGE", "../en"),
        ("TEDUH_PORT", "²"),
        ("TEDUH_RATE_TELEGRAM", "0"),
        ("TEDUH_RATE_WHATSAPP", "nan"),
        ("TEDUH_LOG", "xml"),
        ("TEDUH_PUSH_KEY", "rahasia"),
        ("TEDUH_PUSH_KEY", "A" * 43),
        ("TEDUH_PUSH_KEY", "_" * 43),
        ("TELEGRAM_BOT_TOKEN", "bot token"),
        ("TELEGRAM_WEBHOOK_SECRET", "kata sandi"),
        ("TELEGRAM_WEBHOOK_SECRET", "a" * 257),
        ("TWILIO_CONTENT_SID", "HX1"),
        ("TWILIO_ALERT_CONTENT_SID", "HX"),
    ],
)
def test_a_wrong_value_is_named_and_never_quoted(variable: str, value: str) -> None:
    problems = wrong({variable: value})
    assert list(problems) == [variable]
    assert len(value) < 4 or value not in problems[variable]


NUMBERS = "kendal=whatsapp:+628110000001, luwu-timur=whatsapp:+628110000002"
TWILIO = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": "token"}


def test_each_region_may_have_a_number_of_its_own() -> None:
    both = load_settings({**TWILIO, "TEDUH_REGION": "kendal,luwu-timur", "TWILIO_WHATSAPP_FROM": NUMBERS})
    assert both.senders == {"kendal": "whatsapp:+628110000001", "luwu-timur": "whatsapp:+628110000002"}
    one = load_settings({**TWILIO, "TEDUH_REGION": "luwu-timur", "TWILIO_WHATSAPP_FROM": "whatsapp:+628110000002"})
    assert one.senders == {"luwu-timur": "whatsapp:+628110000002"} and load_settings({}).senders == {}


@pytest.mark.parametrize(
    "numbers",
    [
        NUMBERS.replace("luwu-timur=", ""),
        NUMBERS.replace("luwu-timur", "kendal"),
        NUMBERS.replace("0002", "0001"),
        NUMBERS.replace("luwu-timur", "entah"),
        "kendal=+628110000001",
    ],
)
def test_a_number_without_a_region_or_with_two_is_refused(numbers: str) -> None:
    assert list(wrong({**TWILIO, "TEDUH_REGION": "kendal,luwu-timur", "TWILIO_WHATSAPP_FROM": numbers})) == ["TWILIO_WHATSAPP_FROM"]


def test_all_problems_are_told_at_once() -> None:
    problems = wrong({"TEDUH_PORT": "x", "TEDUH_SIMULATOR": "x", "TEDUH_SECRET_KEY": "x", "TWILIO_ACCOUNT_SID": SID})
    assert set(problems) == {"TEDUH_PORT", "TEDUH_SIMULATOR", "TEDUH_SECRET_KEY", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM"}


def test_the_sentence_has_variable_problem_and_cure_on_one_line_each() -> None:
    with pytest.raises(SettingInvalid) as caught:
        load_settings({"TEDUH_PORT": "x", "TEDUH_SIMULATOR": "x"})
    assert sorted(str(caught.value).splitlines()) == [
        "TEDUH_PORT: bukan nomor porta. Tulis bilangan 1 sampai 65535.",
        "TEDUH_SIMULATOR: bukan ya atau tidak. Tulis 1 atau 0.",
    ]
    assert caught.value.text(str.upper).splitlines()[0].isupper()


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_come_from_a_file(name: str, tmp_path: Path) -> None:
    values = {
        "TEDUH_SECRET_KEY": KEY,
        "TEDUH_DATABASE_URL": "postgresql://u:p@h/d",
        "TELEGRAM_BOT_TOKEN": "1:a",
        "TELEGRAM_WEBHOOK_SECRET": "abc",
        "TWILIO_AUTH_TOKEN": "token",
        "TEDUH_PUSH_KEY": "A" * 42 + "E",
    }
    rest = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_WHATSAPP_FROM": "whatsapp:+628110000000"} if name.startswith("TWILIO") else {}
    file = tmp_path / "secret"
    file.write_text(values[name] + "\n")
    assert load_settings({name + "_FILE": str(file), **rest}) == load_settings({name: values[name], **rest})
    assert list(wrong({name + "_FILE": str(file), name: values[name], **rest})) == [name + "_FILE"]
    assert name + "_FILE" in wrong({name + "_FILE": str(tmp_path / "missing"), **rest})


def test_production_refuses_to_start_without_a_key() -> None:
    with pytest.raises(SettingInvalid) as caught:
        require_secret_key(load_settings({}))
    assert [p.variable for p in caught.value.problems] == ["TEDUH_SECRET_KEY"]
    keyed = load_settings({"TEDUH_SECRET_KEY": KEY})
    assert require_secret_key(keyed) is keyed


def test_the_representation_shows_no_secret() -> None:
    env = {
        "TEDUH_SECRET_KEY": KEY,
        "TEDUH_DATABASE_URL": "postgresql://u:sandibasis@h/d",
        "TELEGRAM_BOT_TOKEN": "123:tokenbot",
        "TELEGRAM_WEBHOOK_SECRET": "rahasiahook",
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": "tokentwilio",
        "TWILIO_WHATSAPP_FROM": "whatsapp:+628110000000",
    }
    shown = repr(load_settings(env))
    for secret in ("sandibasis", "tokenbot", "rahasiahook", "tokentwilio", "628110000000", KEY, repr(bytes(range(32)))):
        assert secret not in shown


@pytest.mark.parametrize("variable", ["TEDUH_DATA_DIR", "TEDUH_SECRET_KEY_FILE"])
def test_a_home_of_nobody_is_named(variable: str) -> None:
    with pytest.raises(SettingInvalid) as caught:
        load_settings({variable: "~tidak-ada-orangnya/teduh"})
    assert [problem.variable for problem in caught.value.problems] == [variable]


def test_a_database_file_may_lie_under_a_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings({"TEDUH_DATABASE_URL": "sqlite:///~/teduh.db"}).database_url == f"sqlite:///{tmp_path}/teduh.db"
    with pytest.raises(SettingInvalid) as caught:
        load_settings({"TEDUH_DATABASE_URL": "sqlite:///~tidak-ada-orangnya/teduh.db"})
    assert [problem.variable for problem in caught.value.problems] == ["TEDUH_DATABASE_URL"]


@given(st.dictionaries(st.sampled_from(VARIABLES), st.text(max_size=40)))
@example({"TEDUH_DATA_DIR": "~0"})
@example({"TEDUH_DATABASE_URL": "sqlite:///~0"})
def test_any_environment_gives_settings_or_named_problems(env: dict[str, str]) -> None:
    try:
        assert isinstance(load_settings(env), Settings)
    except SettingInvalid as error:
        assert error.problems
        assert {p.variable.removesuffix("_FILE") for p in error.problems} <= set(VARIABLES)


def test_every_variable_read_is_listed() -> None:
    source = Path(module.__file__).read_text(encoding="utf-8").split("def load_settings", 1)[1]
    assert {name for name in VARIABLES if f'"{name}"' not in source} == set()


def test_a_database_file_nobody_made_is_not_there(tmp_path: Path) -> None:
    settings = load_settings({"TEDUH_DATA_DIR": str(tmp_path)})
    assert not settings.database_there
    (tmp_path / "teduh.db").touch()
    assert settings.database_there
    assert load_settings({"TEDUH_DATABASE_URL": "postgresql://u:p@h/d"}).database_there
