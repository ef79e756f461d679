"""Where a case may go next, how it may end and who may lower it, by the region's profile. Pure.

Emergency handling is no stage: it is recorded beside any of them (LUT-22), and no rule here is ever asked about it. While it runs,
approvals are skipped (I3).
"""

from __future__ import annotations

from hotline.case import LIVE, CaseState, Emergency, Level, Track
from hotline.regions import ClosingReason, Profile, Stage

NEEDS_SECOND_PERSON = Level.TINGGI
"""From this level on, lowering takes two people (I7)."""
NEEDS_NOTE = Level.TINGGI
"""From this level on, whoever closes a case says why."""

_MOVE, _CLOSE = "kerja", "tutup"
_HOLDER, _LETTER, _PLAN = "pemegang_kasus", "surat_tugas", "rencana_layanan"
SERVICES = ("pengaduan", "penjangkauan", "pengelolaan_kasus", "penampungan", "mediasi", "pendampingan")
"""The six functions of the UPTD PPA (Permen PPPA 2/2022)."""
_SEXUAL = {"R5": ("<=72_jam", ">72_jam", "daring", "ya"), "jenis": ("seksual", "eksploitasi_seksual")}


class NotAllowedHere(Exception):
    """The workflow of the region does not allow it."""


class MoveNotAllowed(NotAllowedHere):
    """The case cannot go to this stage from where it stands."""


class CaseClosed(MoveNotAllowed):
    """The case is closed: reopen it first."""


class RoleMayNotMove(MoveNotAllowed):
    """This role does not move cases."""


class ApprovalNeeded(MoveNotAllowed):
    """Another role must approve this step: `role` is its code."""

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__(ApprovalNeeded.__doc__)


class NobodyHolds(MoveNotAllowed):
    """Somebody must hold the case before it comes to this stage (I1)."""


class LetterMissing(MoveNotAllowed):
    """The companion's letter of assignment must be recorded before the first contact (I1)."""


class PlanMissing(MoveNotAllowed):
    """Services to a child follow a plan that a case conference has made (LUT-08)."""


class CompanionOwed(NotAllowedHere):
    """A case whose companion is already in contact is handed over, not left to nobody (I2)."""


class ServiceNotAllowed(NotAllowedHere):
    """There is no such service, or it is not for this case."""


class MediationBarred(ServiceNotAllowed):
    """Where sexual violence was told of, nothing is settled by mediation (UU 12/2022 Pasal 23)."""


class ClosingNotAllowed(NotAllowedHere):
    """The case cannot be closed for this reason now (I15)."""


class RoleMayNotClose(ClosingNotAllowed):
    """This role does not close cases."""


class TooGrave(ClosingNotAllowed):
    """A case of this level is not closed for this reason: people must look at it first."""


class ResultOwed(ClosingNotAllowed):
    """The applicant must be told the result first, or a note must say why not (I6)."""


class NoteMissing(ClosingNotAllowed):
    """This reason needs a note."""


class GraveNeedsNote(NoteMissing):
    """Whoever closes a case of this level writes down why, whatever the reason."""


class EmergencyOpen(ClosingNotAllowed):
    """An emergency in which nobody has recorded what was done cannot be closed."""


class LoweringNotAllowed(NotAllowedHere):
    """The level cannot be lowered like this."""


class ReasonMissing(LoweringNotAllowed):
    """Lowering a level needs a reason."""


class OnlyPeopleLower(LoweringNotAllowed):
    """A machine only ever raises a level."""


class SecondPersonNeeded(LoweringNotAllowed):
    """DARURAT and TINGGI are lowered by two different people."""


def next_stages(profile: Profile, state: CaseState) -> tuple[Stage, ...]:
    """Where an operator may move the case now, whoever they are; none when it is closed. The end of a track is entered by closing only.

    In an emergency a stage that only waits for an approval can be passed by. A stage the profile no longer knows leads to the first.
    """
    if state.closed:
        return ()
    stages = {stage.code: stage for stage in profile.stages(state.track)}
    if state.stage not in stages:
        return (profile.first_stage(state.track),)
    codes = _following(profile, state.track, state.stage)
    if _in_emergency(state):
        waiting = [code for code in codes if stages[code].waits]
        codes += [code for stage in waiting for code in _following(profile, state.track, stage) if code != state.stage]
    end = profile.track(state.track).end
    return tuple(stages[code] for code in dict.fromkeys(codes) if code != end)


def _following(profile: Profile, track: Track, code: str) -> list[str]:
    stages = profile.stages(track)
    place = next(i for i, stage in enumerate(stages) if stage.code == code)
    named = stages[place].next
    return list(named) if named is not None else [stage.code for stage in stages[place + 1 : place + 2]]


def _in_emergency(state: CaseState) -> bool:
    return state.emergency in LIVE


def check_move(profile: Profile, state: CaseState, stage: str, role: str) -> None:
    """Raises MoveNotAllowed (one of its kinds) unless this role may move the case to this stage now."""
    if state.closed:
        raise CaseClosed(CaseClosed.__doc__)
    if not may(profile, role, _MOVE):
        raise RoleMayNotMove(RoleMayNotMove.__doc__)
    target = next((s for s in next_stages(profile, state) if s.code == stage), None)
    if target is None:
        raise MoveNotAllowed(MoveNotAllowed.__doc__)
    if _HOLDER in target.needs and state.owner_id is None:
        raise NobodyHolds(NobodyHolds.__doc__)
    if _LETTER in target.needs and not _in_emergency(state) and (state.letter_for is None or state.letter_for != state.owner_id):
        raise LetterMissing(LetterMissing.__doc__)
    if _PLAN in target.needs and not _in_emergency(state) and not state.planned:
        raise PlanMissing(PlanMissing.__doc__)
    approver = approver_of(profile, state, stage)
    if approver is not None and role != approver:
        raise ApprovalNeeded(approver)


def check_release(profile: Profile, state: CaseState) -> None:
    """Raises CompanionOwed when the case has come to where its one companion works with the child (I2, LUT-17)."""
    stages = profile.stages(state.track)
    first = next((i for i, stage in enumerate(stages) if _LETTER in stage.needs), len(stages))
    if state.stage in [stage.code for stage in stages[first:]]:
        raise CompanionOwed(CompanionOwed.__doc__)


def is_sexual(state: CaseState) -> bool:
    """Whether sexual violence was told of."""
    return any(set(state.answers.get(key, "").split(",")) & set(codes) for key, codes in _SEXUAL.items())


def check_service(state: CaseState, service: str, role: str, reason: str, *, young: bool) -> None:
    """Raises ServiceNotAllowed, MediationBarred. `young`: the offender is a child, where the Manajer may allow it with a reason (I10)."""
    if service not in SERVICES or state.closed:
        raise ServiceNotAllowed(ServiceNotAllowed.__doc__)
    if service == "mediasi" and is_sexual(state) and not (young and role == "MANAJER" and reason.strip()):
        raise MediationBarred(MediationBarred.__doc__)


def approver_of(profile: Profile, state: CaseState, stage: str) -> str | None:
    """The role whose approval this step needs now; none in an emergency, where the profile skips it (KEN-33, KEN-51)."""
    approval = next((a for a in profile.approvals(state.track) if a.stage == stage), None)
    return None if approval is None or _in_emergency(state) else approval.by


def may(profile: Profile, role: str, right: str) -> bool:
    """Whether the profile gives a role this right."""
    return any(part.code == role and right in part.rights for part in profile.roles)


def is_registered(profile: Profile, state: CaseState) -> bool:
    """Whether the case stands at the registration stage of its track or after it."""
    codes = [stage.code for stage in profile.stages(state.track)]
    return state.stage in codes and codes.index(state.stage) >= codes.index(profile.track(state.track).registered)


def closing_reasons(profile: Profile, state: CaseState) -> tuple[ClosingReason, ...]:
    """The reasons that apply now: NON_KASUS before registration, those of the regulation after it, none for a level that is too grave."""
    registered = is_registered(profile, state)
    return (
        tuple(r for r in profile.closing_reasons(state.track) if r.before is not registered and state.level <= r.highest_level)
        if not state.closed
        else ()
    )


def check_close(profile: Profile, state: CaseState, reason: str, role: str, note: str = "") -> None:
    """Raises ClosingNotAllowed (one of its kinds) unless this role may close the case for this reason now.

    `note` tells more of the reason, and in the aid track why the applicant was not told (KEN-54).
    """
    if not may(profile, role, _CLOSE):
        raise RoleMayNotClose(RoleMayNotClose.__doc__)
    registered = is_registered(profile, state)
    known = next((r for r in profile.closing_reasons(state.track) if r.code == reason and r.before is not registered), None)
    if known is None or state.closed:
        raise ClosingNotAllowed(ClosingNotAllowed.__doc__)
    if state.emergency is Emergency.AKTIF or (state.emergency is Emergency.DITANGANI and not state.handled):
        raise EmergencyOpen(EmergencyOpen.__doc__)
    if state.level > known.highest_level:
        raise TooGrave(TooGrave.__doc__)
    noted = bool(note.strip())
    if state.level >= NEEDS_NOTE and not noted:
        raise GraveNeedsNote(GraveNeedsNote.__doc__)
    if known.needs_note and not noted:
        raise NoteMissing(NoteMissing.__doc__)
    if not state.replied and (known.needs_result or (state.track is Track.LAYANAN and not noted)):
        raise ResultOwed(ResultOwed.__doc__)


def check_lower(state: CaseState, to: Level, by: int | None, approved_by: int | None, reason: str) -> None:
    """Raises LoweringNotAllowed (one of its kinds) unless `by` may lower the case to this level (I7).

    `by` and `approved_by` are operators' ids; no id means a machine, or nobody. DARURAT and TINGGI need two different people.
    """
    if by is None:
        raise OnlyPeopleLower(OnlyPeopleLower.__doc__)
    if to >= state.level:
        raise LoweringNotAllowed(LoweringNotAllowed.__doc__)
    if not reason.strip():
        raise ReasonMissing(ReasonMissing.__doc__)
    if state.level >= NEEDS_SECOND_PERSON and approved_by in (None, by):
        raise SecondPersonNeeded(SecondPersonNeeded.__doc__)
