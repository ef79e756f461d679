"""Keeping the accounts of a region: who may, what must stay possible afterwards, and a row in the audit log for each change.

An account is never deleted: the log names it for ever. Nobody takes rights from themselves, and the last account that could mend
things, or lead, cannot be taken away. Whoever can work no more leaves no case behind that nobody would look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from hotline.case import SYSTEM, Event, EventKind
from hotline.regions import Profile
from hotline.seal import Seal
from hotline.staff import HOLDER_GONE, RIGHTS, Right, Role, Who, added
from hotline.store import accounts, audit, cases
from hotline.store.accounts import Account
from hotline.store.operators import OperatorUnknown, RoleUnknown

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")
DISPLAY_LIMIT = 120
ACTIONS = ("account.add", "account.role", "account.rename", "account.disable", "account.enable", "account.reset")
"""What the audit log calls each change."""
_MUST_STAY = (Right.ACCOUNTS, Right.APPROVE)


class NameInvalid(Exception):
    """A sign-in name is 2 to 63 small letters, digits, dots, dashes or underscores."""


class DisplayNameInvalid(Exception):
    """A name for colleagues has 1 to 120 characters."""


class OwnAccount(Exception):
    """Nobody disables their own account or changes their own role: a colleague does."""


class LastOfTheirKind(Exception):
    """Afterwards nobody could keep the accounts, or nobody could lead: first give another account that role."""


def add(
    conn: Connection, seal: Seal, who: Who, profile: Profile, *, name: str, display_name: str, role: str, password_hash: str, now: datetime
) -> int:
    """Make an account and give its id. Raises NotAllowed, NameInvalid, DisplayNameInvalid, RoleUnknown, NameTaken."""
    who.must(Right.ACCOUNTS)
    clean, shown = sign_in_name(name), shown_name(display_name)
    known = _role(profile, role)
    made = accounts.insert_account(
        conn, region=who.region, name=clean, display_name=shown, role=known, password_hash=password_hash, now=now
    )
    _record(conn, seal, who, "account.add", now, clean, role=known.value)
    return made


def change(
    conn: Connection, seal: Seal, who: Who, profile: Profile, account_id: int, *, display_name: str, role: str, now: datetime
) -> None:
    """Another name for colleagues, another role. Raises OwnAccount, LastOfTheirKind and those of `add`."""
    who.must(Right.ACCOUNTS)
    known, shown = _role(profile, role), shown_name(display_name)
    everybody = accounts.held(conn, who.region)
    account = _one(everybody, account_id)
    if known is not account.role:
        _check(profile, who, account, everybody, becomes=known)
        accounts.change(conn, who.region, account_id, role=known.value, display_name=shown)
        _record(conn, seal, who, "account.role", now, account.name, role=known.value, before=account.role.value)
        if not _may(profile, known, Right.WORK):
            _give_back(conn, seal, who, account_id, now)
    elif shown != account.display_name:
        accounts.change(conn, who.region, account_id, display_name=shown)
        _record(conn, seal, who, "account.rename", now, account.name)


def disable(conn: Connection, seal: Seal, who: Who, profile: Profile, account_id: int, *, now: datetime) -> None:
    """The account can no longer sign in, its running sign-ins end, its cases go back. Raises OwnAccount, LastOfTheirKind."""
    who.must(Right.ACCOUNTS)
    everybody = accounts.held(conn, who.region)
    account = _one(everybody, account_id)
    _check(profile, who, account, everybody, becomes=None)
    if not account.disabled:
        accounts.change(conn, who.region, account_id, disabled=True)
        _record(conn, seal, who, "account.disable", now, account.name)
        _give_back(conn, seal, who, account_id, now)


def enable(conn: Connection, seal: Seal, who: Who, account_id: int, *, now: datetime) -> None:
    """It may sign in again, with the password it had."""
    who.must(Right.ACCOUNTS)
    account = _one(accounts.held(conn, who.region), account_id)
    if account.disabled:
        accounts.change(conn, who.region, account_id, disabled=False)
        _record(conn, seal, who, "account.enable", now, account.name)


def reset(conn: Connection, seal: Seal, who: Who, account_id: int, *, password_hash: str, now: datetime) -> str:
    """A new one-time password, hashed before; all sign-ins end. Gives the sign-in name. One's own is changed with the old one instead."""
    who.must(Right.ACCOUNTS)
    account = _one(accounts.held(conn, who.region), account_id)
    if account.id == who.id:
        raise OwnAccount(OwnAccount.__doc__)
    accounts.change(conn, who.region, account_id, password_hash=password_hash, must_change=True)
    _record(conn, seal, who, "account.reset", now, account.name)
    return account.name


def offered(profile: Profile) -> tuple[Role, ...]:
    """The roles that the region knows, in its own order."""
    return tuple(Role(part.code) for part in profile.roles if part.code in Role.__members__)


def _check(profile: Profile, who: Who, account: Account, everybody: Iterable[Account], *, becomes: Role | None) -> None:
    if account.id == who.id:
        raise OwnAccount(OwnAccount.__doc__)
    stays = [a for a in everybody if not a.disabled and a.id != account.id]
    for right in _MUST_STAY:
        before = not account.disabled and _may(profile, account.role, right)
        after = becomes is not None and _may(profile, becomes, right)
        if before and not after and not any(_may(profile, a.role, right) for a in stays):
            raise LastOfTheirKind(LastOfTheirKind.__doc__)


def _may(profile: Profile, role: Role, right: Right) -> bool:
    return right in RIGHTS[role] or right in added(named(profile, role))


def named(profile: Profile, role: Role) -> tuple[str, ...]:
    """The rights of a role in the words of the profile."""
    return next((part.rights for part in profile.roles if part.code == role.value), ())


def _role(profile: Profile, written: str) -> Role:
    known = next((role for role in offered(profile) if role.value == written.strip().upper()), None)
    if known is None:
        raise RoleUnknown(RoleUnknown.__doc__)
    return known


def sign_in_name(written: str) -> str:
    """The name as it is kept; raises NameInvalid."""
    clean = written.strip().lower()
    if not _NAME.fullmatch(clean):
        raise NameInvalid(NameInvalid.__doc__)
    return clean


def shown_name(written: str) -> str:
    """The name for colleagues as it is kept; raises DisplayNameInvalid."""
    clean = " ".join(written.split())
    if not 1 <= len(clean) <= DISPLAY_LIMIT or not clean.isprintable():
        raise DisplayNameInvalid(DisplayNameInvalid.__doc__)
    return clean


def _give_back(conn: Connection, seal: Seal, who: Who, account_id: int, now: datetime) -> None:
    """Their open cases stand among the new ones again, and their times run anew: else they were in nobody's list."""
    for case_id in cases.held_by(conn, account_id):
        cases.append(conn, seal, case_id, [Event(kind=EventKind.RELEASED, at=now, author=SYSTEM, body={"reason": HOLDER_GONE})])
        audit.record(
            conn,
            seal,
            region=who.region,
            action="case.release",
            now=now,
            case_id=case_id,
            operator_id=who.id,
            detail={"reason": HOLDER_GONE},
        )


def _one(everybody: Iterable[Account], account_id: int) -> Account:
    found = next((a for a in everybody if a.id == account_id), None)
    if found is None:
        raise OperatorUnknown(OperatorUnknown.__doc__)
    return found


def _record(conn: Connection, seal: Seal, who: Who, action: str, now: datetime, account: str, **more: str) -> None:
    audit.record(conn, seal, region=who.region, action=action, now=now, operator_id=who.id, detail={"account": account, **more})
