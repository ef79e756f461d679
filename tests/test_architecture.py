"""Who may know whom: the arrows of docs/decisions/0001, and the sizes and habits that keep a file readable."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping

import pytest

from tests.support.source import PACKAGES, ROOT, Module, modules, within

PRODUCT = modules(*PACKAGES)
HOTLINE = modules("hotline")
ALL = PRODUCT + modules("tests", "tools", "bench")

KNOWS = {
    "hotline": {"hotline"},
    "dialogs": {"dialogs", "hotline"},
    "webhooks": {"webhooks", "hotline"},
    "panel": {"panel", "hotline"},
    "bot": set(PACKAGES),
}

VERBS = ("receive", "deliver", "operate", "escalate", "remind", "forget", "media", "wipe", "talk", "remember")
"""What the hotline does: strangers to each other, put together by bot alone."""

PURE = (
    "messages",
    "case",
    "alarm",
    "compact",
    "engine",
    "triage",
    "regions",
    "workflow",
    "times",
    "values",
    "staff",
    "desk",
    "clocks",
    "figures",
    "drill",
    "sheets",
    "services",
)
"""Values in, values out: no database, no network, no clock."""

PURE_THIRD_PARTY = {
    "hotline.compact": {"orjson"},
    "hotline.engine.match": {"rapidfuzz"},
    "hotline.engine.places": {"rapidfuzz"},
    "hotline.regions": {"pydantic"},
}
IMPURE_STANDARD = {
    "os",
    "socket",
    "sqlite3",
    "asyncio",
    "threading",
    "subprocess",
    "logging",
    "random",
    "secrets",
    "time",
    "urllib",
    "http",
}

STRANGERS = ("engine", "triage", "regions")
BELOW_STORE = (*PURE, "ids", "seal", "passwords", "pins", "i18n")

OUTSIDE = {"telegram": "bot", "twilio": "bot", "aiohttp": "bot", "apscheduler": "bot", "typer": "bot", "uvicorn": "bot"}
"""Libraries that speak to the outside, and the one package that may use each."""

LINES, FUNCTION_LINES = 300, 40
# Longer for a reason; a number here may only fall.
LONGER: dict[str, int] = {}
LONGER_FUNCTIONS: dict[str, int] = {}


def hotline(*names: str) -> tuple[str, ...]:
    return tuple(f"hotline.{name}" for name in names)


def found(in_: Iterable[Module], wrong: Callable[[Module], Iterable[object]]) -> dict[str, list[object]]:
    """The modules with something wrong, and what: empty when all is well."""
    looked = [(module.name, list(wrong(module))) for module in in_]
    assert looked, "no module to look at"
    return {name: wrongs for name, wrongs in looked if wrongs}


def knows(module: Module, *scopes: str) -> set[str]:
    return {name for name in module.imports if within(name, *scopes)}


PURE_MODULES = [module for module in HOTLINE if within(module.name, *hotline(*PURE))]


def test_packages_import_along_the_arrows_only() -> None:
    def against(module: Module) -> set[str]:
        return knows(module, *PACKAGES, "tests", "tools", "bench") - knows(module, *KNOWS[module.name.split(".")[0]])

    assert found(PRODUCT, against) == {}


def test_verbs_are_strangers_and_nothing_in_hotline_stands_on_them() -> None:
    def verbs(module: Module) -> set[str]:
        return knows(module, *(verb for verb in hotline(*VERBS) if not within(module.name, verb)))

    assert found(HOTLINE, verbs) == {}


def test_the_pure_layers_import_values_only() -> None:
    def impure(module: Module) -> set[str]:
        allowed = {library for scope, libraries in PURE_THIRD_PARTY.items() if within(module.name, scope) for library in libraries}
        standard = {name.split(".")[0] for name in module.imports} & IMPURE_STANDARD
        return knows(module, "hotline") - knows(module, *hotline(*PURE, "i18n")) | module.third_party - allowed | standard

    assert found(PURE_MODULES, impure) == {}


def test_the_pure_layers_read_no_clock_and_write_no_file() -> None:
    clock = re.compile(r"datetime\.(?:now|today|utcnow)\(|times\.now\b|\.write_text\(|\bopen\(.*[\"']w")
    assert found((m for m in PURE_MODULES if m.name != "hotline.times"), lambda m: clock.findall(m.text)) == {}


def test_engine_triage_and_regions_are_strangers() -> None:
    for layer in STRANGERS:
        others = hotline(*(other for other in (*STRANGERS, "workflow") if other != layer))
        assert found(modules(f"hotline/{layer}"), lambda m, others=others: knows(m, *others)) == {}


def test_a_case_knows_messages_at_most_and_messages_nothing() -> None:
    assert knows(Module(ROOT / "hotline/messages.py"), "hotline") == set()
    case = Module(ROOT / "hotline/case.py")
    assert knows(case, "hotline") == knows(case, "hotline.messages", "hotline.times", "hotline.values")


def test_the_store_stands_on_values_and_seals_only() -> None:
    below = ("hotline.store", *hotline(*BELOW_STORE))
    assert found(modules("hotline/store"), lambda m: knows(m, "hotline") - knows(m, *below)) == {}


def test_only_the_store_commits() -> None:
    commits = re.compile(r"\.commit\(|\.rollback\(|create_engine\(|sessionmaker\(")
    assert found((m for m in PRODUCT if not within(m.name, "hotline.store")), lambda m: commits.findall(m.text)) == {}


def test_libraries_that_speak_to_the_outside_stay_in_their_package() -> None:
    def strays(module: Module) -> set[str]:
        package = module.name.split(".")[0]
        web = {"fastapi", "starlette", "jinja2"} if package in ("hotline", "dialogs") else set()
        return {library for library in module.third_party if OUTSIDE.get(library, package) != package} | module.third_party & web

    assert found(PRODUCT, strays) == {}


def test_no_module_needs_itself_to_load() -> None:
    known = {module.name for module in PRODUCT}
    needs = {module.name: {_module(name, known) for name in module.imports_at_load} - {module.name, ""} for module in PRODUCT}
    assert _in_circles(needs) == set(), "these import each other in a circle"


@pytest.mark.parametrize("package", PACKAGES)
def test_rooms_of_a_package_know_each_other_in_one_direction(package: str) -> None:
    # A room is a folder of the package, or a module beside the folders. An import inside a function is an arrow too.
    needs: dict[str, set[str]] = {}
    for module in modules(package):
        if module.name != package:
            needs.setdefault(_room(module.name), set()).update(map(_room, knows(module, package) - module.imports_for_types))
    assert len(needs) > 1
    assert _in_circles({room: others & set(needs) - {room} for room, others in needs.items()}) == set()


def _room(name: str) -> str:
    return ".".join(name.split(".")[:2])


def _in_circles(needs: Mapping[str, set[str]]) -> set[str]:
    settled: set[str] = set()
    while ready := {name for name in needs if name not in settled and needs[name] <= settled}:
        settled |= ready
    return set(needs) - settled


def _module(imported: str, known: set[str]) -> str:
    """The module that an imported name lies in; empty for a name from outside."""
    while imported and imported not in known:
        imported = imported.rpartition(".")[0]
    return imported


def test_every_module_says_what_it_is() -> None:
    def unsaid(module: Module) -> list[str]:
        wrong = [] if module.text.startswith(('"""', "#!")) else ["begins without a docstring"]
        code = any(not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.Assign) for node in module.tree.body)
        return [*wrong, *(["annotations"] if code and "from __future__ import annotations" not in module.text else [])]

    assert found((m for m in ALL if m.text.strip()), unsaid) == {}


def test_files_stay_short() -> None:
    def long(module: Module) -> list[int]:
        lines = len(module.text.splitlines())
        return [lines] if lines > LONGER.get(str(module.path.relative_to(ROOT)), LINES) else []

    assert found(ALL, long) == {}


def test_functions_stay_short() -> None:
    def long(module: Module) -> list[tuple[str, int]]:
        return [(name, lines) for name, lines in module.functions if lines > LONGER_FUNCTIONS.get(f"{module.name}.{name}", FUNCTION_LINES)]

    assert found(PRODUCT, long) == {}


def test_nothing_is_left_for_later_and_nothing_is_mocked() -> None:
    left = re.compile(r"\b(?:TODO|FIXME|XXX)\b|unittest\.mock|\bMagicMock\b|monkeypatch\.setattr\(|\bmocker\b")
    assert found((m for m in ALL if m.path.name != "test_architecture.py"), lambda m: left.findall(m.text)) == {}


def test_locale_is_no_package() -> None:
    # From the repository's root it would shadow the standard library's locale, and argparse, gettext and pytest would fail.
    assert not (ROOT / "locale" / "__init__.py").exists()
