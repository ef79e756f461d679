"""Who asks, and what their role may do. Pure; the record itself is authorised in `hotline.store.queue.visible`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """The unified roles of the five regulations that sign in to the panel (domain 2.3)."""

    OPERATOR = "OPERATOR"
    PENELAAH = "PENELAAH"
    SUPERVISOR = "SUPERVISOR"
    MANAJER = "MANAJER"
    PENDAMPING = "PENDAMPING"
    PIKET = "PIKET"
    KEPALA_UNIT = "KEPALA_UNIT"
    """Head of the unit that goes out (UPTD PPA, UPPKSAI): the third rung of the ladder."""
    DATA = "DATA"
    PENGAWAS = "PENGAWAS"
    ADMIN = "ADMIN"


class Right(StrEnum):
    """What a role may do with the cases it may see."""

    READ = "read"
    """The queue, and a case with its words."""
    WORK = "work"
    """Claim, release, reply, note, move, raise, acknowledge, record emergency action, propose to lower, reveal with a reason."""
    CLOSE = "close"
    """Close and reopen."""
    APPROVE = "approve"
    """Be the second person who lowers DARURAT or TINGGI; take a case over from its owner."""
    TRAIL = "trail"
    """See who opened and changed a case."""
    RESEND = "resend"
    """See messages that could not be sent and try them again."""
    OPEN_EVIDENCE = "open_evidence"
    """Open a file that nobody asked for in a child's case, and answer for it from then on."""
    ROSTER = "roster"
    """Say who is on duty and when, and be told of its gaps."""
    ACCOUNTS = "accounts"
    """Add, disable and change the accounts of the region; says nothing about cases."""


_CASE_WORK = frozenset({Right.READ, Right.WORK})
_LEADING = frozenset(Right) - {Right.ACCOUNTS}

RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.OPERATOR: _CASE_WORK | {Right.CLOSE, Right.RESEND},
        Role.PENELAAH: _CASE_WORK | {Right.CLOSE, Right.RESEND},
        Role.SUPERVISOR: _LEADING,
        Role.MANAJER: _LEADING,
        Role.KEPALA_UNIT: _LEADING,
        Role.PENDAMPING: _CASE_WORK,
        Role.PIKET: _CASE_WORK,
        # Aggregates, and accounts without any case content (domain 2.3): they sign in, but see no case.
        Role.DATA: frozenset(),
        Role.PENGAWAS: frozenset(),
        Role.ADMIN: frozenset({Right.ACCOUNTS, Right.ROSTER}),
    }
)

HOLDER_GONE = "akun pemegang tidak lagi menangani kasus"
"""Why a case stands among the new ones again when its holder's account can work no more."""

BY_PROFILE: Mapping[str, Right] = MappingProxyType({"piket": Right.ROSTER, "akun": Right.ACCOUNTS})
"""Rights that a region's profile may give to more roles, as it names them; neither opens a case."""


def added(named: Iterable[str]) -> frozenset[Right]:
    """What a profile adds to a role by naming these rights."""
    return frozenset(BY_PROFILE[name] for name in named if name in BY_PROFILE)


OWN_CASES_ONLY = frozenset({Role.PENDAMPING})
"""A companion sees the cases assigned to them and no other."""


class NotAllowed(Exception):
    """This role does not include that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The operator who asks: their account's id, region and role."""

    id: int
    region: str
    name: str
    display_name: str
    role: Role
    language: str = "id"
    more: frozenset[Right] = frozenset()
    """What the region's profile adds to the role, of `BY_PROFILE`."""

    def may(self, right: Right) -> bool:
        """Whether the role has this right at all."""
        return right in RIGHTS[self.role] or right in self.more

    def with_profile(self, named: Iterable[str]) -> Who:
        """The same person with what the profile adds to their role; of its words `named` only those of BY_PROFILE add anything."""
        return replace(self, more=added(named))

    def must(self, right: Right) -> None:
        """Raises NotAllowed without this right."""
        if not self.may(right):
            raise NotAllowed(NotAllowed.__doc__)

    @property
    def own_cases_only(self) -> bool:
        """Whether only cases they own are theirs to see."""
        return self.role in OWN_CASES_ONLY

    def may_see(self, region: str, owner_id: int | None) -> bool:
        """The row scope for one case already in memory; `hotline.store.queue.visible` is the same rule in SQL."""
        return self.may(Right.READ) and region == self.region and (not self.own_cases_only or owner_id == self.id)
