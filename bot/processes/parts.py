"""The parts that every process needs, made once from the settings."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import dialogs
from hotline.deliver import Deliverer, Sender
from hotline.desk import Desk
from hotline.media.source import Source
from hotline.messages import TELEGRAM, WHATSAPP
from hotline.receive import Receiver, Reception
from hotline.regions import load_profile
from hotline.seal import Seal
from hotline.settings import Settings, require_secret_key
from hotline.store.database import Database
from hotline.store.handover import Handover
from hotline.store.wake import Wake
from hotline.times import Clock, now
from hotline.writer import Writer


@dataclass
class Parts:
    """One process's database, desks, writer and ways out. `process` names it to the others."""

    settings: Settings
    database: Database
    seal: Seal
    desks: Mapping[str, Desk]
    clock: Clock
    writer: Writer = field(init=False)
    receiver: Receiver = field(init=False)
    handover: Handover = field(default_factory=Handover)
    deliverers: list[Deliverer] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)
    files: list[Source] = field(default_factory=list)
    others: Wake | None = field(init=False)
    """The way to wake other processes' senders, on PostgreSQL."""
    closing: bool = False
    """The process is stopping: open streams end."""
    process: str = field(default_factory=lambda: f"{socket.gethostname()[:40]}/{os.getpid()}/{secrets.token_hex(4)}")

    def __post_init__(self) -> None:
        # SQLite commits on the loop's own thread (a commit takes less than handing it to a thread and back); PostgreSQL waits in one.
        reception = Reception(self.desks, self.seal, self.clock, self.handover)
        self.writer = Writer(self.database, reception, inline=self.database.dialect == "sqlite")
        self.receiver = Receiver(self.writer, self.wake)
        self.others = Wake(self.database.url) if self.database.dialect == "postgresql" else None

    def wake(self) -> None:
        """A message was queued in this process: deliver it now, or tell those who deliver."""
        for deliverer in self.deliverers:
            deliverer.wake()
        if self.others is not None and not self.handover.lanes:
            self.others.tell()

    def look(self) -> None:
        """Another process queued something: deliver it at once."""
        for deliverer in self.deliverers:
            deliverer.wake(patience=0.0)

    async def tell_others(self, others: Wake) -> None:
        """Until cancelled: pass on that something was queued here, and hear which others commit, too."""
        await others.telling(self.writer.others_write)

    def deliver(self, channel: str, sender: Sender) -> None:
        """Send this channel's messages from this process."""
        zones = {slug: ZoneInfo(desk.profile.timezone) for slug, desk in self.desks.items()}
        rate = {TELEGRAM: self.settings.telegram_rate, WHATSAPP: self.settings.whatsapp_rate}.get(channel)
        self.senders.append(sender)
        self.deliverers.append(
            Deliverer(channel, sender, self.writer, self.seal, zones, per_second=rate, clock=self.clock, handover=self.handover)
        )

    async def close(self) -> None:
        """Let go of connections."""
        for part in (*self.senders, *self.files):
            await part.close()
        self.database.close()


def build(settings: Settings, clock: Clock = now) -> Parts:
    """All parts; raises SettingInvalid or ProfileInvalid with what to mend."""
    seal = Seal(require_secret_key(settings).secret_keys)
    profiles = {slug: load_profile(slug) for slug in settings.regions}
    desks = {slug: Desk(profile, dialogs.book(profile)) for slug, profile in profiles.items()}
    return Parts(settings, Database(settings.database_url), seal, desks, clock)
