"""The bench's own Python environment, made when bench/requirements.txt changed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from bench.settings import ROOT, WORK, say


def python() -> Path:
    """The interpreter that has bench/requirements.txt."""
    requirements = ROOT / "bench" / "requirements.txt"
    folder = WORK / f"env-{hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]}"
    out = folder / "bin" / "python"
    if (folder / "complete").exists():
        return out
    say(f"Installing bench/requirements.txt into {folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder} ...")
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv:
        subprocess.run([uv, "venv", "-q", "--clear", "--python", sys.executable, folder], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", out, "-r", requirements], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([out, "-m", "pip", "install", "-q", "-r", requirements], check=True)
    (folder / "complete").touch()
    return out
