"""The operators' web panel: server-rendered pages, live by server-sent events. It shows and asks; `hotline` decides and remembers."""

from panel.shell import app

__all__ = ["app"]
