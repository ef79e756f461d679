"""Ratios come from within rounds, quiet ones first, and a lost message never passes."""

from __future__ import annotations

import dataclasses
import os

from bench import goals, machine, measure, order, report
from bench.corpus import message_sid
from bench.measure import Run

QUIET = Run("b1", "turns", 0, 1000, 100, 0, 1, 2, 3, 50, 10, 0, 0, 0, 0, 8, 0)


def run(subject: str, number: int, per_second: float, **changes: object) -> Run:
    return dataclasses.replace(QUIET, subject=subject, round=number, per_second=per_second, **{"problems": [], **changes})  # type: ignore[arg-type]


def test_a_ratio_compares_runs_of_the_same_round() -> None:
    runs = [run("b1", 0, 1000), run("sqlite", 0, 300), run("b1", 1, 2000), run("sqlite", 1, 400), run("b1", 2, 500)]
    assert measure.ratios(runs, "sqlite", "b1", lambda r: r.per_second) == [0.3, 0.2]


def test_noisy_runs_count_only_where_there_is_nothing_else() -> None:
    noisy = [run("b1", 0, 1000, foreign=50.0), run("sqlite", 0, 900)]
    assert measure.ratios(noisy, "sqlite", "b1", lambda r: r.per_second) == [0.9]
    assert measure.ratios([*noisy, run("b1", 1, 1000), run("sqlite", 1, 300)], "sqlite", "b1", lambda r: r.per_second) == [0.3]


def test_a_round_is_repeated_until_enough_were_quiet() -> None:
    foreign = iter([50.0, 50.0, 50.0, 0.0, 0.0])
    runs = measure.rounds([("b1", lambda n: run("b1", n, 1, foreign=next(foreign)))], quiet=2, most=9, note=lambda _: None)
    assert [(r.round, r.noisy) for r in runs] == [(0, True), (1, False), (2, False)]


def test_a_run_on_a_slowed_core_is_noisy_and_counts_only_where_there_is_no_other() -> None:
    name, best = "p99 at half load on sqlite", machine.calibrate(min(os.sched_getaffinity(0)))
    slowed = run("sqlite", 0, 500, part="half", p99_ms=60.0, calibration_ms=2 * best)
    assert slowed.noisy
    assert not judged(slowed)[name]
    assert judged(slowed, run("sqlite", 1, 500, part="half", p99_ms=15.0, calibration_ms=0.1))[name]


def test_of_noisy_tries_the_quietest_is_kept() -> None:
    best = machine.calibrate(min(os.sched_getaffinity(0)))
    slower = iter([1.9, 1.5, 2.4])
    runs = measure.rounds([("b1", lambda n: run("b1", n, 1, calibration_ms=best * next(slower)))], quiet=1, most=1, note=lambda _: None)
    assert [r.calibration_ms for r in runs] == [best * 1.5]


def judged(*runs: Run) -> dict[str, bool]:
    return {g.name: g.met for g in goals.judge(list(runs))}


def test_the_goals_are_met_from_their_bound_on() -> None:
    name = "turns on sqlite / bare FastAPI, same core"
    assert judged(run("b1", 0, 1000), run("sqlite", 0, 250))[name]
    assert not judged(run("b1", 0, 1000), run("sqlite", 0, 249))[name]


def test_a_slower_turn_in_a_full_database_is_seen() -> None:
    name = "a turn on sqlite with 1,000,000 cases more / without"
    small = run("sqlite", 0, 1000, part="million")
    assert judged(small, run("sqlite-million", 0, 880, part="million"))[name]
    assert not judged(small, run("sqlite-million", 0, 860, part="million"))[name]


def test_two_processes_may_cost_a_little_more() -> None:
    name = "processor time a turn, two web processes / one (PostgreSQL included)"
    one = run("postgres", 0, 500, cpu_us=300.0, database_us=100.0)
    assert judged(one, run("two", 0, 500, cpu_us=340.0, database_us=110.0))[name]
    assert not judged(one, run("two", 0, 500, cpu_us=340.0, database_us=130.0))[name]


def test_one_problem_in_one_run_fails() -> None:
    name = "runs with a message lost, doubled, unanswered or out of order"
    assert judged(run("sqlite", 0, 1))[name]
    assert not judged(run("sqlite", 0, 1), run("sqlite", 1, 1, problems=["3 messages lost"]))[name]


def test_nothing_measured_is_nothing_passed() -> None:
    assert judged() == {}
    assert not goals.at_most("p50", 0.0, 1.5).met


def test_the_tables_show_runs_and_goals() -> None:
    runs = [run("b1", 0, 1000), run("sqlite", 0, 300)]
    text = report.markdown(runs, goals.judge(runs))
    assert "| turns | sqlite | 1 | 300 | 100 | 0 | 1.00 | 2.00 | 50 | 0.30 | 1.00 | 0 |" in text
    assert "| turns on sqlite / bare FastAPI, same core | at least 0.25 | 0.30 | pass |" in text
    assert "0.30" in report.table(runs)


def test_order_is_compared_message_by_message() -> None:
    from collections import Counter

    sids = [message_sid(1, i) for i in range(3)]
    key = next(iter(_keys(1)))
    right = order._compare({1: sids}, Counter({1: 3}), {5: sids}, {5: [(1, 10), (2, 10), (3, 12)]}, {key: (5, 3)})
    assert right == []
    swapped = order._compare({1: sids}, Counter({1: 3}), {5: [sids[1], sids[0], sids[2]]}, {5: [(1, 10), (2, 10), (3, 12)]}, {key: (5, 3)})
    assert swapped == ["1 contacts with messages missing or out of order"]
    gap = order._compare({1: sids}, Counter({1: 3}), {5: sids}, {5: [(1, 10), (3, 12)]}, {key: (5, 3)})
    assert gap == ["1 contacts with replies missing, doubled or out of order"]


def _keys(contact: int) -> set[bytes]:
    import base64

    from bench.corpus import address
    from bench.settings import REGION, SECRET_KEY
    from hotline.messages import WHATSAPP
    from hotline.seal import Seal

    return {Seal([base64.b64decode(SECRET_KEY)]).fingerprint(REGION, WHATSAPP, address(contact))}
