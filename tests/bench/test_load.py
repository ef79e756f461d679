"""The load generator counts truthfully and never lets a contact's message overtake another."""

from __future__ import annotations

import asyncio
import functools
import shutil
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from bench import corpus, load
from bench.corpus import Turn
from bench.processes import free_port
from tests.support.parts import Part, require


def _gcc() -> Path | None:
    found = shutil.which("gcc")
    return Path(found) if found else None


GCC = Part("gcc", _gcc, "build-essential", "apt-get install gcc libc6-dev (as root)")
CONTACTS = 96


class Door:
    """A server that remembers who was there when, and how many at once."""

    def __init__(self, status: Callable[[int], int], seconds: float) -> None:
        self.status, self.seconds = status, seconds
        self.heard: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.count = 0
        self.inside: dict[str, int] = defaultdict(int)
        self.met_oneself = 0
        self.writers: list[asyncio.StreamWriter] = []

    async def serve(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        while True:
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()
                return
            length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("Content-Length"))
            form = parse_qs((await reader.readexactly(length)).decode())
            sender = form["From"][0]
            self.heard[sender].append((form["MessageSid"][0], port))
            self.inside[sender] += 1
            self.met_oneself += self.inside[sender] > 1
            await asyncio.sleep(self.seconds)
            self.inside[sender] -= 1
            status = self.status(self.count)
            self.count += 1
            writer.write(b"HTTP/1.1 %d X\r\nContent-Length: 5\r\n\r\nhello" % status)

    async def open(self, ports: Sequence[int], ready: threading.Event, stop: asyncio.Event) -> None:
        servers = []
        for port in ports:
            servers.append(await asyncio.start_server(functools.partial(self.serve, port), "127.0.0.1", port))
        ready.set()
        await stop.wait()
        for server in servers:
            server.close()
        for writer in self.writers:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for writer in self.writers), return_exceptions=True)


@contextmanager
def door(*ports: int, status: Callable[[int], int] = lambda _: 200, seconds: float = 0.02) -> Iterator[Door]:
    """The server in a thread of its own until the end of the block."""
    found, ready, stop = Door(status, seconds), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(found.open(ports, ready, stop),))
    thread.start()
    ready.wait(5)
    try:
        yield found
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    require(GCC)
    script = [Turn(f"kata {i}", 1) for i in range(50)]
    return corpus.write(tmp_path_factory.mktemp("corpus") / "c.corpus", [script], contacts=CONTACTS, story=4, measured=40)


def _in_order(found: Door) -> None:
    for contact in range(CONTACTS):
        heard = [sid for sid, _ in found.heard[corpus.address(contact)]]
        assert heard == [corpus.message_sid(contact, i) for i in range(len(heard))]
    assert found.met_oneself == 0


def test_closed_loop_keeps_order_and_counts(made: corpus.Corpus, tmp_path: Path) -> None:
    port = free_port()
    with door(port) as found:
        done = load.run(made.path, tmp_path / "state", [port], seconds=0.5, warm=0.2)
    assert done.sent == done.ok == found.count > 100
    assert 0 < done.turns < done.ok
    assert 20_000 <= done.p50_us <= done.p90_us <= done.p99_us <= done.max_us
    assert done.statuses == {"200": done.ok}
    assert (done.other, done.broken) == (0, 0)
    assert len(list(made.sent(tmp_path / "state"))) == done.ok
    _in_order(found)


def test_the_next_run_goes_on_where_the_last_one_ended(made: corpus.Corpus, tmp_path: Path) -> None:
    port = free_port()
    with door(port) as found:
        first = load.run(made.path, tmp_path / "state", [port], seconds=0.2, warm=0)
        second = load.run(made.path, tmp_path / "state", [port], seconds=0.2, warm=0, connections=5)
    assert found.count == first.ok + second.ok
    _in_order(found)


def test_messages_of_one_contact_visit_both_processes(made: corpus.Corpus, tmp_path: Path) -> None:
    ports = [free_port(), free_port()]
    with door(*ports) as found:
        load.run(made.path, tmp_path / "state", ports, seconds=0.8, warm=0)
    visited = [{port for _, port in heard} for heard in found.heard.values() if len(heard) > 3]
    assert sum(len(v) == 2 for v in visited) > len(visited) / 2
    _in_order(found)


def test_open_loop_keeps_its_rate_and_counts_waiting(made: corpus.Corpus, tmp_path: Path) -> None:
    port = free_port()
    with door(port, seconds=0.002):
        done = load.run(made.path, tmp_path / "state", [port], seconds=1, warm=0, rate=200)
    assert 180 <= done.turns <= 205
    with door(port, seconds=0.05):
        late = load.run(made.path, tmp_path / "late", [port], seconds=1, warm=0, rate=200, connections=2)
    assert late.max_us > 500_000, "two connections of 50 ms cannot keep 200/s: the requests' waiting must show"


def test_preparation_stops_where_the_corpus_says(made: corpus.Corpus, tmp_path: Path) -> None:
    port = free_port()
    with door(port, seconds=0) as found:
        done = load.run(made.path, tmp_path / "state", [port], seconds=20, warm=0, until_prepared=True)
    assert done.ok == found.count == sum(lane.prepared for lane in made.lanes)
    assert done.took < 10


def test_other_answers_are_told(made: corpus.Corpus, tmp_path: Path) -> None:
    port = free_port()
    with door(port, status=lambda number: 503 if number % 10 == 9 else 200):
        done = load.run(made.path, tmp_path / "state", [port], seconds=0.3, warm=0)
    assert done.statuses["503"] == done.other > 0
    assert done.ok + done.other == done.sent


def test_a_closed_port_is_an_error(made: corpus.Corpus) -> None:
    with pytest.raises(load.LoadFailed):
        load.run(made.path, None, [free_port()], seconds=0.2)
