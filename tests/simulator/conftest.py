"""A simulator over the real tables, answered by a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from hotline.messages import Incoming, Option, Outgoing
from hotline.seal import Seal
from hotline.store.database import Database
from hotline.times import now
from tests.channels.serving import House, served
from tests.simulator.talker import Talker
from tests.support.clock import Clock

TITLE = "Layanan Info Kendal"
DANGER = Outgoing(
    text="Apakah ada yang sedang dalam bahaya sekarang?",
    options=(Option("1.R1.ya", "Ya"), Option("1.R1.tidak", "Tidak"), Option("1.R1.tidak_tahu", "Tidak tahu")),
)


def script(incoming: Incoming) -> Sequence[Outgoing]:
    """The danger question to a greeting, thanks to a choice, silence to `diam`, else an echo of the kind."""
    if incoming.text == "diam":
        return []
    if incoming.text.lower() == "halo":
        return [DANGER]
    if incoming.text == "panjang":
        return [Outgoing(text="kata " * 1000)]
    return [Outgoing(text=f"Terima kasih ({incoming.kind.value}).")]


@pytest.fixture
def talker(database: Database, seal: Seal, clock: Clock) -> Talker:
    """Accepts and answers, on both engines."""
    return Talker(database, seal, script, clock)


@pytest.fixture
def house(talker: Talker) -> Iterator[House]:
    """The simulator behind a real server."""
    with served(talker.routes(TITLE)) as house:
        yield house
        talker.closing = True


@pytest.fixture
def sqlite_talker(sqlite_database: Database, seal: Seal) -> Talker:
    """The same on SQLite alone and by the real time, for the browser, which has no other."""
    return Talker(sqlite_database, seal, script, now)


@pytest.fixture
def sqlite_house(sqlite_talker: Talker) -> Iterator[House]:
    """The same behind a real server."""
    with served(sqlite_talker.routes(TITLE)) as house:
        yield house
        sqlite_talker.closing = True
