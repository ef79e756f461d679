"""What keeps one person alone from making a grave report disappear: the end of a case needs acts, words or a second person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.case import CaseState, Emergency, Level, Track
from hotline.regions import Profile, load_profile, profiles
from hotline.workflow import EmergencyOpen, GraveNeedsNote, LoweringNotAllowed, TooGrave, check_close, check_lower, closing_reasons

BOTH = pytest.mark.parametrize("profile", [load_profile(slug) for slug in profiles()], ids=lambda p: p.slug)
TRACKS = pytest.mark.parametrize("track", Track)


def unregistered(profile: Profile, track: Track, level: Level) -> CaseState:
    return CaseState(track=track, stage=profile.first_stage(track).code, level=level, replied=True)


@BOTH
@TRACKS
@pytest.mark.parametrize("level", [Level.DARURAT_TELAAH, Level.DARURAT])
def test_a_report_that_rings_is_no_duplicate_and_no_trial_until_two_people_lowered_it(profile: Profile, track: Track, level: Level) -> None:
    state = unregistered(profile, track, level)
    assert closing_reasons(profile, state) == ()
    for reason in profile.closing_reasons(track):
        if reason.before:
            with pytest.raises(TooGrave):
                check_close(profile, state, reason.code, "MANAJER", "salah kirim")
    check_close(profile, replace(state, level=Level.SEDANG), "UJI_COBA", "OPERATOR", "salah kirim")


@BOTH
@TRACKS
@pytest.mark.parametrize("level", Level)
def test_from_tinggi_on_whoever_closes_writes_why(profile: Profile, track: Track, level: Level) -> None:
    for registered in (False, True):
        state = unregistered(profile, track, level)
        state = replace(state, stage=profile.track(track).registered) if registered else state
        for reason in closing_reasons(profile, state):
            if level >= Level.TINGGI:
                with pytest.raises(GraveNeedsNote):
                    check_close(profile, state, reason.code, "MANAJER", " ")
            check_close(profile, state, reason.code, "MANAJER", "dipastikan lewat telepon")


@BOTH
@TRACKS
@pytest.mark.parametrize("level", [Level.SEDANG, Level.DARURAT])
def test_seeing_or_answering_an_emergency_is_not_handling_it(profile: Profile, track: Track, level: Level) -> None:
    state = replace(unregistered(profile, track, level), stage=profile.track(track).registered, emergency=Emergency.DITANGANI)
    reason = closing_reasons(profile, state)[0].code
    with pytest.raises(EmergencyOpen):
        check_close(profile, state, reason, "MANAJER", "sudah dibaca")
    check_close(profile, replace(state, handled=True), reason, "MANAJER", "dijemput Polsek")


@pytest.mark.parametrize("level", Level)
def test_to_lower_a_level_is_to_lower_it(level: Level) -> None:
    for to in Level:
        if to >= level:
            with pytest.raises(LoweringNotAllowed):
                check_lower(CaseState(level=level), to, 1, 2, "sudah aman")
