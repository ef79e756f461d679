"""Where a case may go, how it may end, who may lower it: the two profiles, stage by stage."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.case import CaseState, Emergency, Level, Track
from hotline.regions import Profile, load_profile, profiles
from hotline.staff import RIGHTS
from hotline.workflow import (
    ApprovalNeeded,
    CaseClosed,
    ClosingNotAllowed,
    EmergencyOpen,
    LoweringNotAllowed,
    MoveNotAllowed,
    NobodyHolds,
    NoteMissing,
    OnlyPeopleLower,
    ReasonMissing,
    ResultOwed,
    RoleMayNotClose,
    RoleMayNotMove,
    SecondPersonNeeded,
    TooGrave,
    approver_of,
    check_close,
    check_lower,
    check_move,
    closing_reasons,
    is_registered,
    may,
    next_stages,
)

KENDAL, LUWU_TIMUR = load_profile("kendal"), load_profile("luwu-timur")
REGIONS = [load_profile(slug) for slug in profiles()]
BOTH = pytest.mark.parametrize("profile", REGIONS, ids=lambda p: p.slug)


def case(track: Track, stage: str, **more: object) -> CaseState:
    return replace(CaseState(track=track, stage=stage, owner_id=7, letter_for=7, planned=True), **more)  # type: ignore[arg-type]


def codes(profile: Profile, state: CaseState) -> list[str]:
    return [stage.code for stage in next_stages(profile, state)]


CHILD_WAY = [
    "PENGADUAN_DITERIMA",
    "TELAAH",
    "REGISTRASI",
    "PENUGASAN",
    "KONTAK_AWAL",
    "KONTRAK_LAYANAN",
    "ASESMEN",
    "PEMBAHASAN_KASUS",
    "INTERVENSI",
    "PEMANTAUAN",
    "EVALUASI",
    "PERSIAPAN_TERMINASI",
]


@pytest.mark.requirement("LUT-09", "LUT-15", "LUT-19", "LUT-44")
@BOTH
def test_a_child_case_goes_stage_by_stage_and_skips_none(profile: Profile) -> None:
    for here, following in pairwise(CHILD_WAY):
        state = case(Track.ANAK, here)
        assert codes(profile, state)[0] == following
        check_move(profile, state, following, "OPERATOR")
        for later in CHILD_WAY[CHILD_WAY.index(following) + 1 :]:
            with pytest.raises(MoveNotAllowed):
                check_move(profile, state, later, "OPERATOR")


@pytest.mark.requirement("LUT-43", "LUT-45")
@BOTH
def test_evaluation_leads_back_to_the_conference_or_to_a_new_assessment(profile: Profile) -> None:
    assert codes(profile, case(Track.ANAK, "EVALUASI")) == ["PERSIAPAN_TERMINASI", "PEMBAHASAN_KASUS", "ASESMEN"]


@BOTH
@pytest.mark.parametrize("track", Track)
def test_every_stage_can_be_reached_and_the_end_only_by_closing(profile: Profile, track: Track) -> None:
    reached, todo = set(), [profile.first_stage(track).code]
    while todo:
        here = todo.pop()
        reached.add(here)
        todo += [code for code in codes(profile, case(track, here)) if code not in reached]
    assert reached == {stage.code for stage in profile.stages(track)} - {profile.track(track).end}


@BOTH
@pytest.mark.parametrize("track", Track)
def test_no_case_is_ever_stuck(profile: Profile, track: Track) -> None:
    """From every stage there is a next one, or a reason to close."""
    for stage in profile.stages(track):
        state = case(track, stage.code)
        assert codes(profile, state) or closing_reasons(profile, state)


def test_a_stage_of_an_older_profile_leads_to_the_first() -> None:
    assert codes(KENDAL, case(Track.ANAK, "TAHAP_LAMA")) == ["PENGADUAN_DITERIMA"]


@pytest.mark.requirement("KEN-49", "KEN-30")
def test_an_aid_complaint_is_checked_by_the_front_office_before_the_back_office() -> None:
    assert codes(KENDAL, case(Track.LAYANAN, "KELUHAN_DITERIMA")) == ["CEK_DATA"]
    assert codes(KENDAL, case(Track.LAYANAN, "CEK_DATA")) == ["ANALISIS_BACK_OFFICE"]
    with pytest.raises(MoveNotAllowed):
        check_move(KENDAL, case(Track.LAYANAN, "KELUHAN_DITERIMA"), "ANALISIS_BACK_OFFICE", "PENELAAH")


@pytest.mark.requirement("KEN-51", "KEN-52")
def test_only_the_supervisor_sends_an_analysis_to_the_kabupaten_or_returns_it() -> None:
    state = case(Track.LAYANAN, "PERSETUJUAN_SUPERVISOR")
    assert codes(KENDAL, state) == ["DI_SLRT_KABUPATEN", "ANALISIS_BACK_OFFICE"]
    with pytest.raises(ApprovalNeeded) as needed:
        check_move(KENDAL, state, "DI_SLRT_KABUPATEN", "PENELAAH")
    assert needed.value.role == "SUPERVISOR"
    check_move(KENDAL, state, "DI_SLRT_KABUPATEN", "SUPERVISOR")
    check_move(KENDAL, state, "ANALISIS_BACK_OFFICE", "SUPERVISOR")


@pytest.mark.parametrize("stage", ["DI_SLRT_KABUPATEN", "DITANGANI"])
def test_no_aid_referral_without_the_manager(stage: str) -> None:
    state = case(Track.LAYANAN, stage)
    for role in ("OPERATOR", "PENELAAH", "SUPERVISOR"):
        with pytest.raises(ApprovalNeeded):
            check_move(KENDAL, state, "RUJUKAN", role)
    check_move(KENDAL, state, "RUJUKAN", "MANAJER")


@pytest.mark.parametrize("emergency", [Emergency.AKTIF, Emergency.DITANGANI])
def test_no_approval_delays_an_emergency(emergency: Emergency) -> None:
    """I3, also while it is being handled."""
    for track in Track:
        for stage in KENDAL.stages(track):
            state = case(track, stage.code, emergency=emergency)
            assert all(approver_of(KENDAL, state, following.code) is None for following in next_stages(KENDAL, state))
    state = case(Track.LAYANAN, "ANALISIS_BACK_OFFICE", emergency=emergency)
    assert codes(KENDAL, state) == ["PERSETUJUAN_SUPERVISOR", "DI_SLRT_KABUPATEN"]
    check_move(KENDAL, state, "DI_SLRT_KABUPATEN", "OPERATOR")
    check_move(KENDAL, case(Track.LAYANAN, "DI_SLRT_KABUPATEN", emergency=emergency), "RUJUKAN", "OPERATOR")


@pytest.mark.parametrize("emergency", [Emergency.TIDAK, Emergency.SELESAI])
def test_without_an_emergency_the_approval_stands(emergency: Emergency) -> None:
    assert codes(KENDAL, case(Track.LAYANAN, "ANALISIS_BACK_OFFICE", emergency=emergency)) == ["PERSETUJUAN_SUPERVISOR"]


@BOTH
def test_nobody_is_contacted_before_somebody_holds_the_case(profile: Profile) -> None:
    """I1 as far as the holder goes."""
    with pytest.raises(NobodyHolds):
        check_move(profile, case(Track.ANAK, "PENUGASAN", owner_id=None), "KONTAK_AWAL", "OPERATOR")
    check_move(profile, case(Track.ANAK, "PENUGASAN"), "KONTAK_AWAL", "OPERATOR")


@pytest.mark.parametrize("role", ["ADMIN", "PENGAWAS", "DATA", "TAK_DIKENAL"])
def test_who_sees_no_case_moves_and_closes_none(role: str) -> None:
    with pytest.raises(RoleMayNotMove):
        check_move(KENDAL, case(Track.ANAK, "TELAAH"), "REGISTRASI", role)
    with pytest.raises(RoleMayNotClose):
        check_close(KENDAL, case(Track.ANAK, "TELAAH"), "DUPLIKAT", role)


def test_a_closed_case_goes_nowhere() -> None:
    state = case(Track.ANAK, "TELAAH", closed=True)
    assert next_stages(KENDAL, state) == ()
    assert closing_reasons(KENDAL, state) == ()
    with pytest.raises(CaseClosed):
        check_move(KENDAL, state, "REGISTRASI", "OPERATOR")
    with pytest.raises(ClosingNotAllowed):
        check_close(KENDAL, state, "DUPLIKAT", "OPERATOR")


_NAMES = {
    "baca": "read",
    "kerja": "work",
    "tutup": "close",
    "setujui": "approve",
    "jejak": "trail",
    "kirim_ulang": "resend",
}


@BOTH
def test_profiles_give_roles_the_rights_that_the_panel_enforces(profile: Profile) -> None:
    assert {role.code for role in profile.roles} == {role.value for role in RIGHTS}
    for role, rights in RIGHTS.items():
        assert {name for name in _NAMES if may(profile, role.value, name)} == {n for n, right in _NAMES.items() if right in rights}


FOUR_REASONS = {"SELESAI_PELAYANAN", "ANAK_MENINGGAL", "ANAK_TIDAK_DIKETAHUI", "ANAK_DIRUJUK"}
NON_CASE = {"DUPLIKAT", "DI_LUAR_KEWENANGAN", "INFORMASI_SAJA", "UJI_COBA", "DITARIK_PELAPOR", "TIDAK_DAPAT_DIHUBUNGI"}


@pytest.mark.requirement("LUT-46", "LUT-15")
@pytest.mark.parametrize("stage", CHILD_WAY)
def test_a_registered_case_ends_for_exactly_four_reasons_from_any_stage(stage: str) -> None:
    state = case(Track.ANAK, stage)
    apply = FOUR_REASONS if is_registered(LUWU_TIMUR, state) else NON_CASE
    assert {reason.code for reason in closing_reasons(LUWU_TIMUR, state)} == apply
    for reason in apply:
        check_close(LUWU_TIMUR, state, reason, "MANAJER", "catatan")
    for reason in (FOUR_REASONS | NON_CASE | {"LAPORAN_TIDAK_TERBUKTI"}) - apply:
        with pytest.raises(ClosingNotAllowed):
            check_close(LUWU_TIMUR, state, reason, "MANAJER", "catatan")


@BOTH
def test_registration_is_the_border(profile: Profile) -> None:
    assert [code for code in CHILD_WAY if not is_registered(profile, case(Track.ANAK, code))] == ["PENGADUAN_DITERIMA", "TELAAH"]


@BOTH
@pytest.mark.parametrize("level", [Level.TINGGI, Level.DARURAT_TELAAH, Level.DARURAT])
def test_a_grave_report_is_not_closed_because_it_was_withdrawn(profile: Profile, level: Level) -> None:
    state = case(Track.ANAK, "TELAAH", level=level)
    assert "DITARIK_PELAPOR" not in {reason.code for reason in closing_reasons(profile, state)}
    with pytest.raises(TooGrave):
        check_close(profile, state, "DITARIK_PELAPOR", "MANAJER")
    check_close(profile, replace(state, level=Level.SEDANG), "DITARIK_PELAPOR", "MANAJER")


@BOTH
@pytest.mark.parametrize("track", Track)
def test_an_emergency_nobody_acknowledged_is_not_closed(profile: Profile, track: Track) -> None:
    with pytest.raises(EmergencyOpen):
        check_close(profile, case(track, profile.first_stage(track).code, emergency=Emergency.AKTIF), "DUPLIKAT", "MANAJER", "catatan")


def test_some_reasons_need_a_note() -> None:
    with pytest.raises(NoteMissing):
        check_close(LUWU_TIMUR, case(Track.ANAK, "TELAAH"), "DI_LUAR_KEWENANGAN", "OPERATOR", "  ")
    check_close(LUWU_TIMUR, case(Track.ANAK, "TELAAH"), "DI_LUAR_KEWENANGAN", "OPERATOR", "dilimpahkan")


@pytest.mark.requirement("KEN-54")
@BOTH
def test_an_aid_case_ends_with_its_answer_or_with_the_reason_why_not(profile: Profile) -> None:
    for stage in profile.stages(Track.LAYANAN):
        state = case(Track.LAYANAN, stage.code)
        for reason in closing_reasons(profile, state):
            with pytest.raises((ResultOwed, NoteMissing)):
                check_close(profile, state, reason.code, "MANAJER")
    state = case(Track.LAYANAN, "HASIL_DISAMPAIKAN")
    with pytest.raises(ResultOwed):
        check_close(profile, state, "HASIL_DISAMPAIKAN", "OPERATOR", "catatan saja tidak cukup")
    check_close(profile, replace(state, replied=True), "HASIL_DISAMPAIKAN", "OPERATOR")
    check_close(profile, state, "HASIL_TIDAK_TERSAMPAIKAN", "OPERATOR", "nomor tidak aktif lagi")


@pytest.mark.requirement("KEN-29")
@BOTH
def test_absence_from_the_register_is_no_reason_to_close(profile: Profile) -> None:
    """I14: the check of the register leads on to the analysis, whatever it found, and no reason to close speaks of it."""
    assert codes(profile, case(Track.LAYANAN, "CEK_DATA")) == ["ANALISIS_BACK_OFFICE"]
    words = " ".join(reason.name + reason.code for reason in profile.closing_reasons(Track.LAYANAN)).lower()
    assert not any(word in words for word in ("dtsen", "dtks", "terdaftar", "data terpadu"))


LEVELS = st.sampled_from(Level)
PEOPLE = st.one_of(st.none(), st.integers(1, 3))


@given(LEVELS, LEVELS, PEOPLE, PEOPLE, st.sampled_from(["", "  ", "sudah aman"]))
def test_lowering_takes_a_person_a_reason_and_from_high_on_a_second_person(
    level: Level, to: Level, by: int | None, approved_by: int | None, reason: str
) -> None:
    """I7, over every combination."""
    allowed = by is not None and to < level and bool(reason.strip()) and (level < Level.TINGGI or approved_by not in (None, by))
    state = case(Track.ANAK, "TELAAH", level=level)
    if allowed:
        check_lower(state, to, by, approved_by, reason)
    else:
        with pytest.raises(LoweringNotAllowed):
            check_lower(state, to, by, approved_by, reason)


def test_each_refusal_to_lower_says_which() -> None:
    state = case(Track.ANAK, "TELAAH", level=Level.DARURAT)
    with pytest.raises(OnlyPeopleLower):
        check_lower(state, Level.SEDANG, None, 2, "x")
    with pytest.raises(ReasonMissing):
        check_lower(state, Level.SEDANG, 1, 2, " ")
    with pytest.raises(SecondPersonNeeded):
        check_lower(state, Level.SEDANG, 1, 1, "x")
    with pytest.raises(SecondPersonNeeded):
        check_lower(state, Level.SEDANG, 1, None, "x")
    check_lower(state, Level.SEDANG, 1, 2, "x")
    check_lower(replace(state, level=Level.SEDANG), Level.RENDAH, 1, None, "x")
