"""What is wrong with a profile: said so that the person who wrote the file can put it right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hotline.i18n import N_
from hotline.regions.lines import Place

_SENTENCE = N_("{file}, baris {line}: {wrong}; {cure}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something wrong at one place of a profile. `wrong` and `cure` are text ids, filled with `values`."""

    place: Place
    wrong: str
    cure: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A flaw with the file and the line (from 1) where it stands."""

    file: Path
    line: int
    wrong: str
    cure: str
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """One sentence: file, line, what is wrong, and the cure."""
        wrong, cure = (translate(part).format_map(self.values) for part in (self.wrong, self.cure))
        return translate(_SENTENCE).format(file=self.file.name, line=self.line, wrong=wrong, cure=cure)


class ProfileInvalid(Exception):
    """The profile of a region cannot be used: `problems` names every line that is wrong, and its cure."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(self.text())

    def text(self, translate: Callable[[str], str] = str) -> str:
        """One sentence for each problem, each on its line."""
        return "\n".join(problem.text(translate) for problem in self.problems)
