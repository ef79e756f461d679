"""Events as an operator reads them."""

from __future__ import annotations

from datetime import timedelta

from hotline.case import REPORTER, SYSTEM, Event, EventKind, operator_author
from panel.cases.timeline import since, timeline
from tests.support.clock import Clock


def events(clock: Clock, *made: tuple[EventKind, dict[str, object], float]) -> list[Event]:
    """Events of a case; the number is how many minutes after the one before."""
    found = []
    for seq, (kind, body, minutes) in enumerate(made, 1):
        clock.shift(minutes=minutes)
        ours = kind in (EventKind.NOTED, EventKind.REPLIED, EventKind.CLAIMED)
        author = operator_author(7) if ours else SYSTEM if kind in (EventKind.OPENED, EventKind.RAISED) else REPORTER
        found.append(Event(kind=kind, at=clock(), author=author, body=body, seq=seq))
    return found


def said(key: str, label: str) -> dict[str, object]:
    return {"key": key, "value": label, "label": label, "question": f"{key}?"}


def test_answers_of_one_sitting_are_one_story_even_when_the_rules_judge_in_between(clock: Clock) -> None:
    level = {"level": 3, "reasons": ["R3=serumah"], "by": "rule"}
    made = events(
        clock,
        (EventKind.OPENED, {}, 0),
        (EventKind.ANSWERED, said("siapa", "Guru"), 1),
        (EventKind.RAISED, level, 0),
        (EventKind.ANSWERED, said("umur", "7"), 1),
    )
    entries = timeline(made)
    assert [e.kind for e in entries] == ["mark", "story", "level"]
    assert [(a.question, a.said) for a in entries[1].answers] == [("siapa?", "Guru"), ("umur?", "7")]
    assert entries[1].until - entries[1].at == timedelta(minutes=1)


def test_a_correction_shows_what_it_replaced(clock: Clock) -> None:
    made = events(clock, (EventKind.ANSWERED, said("umur", "7"), 0), (EventKind.ANSWERED, said("umur", "9"), 1))
    [story] = timeline(made)
    assert [(a.said, a.before) for a in story.answers] == [("9", "7")]


def test_an_answer_taken_back_leaves_no_line(clock: Clock) -> None:
    made = events(clock, (EventKind.ANSWERED, said("umur", "7"), 0), (EventKind.ANSWERED, {**said("umur", ""), "question": "umur?"}, 1))
    assert timeline(made) == []


def test_a_later_sitting_and_words_after_ours_are_apart(clock: Clock) -> None:
    made = events(
        clock,
        (EventKind.ANSWERED, said("a", "1"), 0),
        (EventKind.ANSWERED, said("b", "2"), 45),
        (EventKind.REPLIED, {"text": "x"}, 1),
        (EventKind.ANSWERED, said("c", "3"), 1),
        (EventKind.SAID, {"text": "halo"}, 1),
    )
    assert [e.kind for e in timeline(made)] == ["story", "story", "reply", "story", "said"]


def test_a_level_repeated_with_the_same_reasons_is_said_once(clock: Clock) -> None:
    level, worse = {"level": 3, "reasons": ["R3=serumah"]}, {"level": 3, "reasons": ["R3=serumah", "R7=ya"]}
    made = events(clock, (EventKind.RAISED, level, 0), (EventKind.RAISED, level, 1), (EventKind.RAISED, worse, 1))
    assert [e.event.body["reasons"] for e in timeline(made)] == [["R3=serumah"], ["R3=serumah", "R7=ya"]]


def test_since_a_version_tells_only_what_is_new(clock: Clock) -> None:
    made = events(clock, (EventKind.ANSWERED, said("a", "1"), 0), (EventKind.NOTED, {"text": "x"}, 1), (EventKind.SAID, {"text": "y"}, 1))
    assert [e.kind for e in since(timeline(made), 1)] == ["note", "said"]
    assert since(timeline(made), 3) == []


def test_what_was_passed_over_stands_apart_but_not_an_unknown_danger_nor_an_answer_taken_back(clock: Clock) -> None:
    def answer(key: str, value: str) -> tuple[EventKind, dict[str, object], float]:
        return EventKind.ANSWERED, {**said(key, "Tidak tahu / lewati"), "value": value}, 0

    made = [answer("R1", "tidak_tahu"), (EventKind.ANSWERED, said("R3", "Ya"), 0), answer("R8", "tidak_tahu"), answer("cerita", "lewati")]
    [story] = timeline(events(clock, *made))
    assert [a.key for a in story.told] == ["R1", "R3"] and [a.key for a in story.passed] == ["R8", "cerita"]
    [story] = timeline(events(clock, *made, answer("R3", "tidak_tahu")))
    assert [(a.key, a.before) for a in story.told] == [("R1", ""), ("R3", "Ya")]
