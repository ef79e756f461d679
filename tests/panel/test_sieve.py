"""The lists of all cases can be narrowed by what the queue knows of them; and a wish to lower a level shows where cases are listed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from hotline.case import SYSTEM, Event, EventKind, Level
from hotline.casework import levels
from hotline.operate import claim
from hotline.staff import Role
from hotline.store import cases, operators, queue
from hotline.store.only import UNKNOWN, Holder, Only
from hotline.store.queue import Lane
from tests.panel.conftest import Enter
from tests.panel.site import Site, answer, desks, visible_text

KENDAL = desks()["kendal"]


def told(site: Site, kind: str, area: str, level: Level = Level.SEDANG) -> tuple[int, str]:
    return site.case(level=level, more=[answer(site.clock, "jenis", kind), answer(site.clock, "kecamatan", area)])


@pytest.mark.parametrize("lane", [Lane.TERBUKA, Lane.DITUTUP])
def test_a_list_is_narrowed_by_each_part_and_by_all(site: Site, lane: Lane) -> None:
    sari = site.operator("sari")
    one_id, one = told(site, "fisik", "Boja")
    two_id, two = told(site, "seksual", "Boja", Level.TINGGI)
    three_id, three = told(site, "tidak_tahu", "Weleri")
    with site.database.write() as conn:
        claim(conn, site.seal, sari, one_id, now=site.clock())
    if lane is Lane.DITUTUP:
        ended = Event(kind=EventKind.CLOSED, at=site.clock(), author=SYSTEM, body={"reason": "selesai"})
        for case_id in (one_id, two_id, three_id):
            with site.database.write() as conn:
                cases.append(conn, site.seal, case_id, [ended])

    def found(only: Only) -> set[str]:
        with site.database.read() as conn:
            return {line.code for line in queue.page(conn, sari, lane, now=site.clock(), only=only).lines}

    assert found(Only()) == {one, two, three}
    assert found(Only(area="Boja")) == {one, two} and found(Only(kind="seksual")) == {two}
    assert found(Only(kind=UNKNOWN)) == {three} and found(Only(level=Level.TINGGI)) == {two}
    assert found(Only(holder=Holder.ME)) == {one} and found(Only(holder=Holder.NOBODY)) == {two, three}
    assert found(Only(area="Boja", holder=Holder.NOBODY)) == {two} and found(Only(area="Boja", kind=UNKNOWN)) == set()


def test_pages_and_their_buttons_keep_what_a_list_was_narrowed_to(small: Site) -> None:
    sari = small.operator("sari")
    wanted = {told(small, "fisik", "Boja")[1] for _ in range(queue.MOST + 2)}
    other = told(small, "fisik", "Weleri")[1]
    browser, seen, address = small.signed_in(sari), set[str](), "/daftar/terbuka?kecamatan=Boja&jenis=fisik"
    for more in (True, False):
        page = browser.get(address).text
        seen |= {code for code in wanted if f'data-code="{code}"' in page}
        assert f'data-code="{other}"' not in page and "kecamatan=Boja" in page
        if more:
            address = _next(page)
    assert seen == wanted


def _next(page: str) -> str:
    """The address of the button that leads on, without the panel's own folder."""
    link = next(part for part in page.split('href="') if "sesudah=" in part.split('"')[0])
    return link.split('"')[0].replace("&amp;", "&").removeprefix("/panel")


def test_nobody_sees_more_by_narrowing(site: Site) -> None:
    companion, boss = site.operator("ani", Role.PENDAMPING), site.operator("andi", region="luwu-timur")
    _, code = told(site, "fisik", "Boja")
    for who in (companion, boss):
        assert code not in site.signed_in(who).get("/daftar/terbuka?kecamatan=Boja").text


@pytest.mark.parametrize(
    "bad", ["jenis=%00", "kecamatan=a%00b", "tingkat=9", "tingkat=x", "pemegang=semua", "jenis=" + "x" * 81, "kecamatan=" + "x" * 81]
)
def test_what_cannot_be_narrowed_by_is_told(small: Site, bad: str) -> None:
    said = small.signed_in(small.operator()).get(f"/daftar/terbuka?{bad}")
    assert said.status_code == 400


def test_a_place_that_nobody_knows_finds_nothing_and_says_how_to_go_on(small: Site) -> None:
    told(small, "fisik", "Boja")
    page = small.signed_in(small.operator()).get("/daftar/terbuka?kecamatan=%22%3E%3Cscript%3E").text
    assert "Tidak ada kasus yang cocok" in page and "Tampilkan semua" in page and "<script>" not in page.split("<main")[1]


def test_the_lanes_are_never_narrowed(site: Site) -> None:
    _, code = told(site, "fisik", "Boja", Level.DARURAT)
    page = site.signed_in(site.operator()).get("/daftar/darurat?kecamatan=Weleri").text
    assert code in page and 'id="sieve"' not in page


def test_a_case_whose_holder_has_left_is_marked_and_found(site: Site) -> None:
    # Given two cases that people hold, one that nobody holds, and one of the two people who has left
    gita, sari, budi = site.operator("gita"), site.operator("sari"), site.operator("budi", Role.SUPERVISOR)
    left_id, left = told(site, "fisik", "Boja")
    held_id, held = told(site, "fisik", "Boja")
    _, free = told(site, "fisik", "Boja")
    site.do(lambda conn: claim(conn, site.seal, gita, left_id, now=site.clock()))
    site.do(lambda conn: claim(conn, site.seal, sari, held_id, now=site.clock()))
    mark, browser = "akun pemegang nonaktif", site.signed_in(budi)
    assert mark not in browser.get("/daftar/terbuka").text
    site.do(lambda conn: operators.disable(conn, "gita"))

    # When somebody narrows the list of all cases to it, then that case alone is there, and says why
    found = browser.get("/daftar/terbuka?pemegang=nonaktif").text
    assert f'data-code="{left}"' in found and held not in found and free not in found
    assert found.count(mark) == 1 and '<option value="nonaktif" selected>' in found
    assert browser.get("/daftar/terbuka").text.count(mark) == 1
    # And the case says so itself, and who can change it: a colleague who may, and one who may not
    said = visible_text(browser.get(f"/kasus/{left}").text)
    assert "Dipegang Bu Gita akun nonaktif" in said and "Alihkan ke diri Anda" in said
    assert "Minta supervisor" in visible_text(site.signed_in(sari).get(f"/kasus/{left}").text)
    assert "nonaktif" not in visible_text(browser.get(f"/kasus/{held}").text)
    # And once it is taken over, or closed, there is nothing to do any more
    browser.post(f"/kasus/{left}/alihkan", {"versi": str(site.version(left_id)), "alasan": "Bu Gita pindah tugas"})
    assert mark not in browser.get("/daftar/terbuka").text and left not in browser.get("/daftar/terbuka?pemegang=nonaktif").text


def test_a_wish_to_lower_shows_in_the_lists_until_it_is_answered(site: Site) -> None:
    sari, budi = site.operator("sari"), site.operator("budi", Role.SUPERVISOR)
    case_id, _ = told(site, "fisik", "Boja", Level.TINGGI)
    waits = "usul turun menunggu orang kedua"
    version = site.version(case_id)
    with site.database.write() as conn:
        levels.lower(conn, site.seal, sari, case_id, version=version, level=Level.SEDANG, reason="sudah aman", now=site.clock())
    for path in ("/", "/daftar/terbuka"):
        assert waits in site.signed_in(budi).get(path).text
    # Those who may answer it are told; who wishes it is not
    asked = "menunggu persetujuan Anda"
    also = site.operator("tono", Role.SUPERVISOR)
    assert asked in site.signed_in(budi).get("/").text and asked not in site.signed_in(sari).get("/").text
    with site.database.write() as conn:
        levels.decline(conn, site.seal, budi, case_id, version=site.version(case_id), reason="belum", now=site.clock())
    assert waits not in site.signed_in(budi).get("/").text and asked not in site.signed_in(budi).get("/").text
    with site.database.write() as conn:
        levels.lower(conn, site.seal, budi, case_id, version=site.version(case_id), level=Level.SEDANG, reason="aman", now=site.clock())
    assert asked in site.signed_in(also).get("/").text and asked not in site.signed_in(budi).get("/").text
    with site.database.write() as conn:
        levels.raise_level(conn, site.seal, KENDAL, sari, case_id, level=Level.DARURAT, text="", now=site.clock())
    assert asked not in site.signed_in(also).get("/").text


def test_an_officer_narrows_the_list_on_a_phone_and_new_cases_still_come(small: Site, enter: Enter) -> None:
    _, one = told(small, "fisik", "Boja")
    _, other = told(small, "fisik", "Weleri")
    page = enter("sari")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/panel/daftar/terbuka")
    page.get_by_text("Saring menurut").click()
    page.get_by_label("Kecamatan").select_option("Boja")
    page.get_by_role("button", name="Saring").click()
    expect(page.locator(f"[data-code='{one}']")).to_be_visible()
    expect(page.locator(f"[data-code='{other}']")).to_have_count(0)
    page.get_by_label("Jenis").select_option("seksual")  # not sent yet: what comes meanwhile must not undo the choice
    _, late = told(small, "fisik", "Boja")
    told(small, "fisik", "Weleri")
    expect(page.locator(f"[data-code='{late}']")).to_be_visible(timeout=15_000)
    expect(page.locator("#found [data-row]")).to_have_count(2)
    assert page.get_by_label("Jenis").input_value() == "seksual"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Tampilkan semua").click()
    expect(page.locator("#found [data-row]")).to_have_count(4)
