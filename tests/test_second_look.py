"""The monthly second look: what people cleared as false alarms, and what only people saw; in the audit, without a word of the story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import typer

from bot.triage.review import span, told
from hotline.case import REPORTER, SYSTEM, Event, EventKind, Level, operator_author
from hotline.office.second_look import Cleared, Missed, SecondLook, cleared_in, missed_in

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def event(kind: EventKind, author: str = SYSTEM, **body: object) -> Event:
    return Event(kind=kind, at=NOW, author=author, body=body)


HEARD = event(EventKind.ANSWERED, REPORTER, key="kata", value="pingsan,susunan kata + kunci + malam", label="", question="")
RUNG = event(EventKind.RAISED, level=int(Level.DARURAT), reasons=["kata_bahaya=belum_dijawab"], by="rule")
LOWERED = event(EventKind.LOWERED, operator_author(2), level=int(Level.RENDAH), reason="salah tangkap", false_alarm=True)


def test_a_cleared_false_alarm_names_its_words() -> None:
    [found] = cleared_in("482177359", [HEARD, RUNG, LOWERED])
    assert found.words == ("pingsan", "susunan kata + kunci + malam")


def test_a_level_lowered_for_another_reason_is_no_false_alarm() -> None:
    other = event(EventKind.LOWERED, operator_author(2), level=int(Level.RENDAH), reason="sudah aman")
    assert cleared_in("482177359", [HEARD, RUNG, other]) == []


def raised_by_person(level: Level) -> Event:
    return event(EventKind.RAISED, operator_author(1), level=int(level), reasons=[], by="operator")


def test_missed_is_what_an_operator_raised_until_it_rang_without_any_word_heard() -> None:
    calm = event(EventKind.RAISED, level=int(Level.SEDANG), reasons=[], by="rule")
    [found] = missed_in("482177359", [calm, raised_by_person(Level.DARURAT)])
    assert found.before is Level.SEDANG
    assert missed_in("482177359", [calm, raised_by_person(Level.TINGGI)]) == []
    assert missed_in("482177359", [HEARD, calm, raised_by_person(Level.DARURAT)]) == [], "the text had been heard"
    assert missed_in("482177359", [RUNG, raised_by_person(Level.DARURAT)]) == [], "it rang already"


def test_a_month_begins_and_ends_in_the_regions_own_time() -> None:
    begin, end = span("2026-12", UTC)
    assert (begin.isoformat()[:10], end.isoformat()[:10]) == ("2026-12-01", "2027-01-01")
    for wrong in ("2026-13", "2026", "26-11", "2026-11-01", ""):
        with pytest.raises(typer.BadParameter, match="TTTT-BB"):
            span(wrong, UTC)


def test_the_list_shows_codes_and_words_and_nothing_that_was_told() -> None:
    found = SecondLook(
        (Cleared("482177359", NOW, ("pingsan", "susunan kata + kunci + malam")), Cleared("482177360", NOW, ())),
        (Missed("482177361", NOW, Level.SEDANG),),
    )
    lines = told(found)
    assert lines[0].endswith(": 2") and "pingsan" in lines[1] and "kunci + malam" in lines[1]
    assert lines[-1].split()[:2] == ["2026-11-22", "482177361"] and "SEDANG" in lines[-1]
