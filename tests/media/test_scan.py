"""A scanner that speaks clamd's protocol over real TCP: what it finds is not kept, and its silence keeps nothing away."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.check import files
from bot.check.report import State
from hotline.media.scan import CHUNK, Clamd, Scan
from tests.channels.serving import settings
from tests.media import pictures
from tests.media.conftest import FileHouse

BAD = b"X5O!P%@AP-a-file-for-testing-only"


class Peer:
    """clamd as its manual describes it: zPING, and zINSTREAM with chunks of a length in four bytes, ended by a length of 0."""

    def __init__(self, *, most: int = 25 * 1024 * 1024, rude: bool = False) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._most, self._rude = most, rude
        self.sizes: list[int] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as read:
                if not self._rude:
                    connection.sendall(self._answer(read) + b"\0")

    def _answer(self, read: object) -> bytes:
        word = b""
        while not word.endswith(b"\0"):
            word += read.read(1)  # type: ignore[attr-defined]
        if word == b"zPING\0":
            return b"PONG"
        assert word == b"zINSTREAM\0"
        whole = b""
        while length := int.from_bytes(read.read(4), "big"):  # type: ignore[attr-defined]
            assert length <= CHUNK
            whole += read.read(length)  # type: ignore[attr-defined]
        self.sizes.append(len(whole))
        if len(whole) > self._most:
            return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Test.File FOUND" if BAD in whole else b"stream: OK"


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer()
    yield made
    made.close()


def scanned(address: str, data: bytes) -> Scan:
    return asyncio.run(Clamd(address, seconds=2.0).scan(data))


def test_a_clean_file_is_clean_and_all_of_it_was_looked_at(peer: Peer) -> None:
    assert scanned(peer.address, pictures.photo() * 3) is Scan.CLEAN
    assert peer.sizes == [len(pictures.photo()) * 3]


def test_what_it_finds_is_named_infected(peer: Peer) -> None:
    assert scanned(peer.address, bytes(3 * CHUNK) + BAD) is Scan.INFECTED


@pytest.mark.parametrize("given", [{"most": 10}, {"rude": True}])
def test_an_answer_that_says_nothing_of_the_file_is_no_answer(given: dict[str, object]) -> None:
    peer = Peer(**given)  # type: ignore[arg-type]
    assert scanned(peer.address, bytes(100)) is Scan.UNKNOWN
    peer.close()


def test_nobody_there_is_no_answer(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert scanned(address, b"x") is Scan.UNKNOWN
    assert scanned(str(tmp_path / "clamd.sock"), b"x") is Scan.UNKNOWN


@pytest.mark.parametrize(("there", "state"), [(None, State.NEEDED), (True, State.OK), (False, State.FAILED)])
def test_the_check_says_whether_files_are_looked_at(peer: Peer, there: bool | None, state: State) -> None:
    address = "" if there is None else peer.address
    if there is False:
        peer.close()
        address = "/nowhere/clamd.sock"
    [finding] = asyncio.run(files.examine(settings(clamd=address)))
    assert finding.state is state


def test_an_infected_file_is_refused_kindly_and_never_kept(file_house: FileHouse, peer: Peer) -> None:
    file_house.scanner = peer.address
    file_house.send(pictures.photo() + BAD)
    file_house.work()
    assert [state[:2] for state in file_house.states()] == [("refused", "infected")]
    assert "kata-kata sudah cukup" in file_house.heard()[-1]


def test_a_file_that_nobody_could_look_at_is_kept_and_marked(file_house: FileHouse) -> None:
    file_house.scanner = "/nowhere/clamd.sock"
    file_house.send(pictures.photo())
    file_house.work()
    assert [state[:2] for state in file_house.states()] == [("kept", "unscanned")]
