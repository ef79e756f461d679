"""Whether the address to listen on is free, asked before anything else is started."""

from __future__ import annotations

import errno
import socket


class DoorTaken(Exception):
    """Another program listens on this address."""


class DoorUnusable(Exception):
    """This machine cannot listen on this address: it is not its own, has no such name, or the port is for administrators."""


def check_free(host: str, port: int) -> None:
    """Raises DoorTaken, DoorUnusable. A name may stand for several addresses: one that can be listened on is enough."""
    try:
        ways = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise DoorUnusable(DoorUnusable.__doc__) from error
    refusals = [_refusal(family, address) for family, _, _, _, address in ways]
    if errno.EADDRINUSE in refusals:
        raise DoorTaken(DoorTaken.__doc__)
    if all(refusals):
        raise DoorUnusable(DoorUnusable.__doc__)


def _refusal(family: int, address: tuple[str | int, ...]) -> int:
    """The number of the error; 0 when the address may be listened on."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)  # As the server does.
            probe.bind(address)
    except OSError as error:
        return error.errno or errno.EINVAL
    return 0
