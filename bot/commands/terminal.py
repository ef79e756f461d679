"""`teduh chat`: the same conversation as in the messengers, line by line in a terminal or from a pipe."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import TextIO

from bot.cli import SchemaOutdated, migrated
from bot.commands.errors import sentence
from bot.own_key import with_kept_key
from bot.processes.parts import Parts, build
from hotline import logs
from hotline.i18n import N_
from hotline.messages import TERMINAL, Incoming, Outgoing, numbered
from hotline.regions import load_profile
from hotline.seal import KEY_BYTES
from hotline.settings import Settings
from hotline.store import transcript
from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.migrate import migrate
from hotline.store.schema import SchemaNewer

Translate = Callable[[str], str]
SENDER = "terminal"
PROMPT, BAR = "> ", "│ "
_LOOK_SECONDS, _PATIENCE_SECONDS = 0.02, 20.0


class TerminalSender:
    """`hotline.deliver.Sender` that writes to a stream."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        """Always taken."""
        self._out.write("\n".join(BAR + line for line in numbered(message).splitlines()) + "\n\n")
        self._out.flush()
        return f"terminal-{token_hex(8)}"

    async def close(self) -> None:
        """The stream is not ours."""


def talk(settings: Settings, *, region: str, temporary: bool, translate: Translate) -> None:
    """Converse until the input ends. Without a database that is ready (it is said why), or when `temporary`, nothing is kept."""
    kept = with_kept_key(settings)
    slug = load_profile(region or settings.regions[0]).slug
    logs.configure(settings)
    hindrance = "" if temporary else _hindrance(kept, translate)
    if temporary or hindrance:
        sys.stdout.write(translate(N_("Percakapan percobaan: tidak ada yang disimpan. Ctrl-D untuk selesai.")) + "\n")
        sys.stdout.write(f"{hindrance}\n\n" if hindrance else "\n")
        with tempfile.TemporaryDirectory(prefix="teduh-") as folder:
            asyncio.run(converse(_passing(settings, slug, Path(folder)), slug, sys.stdin, sys.stdout))
    else:
        sys.stdout.write(translate(N_("Percakapan ini masuk ke basis data. Ctrl-D untuk selesai.")) + "\n\n")
        asyncio.run(converse(replace(kept, regions=(slug,)), slug, sys.stdin, sys.stdout))


def _hindrance(settings: Settings, translate: Translate) -> str:
    """Why the database cannot keep this conversation; empty when it can. Raises SealError when it is another key's."""
    if not settings.database_there:
        return translate(N_("Basis data belum dibuat.")) + " " + translate(N_("Jalankan: teduh migrate"))
    if not settings.secret_keys:
        return translate(N_("TEDUH_SECRET_KEY belum diisi."))
    try:
        migrated(settings).close()
    except (DatabaseUnavailable, SchemaOutdated, SchemaNewer) as error:
        return sentence(error)[0]
    return ""


def _passing(settings: Settings, slug: str, folder: Path) -> Settings:
    url = f"sqlite:///{folder / 'teduh.db'}"
    database = Database(url)
    migrate(database)
    database.close()
    return replace(settings, regions=(slug,), database_url=url, data_dir=folder, secret_keys=(token_bytes(KEY_BYTES),))


async def converse(settings: Settings, region: str, lines: TextIO, out: TextIO) -> None:
    """Each line is a message; the next is read when its answers are out."""
    tty = lines.isatty()
    async with _running(settings, out) as parts:
        session, number = token_hex(4), 0
        async for line in _read(lines, out):
            text = line.strip()
            if not tty:
                out.write(text + "\n")
            if not text:
                continue
            number += 1
            await parts.receiver.accept(
                Incoming(
                    region=region,
                    channel=TERMINAL,
                    sender=SENDER,
                    message_id=f"{session}/{number}",
                    received_at=parts.clock(),
                    text=text,
                )
            )
            await _answered(parts, region)
    out.write("\n")


@asynccontextmanager
async def _running(settings: Settings, out: TextIO) -> AsyncIterator[Parts]:
    parts = build(settings)
    parts.deliver(TERMINAL, TerminalSender(out))
    tasks = [asyncio.create_task(deliverer.run()) for deliverer in parts.deliverers]
    try:
        yield parts
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await parts.close()


async def _answered(parts: Parts, region: str) -> None:
    """Until nothing waits for this terminal any more."""

    def waiting() -> bool:
        with parts.database.read() as conn:
            contact = transcript.contact_id(conn, parts.seal, region, TERMINAL, SENDER)
            return contact is not None and transcript.under_way(conn, contact)

    for _ in range(int(_PATIENCE_SECONDS / _LOOK_SECONDS)):
        if not waiting():
            return
        await asyncio.sleep(_LOOK_SECONDS)


async def _read(lines: TextIO, out: TextIO) -> AsyncIterator[str]:
    """The lines, read in a thread that need not end with the program: a read from a terminal cannot be called back."""
    loop, asked = asyncio.get_running_loop(), threading.Semaphore(0)
    given: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        while asked.acquire():
            line = lines.readline()
            loop.call_soon_threadsafe(given.put_nowait, line)
            if not line:
                return

    threading.Thread(target=read, daemon=True).start()
    while True:
        out.write(PROMPT)
        out.flush()
        asked.release()
        line = await given.get()
        if not line:
            return
        yield line
