"""The sheet of the first contact ends the time until somebody acts."""

from __future__ import annotations

from hotline.case import EventKind, Level, operator_author
from hotline.clocks import Kind, read
from tests.test_clocks import HOUR, MONDAY, RULES, claimed, event, opened, runs


def test_the_first_contact_is_an_action_and_another_sheet_is_none() -> None:
    told = opened(Level.TINGGI, claimed(HOUR), event(EventKind.RECORDED, HOUR, operator_author(7), what="sheet", number="asesmen", on=""))
    assert runs(told) == {Kind.ACTION}
    told.append(event(EventKind.RECORDED, 2 * HOUR, operator_author(7), what="sheet", number="kontak_awal", on=""))
    assert runs(told) == set()
    response = read(told, RULES)[1]
    assert response is not None and response.acted_at == MONDAY + 2 * HOUR
