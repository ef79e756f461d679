"""`teduh check`: what would fail in production, in plain words, each with its cure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.check import channels, data, environment, files, on_call, regions
from bot.check.report import Finding, Group
from bot.own_key import with_kept_key
from hotline.settings import SettingInvalid, load_settings


async def examine(env: Mapping[str, str]) -> list[Finding]:
    """Every finding, group by group. Nothing is changed and nothing is sent to a person."""
    found = environment.unknown(env)
    try:
        settings = load_settings(env)
    except SettingInvalid as error:
        wrong = [Finding.bad(Group.SETTINGS, f"{p.variable}: {{wrong}}", p.cure, wrong=p.wrong) for p in error.problems]
        return [*wrong, *found]
    return [
        *environment.examine(settings),
        *found,
        *regions.examine(settings),
        *data.examine(with_kept_key(settings)),
        *await files.examine(settings),
        *on_call.examine(settings),
        *await channels.examine(settings),
    ]
