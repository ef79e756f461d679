"""A pretended phone: its id on the page, and the contact it stands for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from hotline.messages import SIMULATED_TELEGRAM, SIMULATED_WHATSAPP

CHANNELS = {"telegram": SIMULATED_TELEGRAM, "whatsapp": SIMULATED_WHATSAPP}
_APPS = {channel: app for app, channel in CHANNELS.items()}
_ID = re.compile(r"(?P<app>telegram|whatsapp)\.(?P<region>[a-z0-9-]{1,64})\.(?P<sender>[a-z0-9]{1,32})")


class NoSuchPhone(Exception):
    """A phone's id is app.region.name, such as telegram.kendal.4f2a91, for a region that is served here."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone with one messenger on it."""

    channel: str
    region: str
    sender: str

    @property
    def id(self) -> str:
        """As it stands in addresses: app.region.name."""
        return f"{_APPS[self.channel]}.{self.region}.{self.sender}"

    @property
    def app(self) -> str:
        """telegram or whatsapp."""
        return _APPS[self.channel]


def phone(identifier: str, regions: Collection[str]) -> Phone:
    """The phone of an id; raises NoSuchPhone."""
    found = _ID.fullmatch(identifier)
    if found is None or found["region"] not in regions:
        raise NoSuchPhone(NoSuchPhone.__doc__)
    return Phone(CHANNELS[found["app"]], found["region"], found["sender"])
