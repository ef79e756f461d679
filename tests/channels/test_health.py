"""Health and numbers: for machines, true while things break, and without a word or a name."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping

from hotline.store.database import DatabaseUnavailable
from tests.channels import telegram_calls as telegram
from tests.channels import twilio_calls as twilio
from tests.channels.serving import Hotline, House, served, settings
from webhooks import health, whatsapp
from webhooks import telegram as telegram_door
from webhooks.counts import Counts


def _away() -> bool:
    raise DatabaseUnavailable


def _get(house: House, path: str) -> tuple[int, str]:
    answer = house.send(path, method="GET")
    return answer.status, answer.body.decode()


def _ready(**checks: Callable[[], bool]) -> tuple[int, Mapping[str, bool]]:
    with served(health.routes(checks=checks, counts=Counts())) as house:
        assert _get(house, "/health/live") == (200, "ok\n")
        status, body = _get(house, "/health/ready")
    return status, json.loads(body)


def test_ready_names_what_is_missing() -> None:
    assert _ready(database=lambda: True, heartbeat=lambda: True) == (200, {"database": True, "heartbeat": True})
    assert _ready(database=_away, heartbeat=lambda: True) == (503, {"database": False, "heartbeat": True})
    assert _ready(database=lambda: True, heartbeat=lambda: False) == (503, {"database": True, "heartbeat": False})


def test_a_slow_check_does_not_stop_the_process_from_being_alive() -> None:
    def slow() -> bool:
        time.sleep(0.3)
        return True

    with served(health.routes(checks={"database": slow}, counts=Counts())) as house:
        began = time.monotonic()
        assert _get(house, "/health/live")[0] == 200
        assert time.monotonic() - began < 0.3
        assert _get(house, "/health/ready")[0] == 200


LINE = re.compile(r'^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[a-z0-9]+"(,[a-z_]+="[a-z0-9]+")*\})? [0-9.e+-]+)$')


def test_metrics_count_calls_and_hold_no_word_of_them() -> None:
    hotline, counts = Hotline(), Counts()
    doors = [
        *whatsapp.routes(accept=hotline.accept, receipt=hotline.receipt, settings=settings(), counts=counts),
        *telegram_door.routes(accept=hotline.accept, settings=settings(), counts=counts),
        *health.routes(checks={}, counts=counts, gauges=lambda: {"teduh_outbox_waiting": 3, "teduh_cases_open": 1_000_000}),
    ]
    with served(doors) as house:
        fields = twilio.message(Body="rahasia-sekali")
        for _ in range(2):
            house.send(twilio.MESSAGE_PATH, twilio.body(fields), twilio.headers(fields))
        house.send(twilio.MESSAGE_PATH, twilio.body(fields), {})
        house.send(telegram.PATH, telegram.body(telegram.message(text="rahasia-sekali")), telegram.headers())
        answer = house.send("/metrics", method="GET")
    text = answer.body.decode()
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    for line in (
        'teduh_webhook_calls_total{door="whatsapp",outcome="taken"} 1',
        'teduh_webhook_calls_total{door="whatsapp",outcome="again"} 1',
        'teduh_webhook_calls_total{door="whatsapp",outcome="403"} 1',
        'teduh_webhook_calls_total{door="telegram",outcome="taken"} 1',
        "teduh_outbox_waiting 3",
        "teduh_cases_open 1000000",
        "teduh_gauges_read 1",
    ):
        assert line in text.splitlines()
    assert all(LINE.match(line) for line in text.splitlines())
    for word in ("rahasia", "628", "Ibu", "kendal"):
        assert word not in text


def test_metrics_are_told_while_the_database_is_away() -> None:
    def away() -> Mapping[str, float]:
        raise DatabaseUnavailable

    with served(health.routes(checks={}, counts=Counts(), gauges=away)) as house:
        status, text = _get(house, "/metrics")
    assert status == 200 and "teduh_gauges_read 0" in text.splitlines()
