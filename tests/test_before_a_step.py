"""What must stand before a step of a case: a letter, a plan, a companion who stays; and what is never settled by mediation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.case import LIVE, CaseState, Emergency, Track
from hotline.regions import Profile, load_profile, profiles
from hotline.workflow import (
    SERVICES,
    CompanionOwed,
    LetterMissing,
    MediationBarred,
    MoveNotAllowed,
    PlanMissing,
    ServiceNotAllowed,
    approver_of,
    check_move,
    check_release,
    check_service,
    next_stages,
)

BOTH = pytest.mark.parametrize("profile", [load_profile(slug) for slug in profiles()], ids=lambda p: p.slug)
ASSIGNED = CaseState(track=Track.ANAK, stage="PENUGASAN", owner_id=7)
DISCUSSED = CaseState(track=Track.ANAK, stage="PEMBAHASAN_KASUS", owner_id=7, letter_for=7)


@BOTH
def test_the_first_contact_waits_for_the_letter_of_whoever_holds_the_case(profile: Profile) -> None:
    for letter_for in (None, 8):
        with pytest.raises(LetterMissing):
            check_move(profile, replace(ASSIGNED, letter_for=letter_for), "KONTAK_AWAL", "OPERATOR")
    check_move(profile, replace(ASSIGNED, letter_for=7), "KONTAK_AWAL", "OPERATOR")


@BOTH
def test_services_to_a_child_follow_a_plan(profile: Profile) -> None:
    with pytest.raises(PlanMissing):
        check_move(profile, DISCUSSED, "INTERVENSI", "OPERATOR")
    check_move(profile, replace(DISCUSSED, planned=True), "INTERVENSI", "OPERATOR")


@BOTH
@pytest.mark.parametrize("emergency", Emergency)
def test_only_while_somebody_is_in_danger_letter_and_plan_can_wait(profile: Profile, emergency: Emergency) -> None:
    for state, stage in ((ASSIGNED, "KONTAK_AWAL"), (DISCUSSED, "INTERVENSI")):
        now = replace(state, emergency=emergency)
        if emergency in LIVE:
            check_move(profile, now, stage, "OPERATOR")
        else:
            with pytest.raises(MoveNotAllowed):
                check_move(profile, now, stage, "OPERATOR")


@BOTH
@pytest.mark.parametrize("track", Track)
def test_no_other_step_waits_for_letter_or_plan(profile: Profile, track: Track) -> None:
    for stage in profile.stages(track):
        state = CaseState(track=track, stage=stage.code, owner_id=7)
        for following in next_stages(profile, state):
            if not {"surat_tugas", "rencana_layanan"} & set(following.needs):
                check_move(profile, state, following.code, approver_of(profile, state, following.code) or "OPERATOR")


@BOTH
@pytest.mark.parametrize("track", Track)
def test_an_emergency_passes_by_what_waits_for_an_approval_and_nothing_else(profile: Profile, track: Track) -> None:
    for stage in profile.stages(track):
        calm = CaseState(track=track, stage=stage.code)
        usual, now = next_stages(profile, calm), next_stages(profile, replace(calm, emergency=Emergency.AKTIF))
        assert set(now) >= set(usual)
        assert set(now) == set(usual) or any(following.waits for following in usual)


@BOTH
def test_a_child_whose_companion_is_in_contact_is_handed_over_and_not_left_to_nobody(profile: Profile) -> None:
    stages = [stage.code for stage in profile.stages(Track.ANAK)]
    contact = stages.index("KONTAK_AWAL")
    for code in stages[:contact]:
        check_release(profile, CaseState(track=Track.ANAK, stage=code))
    for code in stages[contact:]:
        with pytest.raises(CompanionOwed):
            check_release(profile, CaseState(track=Track.ANAK, stage=code))


TOLD = [{"jenis": "seksual"}, {"jenis": "fisik,eksploitasi_seksual"}, {"R5": "<=72_jam"}, {"R5": ">72_jam"}, {"R5": "daring"}]


@pytest.mark.parametrize("answers", TOLD)
def test_sexual_violence_is_not_settled_by_mediation(answers: dict[str, str]) -> None:
    state = CaseState(answers=answers)
    for young, role, reason in ((False, "MANAJER", "setara"), (True, "SUPERVISOR", "setara"), (True, "MANAJER", "  ")):
        with pytest.raises(MediationBarred):
            check_service(state, "mediasi", role, reason, young=young)
    check_service(state, "mediasi", "MANAJER", "keduanya anak", young=True)
    for service in set(SERVICES) - {"mediasi"}:
        check_service(state, service, "OPERATOR", "", young=False)


def test_other_cases_may_be_mediated_and_closed_ones_are_served_no_more() -> None:
    state = CaseState(answers={"jenis": "fisik", "R5": "tidak"})
    check_service(state, "mediasi", "OPERATOR", "", young=False)
    for wrong, service in ((replace(state, closed=True), "mediasi"), (state, "pijat")):
        with pytest.raises(ServiceNotAllowed):
            check_service(wrong, service, "OPERATOR", "", young=False)
