"""One case: its page, and everything people do there: act, record, talk, open files, fill in sheets, keep it from a colleague."""

from panel.cases.case import Aside, router, show

__all__ = ["Aside", "router", "show"]
