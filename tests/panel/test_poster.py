"""The poster and its codes: what a phone's camera reads, in the languages of citizens, with verified numbers alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
import segno
from playwright.sync_api import expect

import panel
from hotline.settings import load_settings
from panel.frame.codes import qr
from tests.panel.conftest import Enter
from tests.panel.site import Site, desks, visible_text

TELEGRAM, WHATSAPP = "https://t.me/contoh_bot?text={text}", "https://wa.me/6281200000000?text={text}"


def modules(drawn: str) -> list[list[bool]]:
    """The dark squares of a drawn code, without its border: read as a scanner would, from the drawing itself."""
    root = ET.fromstring(drawn)
    side = int(root.attrib["viewBox"].split()[2])
    dark = [[False] * side for _ in range(side)]
    x, y = 0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", root[1].attrib["d"]):
        values = [float(n) for n in numbers.split()]
        if command == "h":
            for column in range(x, x + int(values[0])):
                dark[int(y)][column] = True
            x += int(values[0])
        else:
            x, y = (int(values[0]), values[1]) if command == "M" else (x + int(values[0]), y + values[1])
    return [row[4:-4] for row in dark[4:-4]]


@pytest.mark.parametrize("link", ["https://t.me/contoh_bot?text=PETUGAS%20123456", "https://wa.me/6281200000000?text=Halo", '<&">é'])
def test_a_code_is_drawn_square_by_square_with_a_quiet_border(link: str) -> None:
    drawn = qr(link)
    assert modules(drawn) == [[bool(square) for square in row] for row in segno.make(link, error="m", micro=False).matrix]
    assert "style=" not in drawn and "<script" not in drawn


def test_the_poster_has_links_codes_and_verified_numbers_in_three_languages(small: Site) -> None:
    small.panel.state.panel.ways["kendal"].update(telegram=TELEGRAM, whatsapp=WHATSAPP)
    browser = small.signed_in(small.operator())
    titles = set()
    for language in ("id", "jv", "en"):
        page = browser.get(f"/poster?bahasa={language}").text
        assert page.count('class="qr"') == 2 and qr("https://t.me/contoh_bot?text=Halo") in page
        assert f'<article class="sheet poster" lang="{language}"' in page
        said = visible_text(page)
        assert "@contoh_bot" in said and "+6281200000000" in said and "Kabupaten Kendal" in said
        titles |= set(re.findall(r"<h2>(.*?)</h2>", page))
        numbers = re.findall(r"<li><b>(\d+)</b>", page)
        assert numbers == [number.number for number in desks()["kendal"].profile.numbers]
    assert len(titles) == 3
    assert browser.get("/poster?bahasa=../x").status_code == 200


def test_each_region_has_its_own_number(small: Site) -> None:
    numbers = "kendal=whatsapp:+6281200000001,luwu-timur=whatsapp:+6281200000002"
    settings = load_settings(
        {
            "TEDUH_REGION": "kendal,luwu-timur",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "x" * 32,
            "TWILIO_WHATSAPP_FROM": numbers,
        }
    )
    ways = panel.app(
        database=small.database,
        seal=small.seal,
        profiles={region: desk.profile for region, desk in desks().items()},
        books={region: desk.book for region, desk in desks().items()},
        settings=settings,
    ).state.panel.ways
    assert [ways[region]["whatsapp"][14:27] for region in ("kendal", "luwu-timur")] == ["6281200000001", "6281200000002"]


def test_without_a_channel_the_poster_says_what_is_missing(small: Site) -> None:
    page = small.signed_in(small.operator()).get("/poster").text
    assert "Belum ada kanal yang dipasang" in page and 'class="qr"' not in page


def test_a_poster_is_one_sheet_without_the_panel_around_it(small: Site, enter: Enter) -> None:
    small.panel.state.panel.ways["kendal"].update(telegram=TELEGRAM, whatsapp=WHATSAPP)
    page = enter(color_scheme="dark")
    page.goto("/panel/poster")
    page.emulate_media(media="print")
    expect(page.locator(".poster .qr").first).to_be_visible()
    expect(page.locator(".top")).to_be_hidden()
    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert sheets == 1
