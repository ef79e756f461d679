"""What an operator must see of what happened since: whose words these may be, and whether a phone is open for now only."""

from __future__ import annotations

from sqlalchemy import update

from hotline.case import REPORTER, Event, EventKind
from hotline.gate import for_now
from hotline.store import cases
from hotline.store.tables.people import Contact
from tests.panel.site import Site, visible_text

_contact = Contact.__table__  # type: ignore[attr-defined]


def test_words_that_may_be_somebody_elses_are_marked(small: Site) -> None:
    case_id, code = small.case(contact=small.contact())
    for text, body in (("kata pemilik", {}), ("kata siapa pun", {"unsure": True})):
        said = Event(kind=EventKind.SAID, at=small.clock(), author=REPORTER, body={"text": text, **body})
        with small.database.write() as conn:
            cases.append(conn, small.seal, case_id, [said])
    shown = visible_text(small.signed_in(small.operator()).get(f"/kasus/{code}").text)
    assert shown.count("mungkin ditulis orang lain") == 1
    assert shown.index("kata siapa pun") < shown.index("mungkin ditulis orang lain")


def test_a_phone_that_is_open_for_a_day_is_told_as_that(small: Site) -> None:
    contact = small.contact(phone="unknown", push="hours")
    _, code = small.case(contact=contact)
    with small.database.write() as conn:
        conn.execute(update(_contact).values(push_hours=for_now("unasked", "", small.clock())))
    browser = small.signed_in(small.operator())
    text = visible_text(browser.get(f"/kasus/{code}").text)
    assert "boleh sehari saja, karena darurat" in text and "Kabar tanpa isi dikirim ke HP pelapor" in text
    small.clock.shift(hours=25)
    assert "Tidak ada yang dikirim ke HP ini" in visible_text(small.signed_in(small.who("sari")).get(f"/kasus/{code}").text)
