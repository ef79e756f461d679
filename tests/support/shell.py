"""`teduh` as it is called from a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
