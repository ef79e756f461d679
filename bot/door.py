"""Whether the address to listen on is free, asked before anything else is started."""

from __future__ import annotations

import errno
import socket


class DoorTaken(Exception):
    """Another program listens on this address."""


def check_free(host: str, port: int) -> None:
    """Raises DoorTaken. Other reasons not to listen there are left to the server."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise DoorTaken(DoorTaken.__doc__) from error
