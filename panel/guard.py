"""The one place where the panel allows or refuses: origin, sign-in, role, region, record. Each route declares a policy, or is refused.

Cross-site requests are told by `Sec-Fetch-Site`, else by `Origin` (which browsers send with every POST); on top, every form of a
signed-in operator carries their session's token, and the cookie is SameSite=Strict.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from fastapi import Request

from hotline.office.accounts import named
from hotline.staff import Right
from hotline.store import queue, sign_ins
from hotline.store.sign_ins import Session
from panel.context import Asked, Panel, panel_of

COOKIE, SECURE_COOKIE = "teduh_sesi", "__Secure-teduh_sesi"
REFRESH = "x-teduh-refresh"
"""Set by the page itself when it refreshes: such a request does not count as the operator being there."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


class NoPolicy(Exception):
    """The route declares no policy, so nobody may use it."""


class NotSignedIn(Exception):
    """Nobody is signed in, or the sign-in is over."""


class MustChangePassword(Exception):
    """The password is a one-time one: it has to be changed before anything else."""


class CrossSite(Exception):
    """The request was started by another site."""


class TokenWrong(Exception):
    """The form does not carry this session's token: an old page, or a forged one."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may use a route. `case`: the address names a case by `{code}`, which must be one that the operator may see."""

    right: Right | None = None
    case: bool = False
    open: bool = False
    """Without signing in."""
    one_time_too: bool = False
    """Also before a one-time password was changed."""


OPEN = Policy(open=True)
SIGNED_IN = Policy()
OWN_ACCOUNT = Policy(one_time_too=True)
QUEUE = Policy(Right.READ)
SEE_CASE = Policy(Right.READ, case=True)
WORK_CASE = Policy(Right.WORK, case=True)
CLOSE_CASE = Policy(Right.CLOSE, case=True)
APPROVE_CASE = Policy(Right.APPROVE, case=True)
OPEN_EVIDENCE = Policy(Right.OPEN_EVIDENCE, case=True)
DEAD_LETTERS = Policy(Right.RESEND)
WORK = Policy(Right.WORK)
LEAD = Policy(Right.APPROVE)
KEEP_ACCOUNTS = Policy(Right.ACCOUNTS)
KEEP_ROSTER = Policy(Right.ROSTER)


def allow(policy: Policy) -> Callable[[_Endpoint], _Endpoint]:
    """Declare the policy of a route's function."""

    def declared(endpoint: _Endpoint) -> _Endpoint:
        endpoint.policy = policy  # type: ignore[attr-defined]
        return endpoint

    return declared


def policy_of(endpoint: Callable[..., Any]) -> Policy:
    """The declared policy. Raises NoPolicy."""
    found = getattr(endpoint, "policy", None)
    if not isinstance(found, Policy):
        raise NoPolicy(NoPolicy.__doc__)
    return found


async def guard(request: Request) -> None:
    """Runs before every route of the panel; leaves `Asked` in the request's state."""
    policy = policy_of(request.scope["route"].endpoint)
    if request.method not in _SAFE:
        _same_site(request)
    if policy.open:
        return
    panel = panel_of(request)
    now = panel.clock()
    found = await panel.in_time(_signed_in, panel, request, now)
    request.state.asked = Asked(panel, found, now)
    if request.method not in _SAFE:
        await _own_form(request, found)
    if found.must_change and not policy.one_time_too:
        raise MustChangePassword(MustChangePassword.__doc__)
    if policy.right is not None:
        found.who.must(policy.right)
    if policy.case:
        line = await panel.in_time(_case, panel, found, str(request.path_params["code"]))
        request.state.asked = Asked(panel, found, now, line)


def token(request: Request, secure: bool) -> str:
    """The cookie's token, empty without one."""
    return request.cookies.get(SECURE_COOKIE if secure else COOKIE, "")


def _signed_in(panel: Panel, request: Request, now: datetime) -> Session:
    given = token(request, panel.secure)
    if not given:
        raise NotSignedIn(NotSignedIn.__doc__)
    digest = sign_ins.digest(given)
    with panel.database.read() as conn:
        found = sign_ins.session(conn, digest, now)
    if found is None or found.who.region not in panel.desks:
        raise NotSignedIn(NotSignedIn.__doc__)
    found = replace(found, who=found.who.with_profile(named(panel.desk(found.who).profile, found.who.role)))
    if REFRESH not in request.headers and sign_ins.needs_touch(found, now):
        with panel.database.write() as conn:
            sign_ins.touch(conn, digest, now)
    return found


def _case(panel: Panel, found: Session, code: str) -> queue.Line:
    with panel.database.read() as conn:
        return queue.by_code(conn, found.who, code)


def _same_site(request: Request) -> None:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise CrossSite(CrossSite.__doc__)
        return
    origin = request.headers.get("origin")
    # Neither header: not a browser, which is the only thing a cross-site request can be forged with.
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise CrossSite(CrossSite.__doc__)


async def _own_form(request: Request, found: Session) -> None:
    given = request.headers.get("x-csrf-token") or str((await request.form()).get("csrf") or "")
    if not hmac.compare_digest(given.encode(), found.csrf.encode()):
        raise TokenWrong(TokenWrong.__doc__)
