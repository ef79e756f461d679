"""At which hours a message is safe: a number is an hour, and what may be two hours is asked again, since others would read it."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.messages import Outgoing, numbered
from tests.dialogs.answers import meant

HOURS = [
    *((t, "08-12") for t in ("8", "pagi", "jam 9 pagi", "pagi aja", "jam 10 pagi kak", "isuk")),
    *((t, "12-17") for t in ("12", "4", "jam 3", "jam 3 sore", "siang", "14.00", "jam 1 siang kak", "habis pulang sekolah", "13")),
    *((t, "17-21") for t in ("17", "malam", "jam 7 malam", "jam 5 sore", "habis magrib", "20", "19.00", "bengi")),
    *((t, None) for t in ("7", "jam 7", "5", "9", "jam 10", "10 malam", "22", "0", "sore", "1", "2", "3")),
    *((t, None) for t in ("ayah pulang jam 7 malam", "kapan saja kecuali jam 7 malam", "selain jam 7 malam", "jam 7 malam tidak aman")),
    *((t, None) for t in ("sebelum magrib", "pulang sekolah jangan", "takut jam 7 malam", "bapak di rumah habis magrib", "jangan malam")),
    *((t, None) for t in ("sebelum jam 5 sore", "kecuali magrib", "setelah jam 4 sore", "bukan jam 7 malam", "selain pagi", "takut malam")),
]


@pytest.mark.parametrize(("dialog", "key"), [("report", "jam_aman"), ("follow_up", "jam_telepon")])
@pytest.mark.parametrize(("text", "hours"), HOURS)
def test_which_hours_are_meant(book: Book, dialog: str, key: str, text: str, hours: str | None) -> None:
    assert meant(book, dialog, key, text) == hours


def test_the_number_shown_is_the_hour(book: Book) -> None:
    question = book.programs["report"].questions["jam_aman"]
    shown = numbered(Outgoing(text="Jam?", options=question.options(1, "id")))
    assert shown == "Jam?\n\n8. Pagi, jam 8-12\n12. Siang, jam 12-17\n17. Malam, jam 17-21"
