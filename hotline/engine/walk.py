"""Where answers lead: the position in a dialog is derived from them, never stored."""

from __future__ import annotations

from hotline.engine.condition import Answers, Given
from hotline.engine.nodes import Ask, Branch, Call, Only, Say, SetContact, SetLanguage, SetSafeWord, Stay, Summary
from hotline.engine.program import Jump, Op, Program


def walk(program: Program, answers: Answers, given: Given, resuming: bool) -> tuple[list[Op], Op]:
    """Where these answers lead: the steps passed (said, answered, fetched) and the step that waits."""
    ops, at = program.ops, 0
    passed: list[Op] = []
    while True:
        op = ops[at]
        run = op.run
        if run is Ask or run is Stay:
            value, question = answers.get(op.key), op.question
            # The first look spares most steps a call: a story is walked twice a turn.
            if value is None or not (value in question.choices or question.accepts(value)):  # type: ignore[union-attr]
                return passed, op
            passed.append(op)
            at += 1
        elif run is Only:
            at = at + 1 if op.holds(answers, given, resuming) else op.to  # type: ignore[misc]
        elif run is Branch:
            key = op.key
            name, _, wanted = key.partition(".")
            value = given.get(name, {}).get(wanted) if wanted else answers.get(key)
            at = op.ways.get(value, op.to)  # type: ignore[arg-type]
        elif run is Jump:
            at = op.to
        elif run is Call:
            if op.key not in given:
                return passed, op
            passed.append(op)
            at += 1
        elif run is Summary:
            if answers.get(op.key) != "ok":
                return passed, op
            passed.append(op)
            at += 1
        elif run is Say or run is SetContact or run is SetLanguage or run is SetSafeWord:
            passed.append(op)
            at += 1
        else:
            return passed, op
