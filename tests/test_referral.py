"""Requests for aid in Kendal: referred by the manager, through the SLRT, or settled by its secretariat (Pasal 10, 13, 20)."""

from __future__ import annotations

import pytest

from hotline.case import CaseState, Emergency, Track
from hotline.staff import RIGHTS
from hotline.workflow import MoveNotAllowed, check_move
from tests.test_workflow import KENDAL, case, codes


@pytest.mark.requirement("KEN-20")
@pytest.mark.parametrize("about", ["kebutuhan_program", "kepesertaan"])
def test_a_need_and_a_membership_are_referred_by_the_manager_alone(about: str) -> None:
    state = case(Track.LAYANAN, "DI_SLRT_KABUPATEN", answers={"jenis": about})
    assert [role.value for role in RIGHTS if _may_refer(state, role.value)] == ["MANAJER"]


def _may_refer(state: CaseState, role: str) -> bool:
    try:
        check_move(KENDAL, state, "RUJUKAN", role)
    except MoveNotAllowed:
        return False
    return True


@pytest.mark.requirement("KEN-41")
@pytest.mark.parametrize("emergency", [Emergency.TIDAK, Emergency.AKTIF])
def test_no_request_is_referred_past_the_slrt_of_the_kabupaten(emergency: Emergency) -> None:
    reached, todo = set(), [KENDAL.first_stage(Track.LAYANAN).code]
    while todo:
        reached.add(here := todo.pop())
        todo += [c for c in codes(KENDAL, case(Track.LAYANAN, here, emergency=emergency)) if c not in reached | {"DI_SLRT_KABUPATEN"}]
    assert "PERSETUJUAN_SUPERVISOR" in reached and "RUJUKAN" not in reached
    assert "RUJUKAN" in codes(KENDAL, case(Track.LAYANAN, "DI_SLRT_KABUPATEN"))


@pytest.mark.requirement("KEN-32")
def test_what_the_secretariat_can_settle_it_settles_and_the_citizen_is_told() -> None:
    """An outcome of its own beside the referral; the back office needs nobody's approval for it."""
    state = case(Track.LAYANAN, "DI_SLRT_KABUPATEN")
    check_move(KENDAL, state, "DITANGANI", "PENELAAH")
    stage = next(stage for stage in KENDAL.stages(Track.LAYANAN) if stage.code == "DITANGANI")
    assert (stage.name, stage.basis[0].article) == ("Ditangani Sekretariat", "10 ayat (5) huruf c")
    assert codes(KENDAL, case(Track.LAYANAN, "DITANGANI"))[0] == "HASIL_DISAMPAIKAN"
