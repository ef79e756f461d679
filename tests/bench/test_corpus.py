"""The load's requests are what Twilio would post, and come in each contact's order."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from bench import corpus
from bench.corpus import Turn
from bench.settings import AUTH_TOKEN, LANES, public_webhook

SCRIPTS = [[Turn(f"kata {i} & 100% = «{p}»", i % 3) for i in range(20)] for p in range(5)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    return corpus.write(tmp_path_factory.mktemp("corpus") / "c.corpus", SCRIPTS, contacts=150, story=4, measured=6)


def test_twilios_own_validator_accepts_the_requests() -> None:
    head, body = corpus.request(7, 3, "Boja & sekitarnya: «ñ» 🙂").split(b"\r\n\r\n", 1)
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    assert RequestValidator(AUTH_TOKEN).validate(public_webhook(), form, headers["X-Twilio-Signature"])
    assert int(headers["Content-Length"]) == len(body)
    assert form["Body"] == "Boja & sekitarnya: «ñ» 🙂"


def test_every_message_has_its_own_id() -> None:
    ids = {corpus.message_sid(contact, index) for contact in range(200) for index in range(20)}
    assert len(ids) == 4000
    assert all(len(i) == 34 for i in ids)


def test_a_contact_stays_in_one_lane_and_in_order(made: corpus.Corpus) -> None:
    where: dict[int, set[int]] = defaultdict(set)
    for number, lane in enumerate(made.lanes):
        indexes: dict[int, list[int]] = defaultdict(list)
        for contact, index in zip(lane.contact, lane.index, strict=True):
            where[contact].add(number)
            indexes[contact].append(index)
        assert all(found == list(range(len(found))) for found in indexes.values())
    assert len(where) == 150
    assert all(len(lanes) == 1 for lanes in where.values())


def test_at_the_end_of_the_preparation_people_stand_everywhere_in_a_story(made: corpus.Corpus) -> None:
    said = [0] * 150
    for lane in made.lanes:
        for contact in lane.contact[: lane.prepared]:
            said[contact] += 1
    assert min(said) >= 1
    assert {1, 2, 3, 4} <= set(said)


def test_what_is_written_is_read_again(made: corpus.Corpus) -> None:
    again = corpus.read(made.path)
    assert again.lanes == made.lanes
    assert again.total == made.total == sum(len(lane.replies) for lane in made.lanes)


def test_the_state_tells_what_was_sent(made: corpus.Corpus, tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert list(made.sent(state)) == []
    state.write_bytes((2).to_bytes(4, "little") * LANES)
    sent = list(made.sent(state))
    assert len(sent) == 2 * LANES
    assert {replies for _, _, replies in sent} <= {0, 1, 2}
