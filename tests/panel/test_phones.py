"""An officer's own phones in the panel: a code once, what is registered, a test call, taking one off; each only their own."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from hotline.compact import loads
from hotline.messages import Outgoing
from hotline.staff import Role, Who
from hotline.store import officers
from hotline.store.tables.sending import Outbox
from tests.panel.site import Browser, Site, visible_text

_outbox = Outbox.__table__  # type: ignore[attr-defined]


def register(site: Site, who: Who, channel: str = "telegram") -> int:
    contact = site.contact(channel=channel)
    with site.database.write() as conn:
        code = officers.invite(conn, who.id, site.clock())
        assert officers.register(conn, code, contact, site.clock(), channel=channel, region="kendal") is not None
    return contact


def code_of(browser: Browser) -> str:
    found = re.search(r'id="invite">PETUGAS (\d{6})<', browser.post("/hp-piket/kode").text)
    assert found is not None
    return found[1]


def alerts(site: Site) -> list[tuple[int, Outgoing]]:
    with site.database.read() as conn:
        rows = conn.execute(select(_outbox).where(_outbox.c.purpose == "alert").order_by(_outbox.c.id)).all()
    return [(r.contact_id, Outgoing.from_json(loads(site.seal.open(r.body_sealed, "outbox", r.id, "body")))) for r in rows]


def test_the_code_is_shown_once_and_registers_the_phone_that_sends_it(site: Site) -> None:
    sari = site.operator("sari")
    browser = site.signed_in(sari)
    assert "Belum ada HP yang terdaftar" in browser.get("/hp-piket").text
    code = code_of(browser)
    assert code not in browser.get("/hp-piket").text
    contact = site.contact(channel="telegram")
    with site.database.write() as conn:
        officers.register(conn, code, contact, site.clock(), channel="telegram", region="kendal")
    assert "Telegram" in visible_text(browser.get("/hp-piket").text)
    assert site.actions() == ["phone.invite"]


def test_a_test_call_is_an_alert_without_any_case(site: Site) -> None:
    sari = site.operator("sari")
    browser, contact = site.signed_in(sari), register(site, sari)
    assert browser.post("/hp-piket/uji", {"kanal": "telegram"}).status_code == 303
    ((to, call),) = alerts(site)
    assert (to, call.alert) == (contact, ("Teduh", "UJI", "-"))
    assert "menunggu dikirim" in visible_text(browser.get("/hp-piket").text)


@pytest.mark.parametrize("channel", ["whatsapp", "", "tidak-ada", "telegram'--"])
def test_a_channel_that_is_not_registered_is_not_called(channel: str, small: Site) -> None:
    sari = small.operator("sari")
    browser, _ = small.signed_in(sari), register(small, sari)
    browser.post("/hp-piket/uji", {"kanal": channel})
    browser.post("/hp-piket/hapus", {"kanal": channel})
    assert alerts(small) == [] and "Telegram" in browser.get("/hp-piket").text


def test_only_ones_own_phone_is_called_or_taken_off(small: Site) -> None:
    sari, budi = small.operator("sari"), small.operator("budi")
    register(small, sari)
    browser = small.signed_in(budi)
    for act in ("uji", "hapus"):
        browser.post(f"/hp-piket/{act}", {"kanal": "telegram"})
    with small.database.read() as conn:
        assert list(officers.chats(conn, [sari.id, budi.id])) == [sari.id]
    assert alerts(small) == []


def test_a_phone_taken_off_is_gone(small: Site) -> None:
    sari = small.operator("sari")
    browser, _ = small.signed_in(sari), register(small, sari)
    browser.post("/hp-piket/hapus", {"kanal": "telegram"})
    assert "Belum ada HP yang terdaftar" in browser.get("/hp-piket").text
    assert small.actions()[-1] == "phone.remove"


def test_the_link_opens_the_services_chat_with_the_words_written(small: Site) -> None:
    small.panel.state.panel.ways["kendal"]["telegram"] = "https://t.me/contoh_bot?text={text}"
    browser = small.signed_in(small.operator("sari"))
    page = browser.post("/hp-piket/kode").text
    found = re.search(r'href="(https://t.me/[^"]+)"', page)
    code = re.search(r"PETUGAS (\d{6})", page)
    assert found and code and found[1] == f"https://t.me/contoh_bot?text=PETUGAS%20{code[1]}"


def test_an_admin_has_no_alarm_phone(small: Site) -> None:
    browser = small.signed_in(small.operator("tata", Role.ADMIN))
    assert browser.get("/hp-piket").status_code == 403 and "/hp-piket" not in browser.get("/").text
