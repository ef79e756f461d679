"""Who may do what: every route declares it, and every role meets exactly what it may, in its own region and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from hotline.staff import Role
from panel import guard
from tests.panel.site import Browser, Site

EVERYBODY = frozenset(Role)
READERS = frozenset({Role.OPERATOR, Role.PENELAAH, Role.SUPERVISOR, Role.MANAJER, Role.KEPALA_UNIT, Role.PENDAMPING, Role.PIKET})
WORKERS = READERS
CLOSERS = frozenset({Role.OPERATOR, Role.PENELAAH, Role.SUPERVISOR, Role.MANAJER, Role.KEPALA_UNIT})
LEADERS = frozenset({Role.SUPERVISOR, Role.MANAJER, Role.KEPALA_UNIT})
KEEPERS = LEADERS | {Role.ADMIN}

# Who may use each address. Written here by hand, apart from the panel's own policies, so that a change there is noticed.
ACCESS = {
    "GET /masuk": EVERYBODY,
    "POST /masuk": EVERYBODY,
    "POST /keluar": EVERYBODY,
    "GET /sandi": EVERYBODY,
    "POST /sandi": EVERYBODY,
    "GET /sesi": EVERYBODY,
    "POST /sesi/akhiri": EVERYBODY,
    "POST /bahasa": EVERYBODY,
    "GET /": EVERYBODY,
    "GET /siaran": EVERYBODY,
    "GET /akun": KEEPERS,
    "POST /akun": KEEPERS,
    "POST /akun/{account}/ubah": KEEPERS,
    "POST /akun/{account}/nonaktif": KEEPERS,
    "POST /akun/{account}/aktif": KEEPERS,
    "POST /akun/{account}/sandi": KEEPERS,
    "GET /piket": EVERYBODY,
    "POST /piket/tugas": KEEPERS,
    "POST /piket/tugas/{tugas}/hapus": KEEPERS,
    "POST /piket/libur": KEEPERS,
    "POST /piket/libur/{hari}/hapus": KEEPERS,
    "GET /tinjauan": LEADERS,
    "GET /hp-piket": WORKERS,
    "POST /hp-piket/kode": WORKERS,
    "POST /hp-piket/uji": WORKERS,
    "POST /hp-piket/hapus": WORKERS,
    "POST /hp-piket/peramban": WORKERS,
    "POST /hp-piket/peramban/uji": WORKERS,
    "POST /hp-piket/peramban/lepas": WORKERS,
    "GET /hp-piket/panggilan/{code}": READERS,
    "POST /latihan/{alarm}/ambil": WORKERS,
    "POST /latihan/{alarm}/tindakan": WORKERS,
    "GET /dialog": EVERYBODY,
    "GET /dialog/{name}": EVERYBODY,
    "GET /dialog/{name}/gambar.svg": EVERYBODY,
    "GET /kepuasan": EVERYBODY,
    "GET /poster": EVERYBODY,
    "POST /kasus/{code}/kecualikan": LEADERS,
    "POST /kasus/{code}/sertakan": LEADERS,
    "GET /daftar/{lane}": READERS,
    "GET /cari": READERS,
    "GET /denyut": EVERYBODY,
    "GET /pesan-gagal": CLOSERS,
    "POST /pesan-gagal/{letter}/kirim-ulang": CLOSERS,
    "GET /kasus/{code}": READERS,
    "GET /kasus/{code}/surat-tugas": WORKERS,
    "GET /kasus/{code}/lembar/{sheet}": WORKERS,
    "POST /kasus/{code}/lembar/{sheet}": WORKERS,
    "GET /kasus/{code}/lampiran/{file_id}/{version}": READERS,
    "POST /kasus/{code}/lampiran/{file_id}": LEADERS,
    "GET /tenggat": READERS,
    "GET /kecepatan": EVERYBODY,
    "GET /angka": EVERYBODY,
    "GET /angka/{tahun}.csv": EVERYBODY,
    "GET /latihan": EVERYBODY,
    "POST /kasus/{code}/ambil": WORKERS,
    "POST /kasus/{code}/lepas": WORKERS,
    "POST /kasus/{code}/alihkan": LEADERS,
    "POST /kasus/{code}/balas": WORKERS,
    "POST /kasus/{code}/bicara/ambil": WORKERS,
    "POST /kasus/{code}/tugaskan": WORKERS,
    "POST /kasus/{code}/rekam": WORKERS,
    "POST /kasus/{code}/layanan": WORKERS,
    "POST /kasus/{code}/lengkapi": WORKERS,
    "POST /kasus/{code}/bicara/kirim": WORKERS,
    "POST /kasus/{code}/bicara/lepas": WORKERS,
    "POST /kasus/{code}/catat": WORKERS,
    "POST /kasus/{code}/pindah": WORKERS,
    "POST /kasus/{code}/kembalikan": WORKERS,
    "POST /kasus/{code}/akui": WORKERS,
    "POST /kasus/{code}/tindakan": WORKERS,
    "POST /kasus/{code}/naikkan": WORKERS,
    "POST /kasus/{code}/turunkan": WORKERS,
    "POST /kasus/{code}/setujui": LEADERS,
    "POST /kasus/{code}/tolak": LEADERS,
    "POST /kasus/{code}/tutup": CLOSERS,
    "POST /kasus/{code}/buka-kembali": CLOSERS,
    "POST /kasus/{code}/identitas": WORKERS,
    "POST /kasus/{code}/draf": WORKERS,
}
STREAMS = {"GET /siaran"}
"""Answers that do not end; tests/panel/test_live.py reads them."""
PUBLIC_MOUNTS = {"/static"}


def every_route(routes: list[BaseRoute]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, Mount):
            assert route.path in PUBLIC_MOUNTS
        elif isinstance(route, APIRoute):
            yield route
        else:
            inner = getattr(route, "routes", None) or route.original_router.routes  # type: ignore[attr-defined]
            yield from every_route(inner)


def addresses(site: Site) -> set[str]:
    return {f"{method} {route.path}" for route in every_route(site.panel.router.routes) for method in route.methods - {"HEAD"}}


def test_every_route_declares_its_policy(small: Site) -> None:
    for route in every_route(small.panel.router.routes):
        guard.policy_of(route.endpoint)


def test_every_address_stands_in_the_table_of_access(small: Site) -> None:
    assert addresses(small) == set(ACCESS)


def test_a_route_without_a_policy_is_refused_to_everybody(small: Site) -> None:
    small.panel.add_api_route("/lupa", lambda: "isi kasus", methods=["GET"])
    answer = small.signed_in(small.operator(role=Role.MANAJER)).get("/lupa")
    assert (answer.status_code, "isi kasus" in answer.text) == (403, False)


def reach(browser: Browser, address: str, code: str) -> str:
    """How the panel answers: open, forbidden or hidden (as if there were no such case)."""
    method, path = address.split(" ")
    path = path.replace("{code}", code).replace("{lane}", "terbuka").replace("{hari}", "2026-12-25").replace("{sheet}", "kontak_awal")
    path = re.sub(r"\{\w+\}", "1", path)
    answer = browser.get(path) if method == "GET" else browser.post(path)
    assert answer.status_code < 500, (address, answer.text)
    return {403: "forbidden", 404: "hidden"}.get(answer.status_code, "open")


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_it_may_in_its_own_region_and_no_case_of_another(role: Role, site: Site) -> None:
    who = site.operator("nanik", role)
    own_id, own = site.case()
    _, other = site.case(region="luwu-timur")
    if role is Role.PENDAMPING:
        site.give(own_id, who.id)
    found, expected = {}, {}
    for address in sorted(set(ACCESS) - STREAMS):
        allowed = role in ACCESS[address]
        for region, code in (("own", own), ("other", other)):
            if region == "other" and "{code}" not in address:
                continue
            # A fresh sign-in each time: signing out and ending sessions are among the addresses.
            found[address, region] = reach(site.signed_in(who), address, code)
            in_reach = "hidden" if region == "other" or address in NOT_THERE else "open"
            expected[address, region] = in_reach if allowed else "forbidden"
    # The search answers "not found" to nothing; refused acts may answer 409, which still is "open".
    expected["GET /cari", "own"] = "hidden" if role in READERS else "forbidden"
    # A notification's link only leads on, whatever code it names; the page it leads to says that there is no such case.
    expected["GET /hp-piket/panggilan/{code}", "other"] = "open" if role in READERS else "forbidden"
    assert found == expected


NOT_THERE = {
    "GET /dialog/{name}",
    "GET /dialog/{name}/gambar.svg",
    "POST /pesan-gagal/{letter}/kirim-ulang",
    "POST /latihan/{alarm}/ambil",
    "POST /latihan/{alarm}/tindakan",
    "POST /piket/tugas/{tugas}/hapus",
    "POST /akun/{account}/nonaktif",
    "POST /akun/{account}/aktif",
    "POST /akun/{account}/sandi",
}
"""There is no letter, no account, no duty and no drill number 1."""


def test_a_companion_sees_only_the_cases_they_hold(site: Site) -> None:
    who = site.operator("dewi", Role.PENDAMPING)
    held_id, held = site.case()
    _, free = site.case()
    site.give(held_id, who.id)
    browser = site.signed_in(who)
    assert (browser.get(f"/kasus/{held}").status_code, browser.get(f"/kasus/{free}").status_code) == (200, 404)
    queue = browser.get("/daftar/terbuka").text
    assert (held in queue, free in queue) == (True, False)


def test_without_signing_in_every_door_leads_to_the_sign_in_page(small: Site) -> None:
    _, code = small.case()
    for address in sorted(set(ACCESS) - {"GET /masuk", "POST /masuk"}):
        method, path = address.split(" ")
        path = re.sub(r"\{\w+\}", "1", path.replace("{code}", code).replace("{lane}", "terbuka").replace("{hari}", "2026-12-25"))
        browser = small.client()
        answer = browser.get(path) if method == "GET" else browser.post(path)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/panel/masuk"), address


def test_a_fragment_sends_the_whole_page_to_sign_in(small: Site) -> None:
    answer = small.client().get("/", hx_request="true")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/panel/masuk")


FORGED = {
    "without the token": ({"csrf": ""}, {}),
    "with another token": ({"csrf": "x" * 32}, {}),
    "from another site": ({}, {"sec-fetch-site": "cross-site"}),
    "from a sibling site": ({}, {"sec-fetch-site": "same-site"}),
    "typed as an address": ({}, {"sec-fetch-site": "none"}),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_form_changes_nothing(how: str, small: Site) -> None:
    case_id, code = small.case()
    browser = small.signed_in(small.operator())
    fields, headers = FORGED[how]
    before = small.version(case_id)
    answer = browser.post(f"/kasus/{code}/ambil", fields, **headers)
    assert (answer.status_code, small.version(case_id)) == (403, before)
    assert browser.post(f"/kasus/{code}/ambil").status_code == 303


def test_an_old_browser_is_judged_by_its_origin(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    address, form = f"/panel/kasus/{code}/ambil", {"csrf": browser.csrf}
    foreign = browser.http.post(address, data=form, headers={"origin": "https://jahat.example"})
    assert foreign.status_code == 403
    assert browser.http.post(address, data=form, headers={"origin": "null"}).status_code == 403
    assert browser.http.post(address, data=form, headers={"origin": "http://testserver"}).status_code == 303


def test_the_token_may_come_as_a_header(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    answer = browser.post(f"/kasus/{code}/ambil", {"csrf": ""}, x_csrf_token=browser.csrf)
    assert answer.status_code == 303


def test_a_form_of_another_session_is_refused(small: Site) -> None:
    _, code = small.case()
    mine, theirs = small.signed_in(small.operator("sari")), small.signed_in(small.operator("budi"))
    assert mine.post(f"/kasus/{code}/ambil", {"csrf": theirs.csrf}).status_code == 403


def test_a_forged_sign_in_is_refused(small: Site) -> None:
    small.operator()
    answer = small.client().post("/masuk", {"nama": "sari", "sandi": "apa pun"}, sec_fetch_site="cross-site")
    assert answer.status_code == 403
    assert "tidak berasal dari halaman panel" in answer.text


@pytest.mark.parametrize("path", ["/", "/masuk", "/tidak-ada", "/static/panel.css"])
def test_every_answer_carries_the_security_headers(path: str, small: Site) -> None:
    headers = small.signed_in(small.operator()).get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["x-frame-options"], headers["referrer-policy"]) == ("nosniff", "DENY", "no-referrer")
    assert headers["cache-control"] == ("public, max-age=31536000, immutable" if "static" in path else "no-store")


def test_a_body_of_a_megabyte_is_refused(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    assert browser.post(f"/kasus/{code}/catat", {"versi": "3", "isi": "a" * 1_000_000}).status_code == 413
