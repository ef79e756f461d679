"""The law as data: one profile file for each kabupaten, checked line by line when it is loaded."""

from __future__ import annotations

from pathlib import Path

from hotline.regions.load import FOLDER, load_profile, located, slugs
from hotline.regions.parts import ClosingReason, Sla, Stage, Term
from hotline.regions.problem import Problem, ProfileInvalid
from hotline.regions.profile import Profile
from hotline.regions.show import summary

__all__ = [
    "ClosingReason",
    "Problem",
    "Profile",
    "ProfileInvalid",
    "Sla",
    "Stage",
    "Term",
    "lint",
    "load_profile",
    "located",
    "profiles",
    "show",
]


def profiles(folder: Path = FOLDER) -> tuple[str, ...]:
    """The slugs of all regions that have a profile."""
    return slugs(folder)


def lint(folder: Path = FOLDER) -> list[Problem]:
    """Everything that is wrong in any profile, file by file; empty when all can be used."""
    found: list[Problem] = []
    for slug in slugs(folder):
        try:
            load_profile(slug, folder)
        except ProfileInvalid as invalid:
            found += invalid.problems
    return found


def show(slug: str, folder: Path = FOLDER) -> str:
    """What a profile says, in plain lines. Raises ProfileInvalid."""
    return summary(load_profile(slug, folder))
