"""Browsers that an operator has signed in with before: a stranger who tries their name keeps nobody out who comes with one.

The idea is OWASP's "device cookie". It opens nothing: its wrong tries are counted apart from everybody else's, and slowed as theirs are.
"""

from __future__ import annotations

import hmac
import secrets

from fastapi import Request, Response

from hotline.seal import Seal
from hotline.store.operators import as_kept
from panel.context import panel_of

_PREFIX = "teduh_kenal_"
_LASTS = 180 * 86400
"""Seconds; each sign-in begins them anew."""


def of(request: Request, name: str) -> str:
    """What this browser is known by to the operator of this name; empty for a stranger's, and for a mark that is not ours."""
    seal = panel_of(request).seal
    mark, _, proof = request.cookies.get(_cookie(seal, name), "").partition(".")
    return mark if mark and hmac.compare_digest(proof.encode(), _proof(seal, name, mark).encode()) else ""


def remember(request: Request, answer: Response, name: str, mark: str) -> None:
    """This browser has shown that it is the operator's. `mark`: what it was known by until now, as `of` tells."""
    panel = panel_of(request)
    mark = mark or secrets.token_hex(16)
    answer.set_cookie(
        _cookie(panel.seal, name),
        f"{mark}.{_proof(panel.seal, name, mark)}",
        max_age=_LASTS,
        path=str(request.scope.get("root_path", "")) or "/",
        httponly=True,
        samesite="strict",
        secure=panel.secure,
    )


def _cookie(seal: Seal, name: str) -> str:
    """One for each name: an office shares a browser. The name itself cannot be read from it."""
    return _PREFIX + seal.fingerprint("known browser of", as_kept(name)).hex()[:16]


def _proof(seal: Seal, name: str, mark: str) -> str:
    return seal.fingerprint("known browser", as_kept(name), mark).hex()
