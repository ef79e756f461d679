"""Live pages: what changed is told within a second or two, only to those who may see it, and only while they are signed in."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from hotline.case import Level
from hotline.staff import Role, Who
from hotline.store import conflicts, operators, sign_ins
from tests.panel.served import served
from tests.panel.site import Site, answer


class Stream:
    """One open event stream; what came is kept as (event, data)."""

    def __init__(self, url: str, token: str) -> None:
        self.events: list[tuple[str, str]] = []
        self.ended = threading.Event()
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        self._connection.request("GET", "/panel/siaran", headers={"Cookie": f"teduh_sesi={token}", "Accept": "text/event-stream"})
        self._socket = self._connection.sock
        self.response = self._connection.getresponse()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        event = ""
        try:
            for raw in self.response:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                if name == "event":
                    event = value
                elif name == "data":
                    self.events.append((event, value))
        except (OSError, ValueError, http.client.HTTPException):
            pass
        self.ended.set()

    def wait_for(self, event: str, data: str = "", seconds: float = 6) -> bool:
        """Whether this came in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if any(e == event and data in [*d.split(" "), ""] for e, d in list(self.events)):
                return True
            time.sleep(0.02)
        return False

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self.response.close()
        self._socket.close()
        self._connection.close()


@pytest.fixture
def url(site: Site) -> Iterator[str]:
    with served(site.app) as address:
        yield address


Listen = Callable[[Who, str], Stream]


@pytest.fixture
def listen(site: Site) -> Iterator[Listen]:
    """Opens streams, and hangs up in the end."""
    opened: list[Stream] = []

    def opens(who: Who, url: str) -> Stream:
        with site.database.write() as conn:
            token = sign_ins.begin(conn, who.id, site.clock())
        stream = Stream(url, token)
        opened.append(stream)
        assert stream.response.status == 200
        assert stream.wait_for("beat")
        time.sleep(0.3)  # the hub's first look, which tells nothing
        return stream

    yield opens
    for stream in opened:
        stream.close()


def test_a_new_case_and_new_words_are_told_within_two_seconds(site: Site, url: str, listen: Listen) -> None:
    stream = listen(site.operator(), url)
    case_id, _ = site.case(level=Level.DARURAT)
    assert stream.wait_for("changed", str(case_id), seconds=2)
    stream.events.clear()
    site.clock.shift(seconds=1)
    site.says(case_id, "Tolong cepat.")
    assert stream.wait_for("changed", str(case_id), seconds=2)
    assert not any("Tolong" in data for _, data in stream.events)


def test_another_region_hears_nothing_of_it(site: Site, url: str, listen: Listen) -> None:
    own, other = listen(site.operator("sari"), url), listen(site.operator("andi", region="luwu-timur"), url)
    case_id, _ = site.case(level=Level.DARURAT)
    assert own.wait_for("changed", str(case_id), seconds=2)
    assert [event for event, _ in other.events if event == "changed"] == []


def test_a_companion_hears_only_of_the_cases_they_hold(site: Site, url: str, listen: Listen) -> None:
    who = site.operator("dewi", Role.PENDAMPING)
    held, _ = site.case()
    site.give(held, who.id)
    site.clock.shift(minutes=1)
    stream = listen(who, url)
    free, _ = site.case()
    site.says(held, "Ada kabar?")
    assert stream.wait_for("changed", str(held), seconds=2)
    assert not any(str(free) in data for _, data in stream.events)


def test_who_is_kept_from_a_case_hears_nothing_of_it(site: Site, url: str, listen: Listen) -> None:
    kept, beneath, leader = site.operator("sari"), site.operator("budi"), site.operator("nanik", Role.SUPERVISOR)
    named, _ = site.case()
    above, _ = site.case(more=[answer(site.clock, "R14", "dinas")])
    with site.database.write() as conn:
        conflicts.exclude(conn, named, kept.id, leader.id, site.clock())
    site.clock.shift(minutes=1)
    streams = {who.id: listen(who, url) for who in (kept, beneath, leader)}
    for case_id in (named, above):
        site.says(case_id, "Ada kabar?")
    for who, cases in ((beneath, [named]), (leader, [named, above])):
        for case_id in cases:
            assert streams[who.id].wait_for("changed", str(case_id), seconds=3)
    heard = {who: " ".join(data for event, data in stream.events if event == "changed") for who, stream in streams.items()}
    assert heard[kept.id] == "" and str(above) not in heard[beneath.id]


def test_a_role_without_cases_hears_only_the_beat(site: Site, url: str, listen: Listen) -> None:
    stream = listen(site.operator("adm", Role.ADMIN), url)
    site.case(level=Level.DARURAT)
    time.sleep(1.5)
    assert {event for event, _ in stream.events} == {"beat"}


def test_a_revoked_session_hears_no_more(site: Site, url: str, listen: Listen) -> None:
    stream = listen(site.operator("sari"), url)
    with site.database.write() as conn:
        operators.reset_password(conn, "sari", site.clock())
    assert stream.wait_for("over", seconds=8)
    assert stream.ended.wait(5)


def test_without_signing_in_there_is_no_stream(url: str) -> None:
    stream = Stream(url, "karangan")
    assert stream.response.status == 303
    stream.close()


def test_nobody_listening_means_nobody_looking(site: Site, url: str, listen: Listen) -> None:
    hub = site.panel.state.panel.hub
    assert hub.looking is False
    stream = listen(site.operator(), url)
    assert hub.looking is True
    stream.close()
    deadline = time.monotonic() + 15
    while hub.looking and time.monotonic() < deadline:
        site.case()  # the server notices a lost listener when it has something to say
        time.sleep(0.5)
    assert hub.looking is False


def test_streams_end_when_the_process_is_about_to_stop(site: Site, listen: Listen) -> None:
    stopping: list[bool] = []
    site.panel.state.panel.hub.closing = lambda: bool(stopping)
    with served(site.app) as url:
        stream = listen(site.operator(), url)
        stopping.append(True)
        assert stream.ended.wait(3)
