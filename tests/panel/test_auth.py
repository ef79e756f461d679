"""Signing in: the same kind answer for every name, slowed after some tries; sessions that end when they should; a first password."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline.seal import Seal
from hotline.staff import Role
from hotline.store import operators, sign_ins, throttle
from hotline.store.database import Database
from hotline.store.tables.office import Operator, SignIn, SignInTry
from tests.panel.site import PASSWORD, Browser, Site, visible_text
from tests.support.clock import Clock

NEW = "kapal kertas di kolam"


def enter(browser: Browser, name: str, password: str, **more: str) -> int:
    """Sign in through the form; the status."""
    answer = browser.post("/masuk", {"nama": name, "sandi": password} | more)
    found = sign_ins_of(browser)
    browser.csrf = found or browser.csrf
    return int(answer.status_code)


def sign_ins_of(browser: Browser) -> str:
    page = browser.get("/sesi").text
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def test_the_right_password_opens_the_queue(site: Site) -> None:
    site.operator("sari")
    browser = site.client()
    assert enter(browser, " Sari ", PASSWORD) == 303
    page = browser.get("/")
    assert page.status_code == 200
    assert "Bu Sari" in page.text
    assert site.actions() == ["sign_in"]


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(site: Site) -> None:
    site.operator("sari")
    wrong = site.client().post("/masuk", {"nama": "sari", "sandi": "salah sama sekali"})
    unknown = site.client().post("/masuk", {"nama": "tono", "sandi": "salah sama sekali"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace("sari", "tono") == unknown.text
    assert "tidak cocok" in wrong.text


@pytest.mark.parametrize("name", ["sari", "tidak.ada"])
def test_after_five_wrong_tries_even_the_right_password_waits(name: str, site: Site) -> None:
    site.operator("sari")
    statuses = [enter(site.client(), name, "salah sama sekali") for _ in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    refused = site.client().post("/masuk", {"nama": name, "sandi": PASSWORD})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
    assert "tunggu 10 detik" in visible_text(refused.text)
    site.clock.shift(seconds=11)
    assert enter(site.client(), name, PASSWORD) == (303 if name == "sari" else 401)


def test_pauses_grow_and_are_forgotten_after_an_hour(database: Database, seal: Seal, clock: Clock) -> None:
    def wait() -> float:
        with database.write() as conn:
            try:
                throttle.check(conn, seal, "sari", "10.0.0.7", clock())
            except throttle.TooManyTries as refused:
                return refused.wait.total_seconds()
            throttle.failed(conn, seal, "sari", "10.0.0.7", clock())
            return 0.0

    waits = []
    for _ in range(12):
        waits.append(wait())
        clock.shift(seconds=waits[-1])
    assert [w for w in waits if w] == [10, 20, 40, 80]
    clock.shift(hours=1, seconds=1)
    assert wait() == 0


def test_many_names_from_one_address_are_slowed_too(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        for number in range(40):
            throttle.check(conn, seal, f"nama{number}", "10.0.0.7", clock())
            throttle.failed(conn, seal, f"nama{number}", "10.0.0.7", clock())
        with pytest.raises(throttle.TooManyTries):
            throttle.check(conn, seal, "nama-baru", "10.0.0.7", clock())
        throttle.check(conn, seal, "nama-baru", "10.0.0.8", clock())


def test_all_addresses_of_one_ipv6_line_are_one(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        for number in range(throttle.FREE_TRIES_OF_ADDRESS):
            throttle.failed(conn, seal, f"nama{number}", f"2001:db8:0:7::{number + 1:x}", clock())
        with pytest.raises(throttle.TooManyTries):
            throttle.check(conn, seal, "nama-baru", "2001:db8:0:7:ffff::1", clock())
        for other in ("2001:db8:0:8::1", "::ffff:10.0.0.8", "::1", "testclient"):
            throttle.check(conn, seal, "nama-baru", other, clock())


def test_tries_are_kept_without_names_or_addresses(site: Site) -> None:
    enter(site.client(), "rahasia.nama", "salah sama sekali")
    with site.database.read() as conn:
        keys = [bytes(row.key) for row in conn.execute(select(SignInTry.__table__))]  # type: ignore[attr-defined]
    assert len(keys) == 2
    assert not any(b"rahasia" in key or b"testclient" in key for key in keys)


def test_the_database_holds_no_token_and_no_password(site: Site) -> None:
    site.operator("sari")
    browser = site.client()
    enter(browser, "sari", PASSWORD)
    token = browser.http.cookies["teduh_sesi"]
    with site.database.read() as conn:
        row = conn.execute(select(SignIn.__table__)).one()  # type: ignore[attr-defined]
        stored = conn.execute(select(Operator.__table__.c.password_hash)).scalar_one()  # type: ignore[attr-defined]
    assert (bytes(row.token_digest), stored.startswith("$argon2id$")) == (sign_ins.digest(token), True)
    assert PASSWORD not in stored


def test_the_cookie_is_locked_to_the_panel(small: Site, database: Database, seal: Seal, clock: Clock) -> None:
    small.operator("sari")
    cookie = small.client().post("/masuk", {"nama": "sari", "sandi": PASSWORD}).headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/panel"))
    assert "secure" not in cookie
    https = Site(small.database, seal, clock, public_url="https://teduh.example.go.id")
    answer = https.client().post("/masuk", {"nama": "sari", "sandi": PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Secure-teduh_sesi=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/panel/kasus/123456789", "/panel/kasus/123456789"),
        ("https://jahat.example/", "/panel/"),
        ("//jahat.example", "/panel/"),
        ("/panel/\\jahat", "/panel/"),
        ("/lain", "/panel/"),
        ("", "/panel/"),
    ],
)
def test_signing_in_leads_back_only_inside_the_panel(wanted: str, goes: str, small: Site) -> None:
    small.operator("sari")
    answer = small.client().post("/masuk", {"nama": "sari", "sandi": PASSWORD, "lanjut": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, goes)


def test_a_one_time_password_opens_nothing_but_its_own_change(site: Site) -> None:
    with site.database.write() as conn:
        password = operators.add_operator(conn, region="kendal", name="Baru", display_name="Bu Baru", role="operator", now=site.clock())
    browser = site.client()
    assert browser.post("/masuk", {"nama": "baru", "sandi": password}).status_code == 303
    for path in ("/", "/daftar/terbuka", "/sesi", "/pesan-gagal"):
        assert browser.get(path).headers["location"] == "/panel/sandi"
    page = browser.get("/sandi")
    assert "Buat kata sandi Anda sendiri" in page.text
    browser.csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    assert browser.post("/sandi", {"lama": password, "baru": NEW, "ulang": NEW}).headers["location"] == "/panel/"
    assert browser.get("/").status_code == 200
    assert site.client().post("/masuk", {"nama": "baru", "sandi": password}).status_code == 401
    assert site.client().post("/masuk", {"nama": "baru", "sandi": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"lama": "bukan ini", "baru": NEW, "ulang": NEW}, "Kata sandi lama tidak cocok"),
        ({"lama": PASSWORD, "baru": NEW, "ulang": NEW + "!"}, "tidak sama"),
        ({"lama": PASSWORD, "baru": "pendek", "ulang": "pendek"}, "12 karakter"),
        ({"lama": PASSWORD, "baru": "aaaaaaaaaaaaab", "ulang": "aaaaaaaaaaaaab"}, "mudah ditebak"),
        ({"lama": PASSWORD, "baru": "sari-kendal-2026", "ulang": "sari-kendal-2026"}, "mudah ditebak"),
        ({"lama": PASSWORD, "baru": PASSWORD, "ulang": PASSWORD}, "berbeda dari yang lama"),
    ],
)
def test_a_bad_new_password_is_refused_with_a_reason(fields: dict[str, str], said: str, small: Site) -> None:
    browser = small.signed_in(small.operator("sari"))
    answer = browser.post("/sandi", fields)
    assert (answer.status_code, said in visible_text(answer.text)) == (400, True)
    assert small.client().post("/masuk", {"nama": "sari", "sandi": PASSWORD}).status_code == 303


def test_changing_the_password_ends_every_other_session(site: Site) -> None:
    who = site.operator("sari")
    mine, other = site.signed_in(who), site.signed_in(who)
    assert mine.post("/sandi", {"lama": PASSWORD, "baru": NEW, "ulang": NEW}).status_code == 303
    assert (mine.get("/").status_code, other.get("/").status_code) == (200, 303)


def test_signing_out_makes_the_cookie_worthless(site: Site) -> None:
    browser = site.signed_in(site.operator())
    token = browser.http.cookies["teduh_sesi"]
    assert browser.post("/keluar").headers["location"] == "/panel/masuk"
    browser.http.cookies.set("teduh_sesi", token, path="/panel")
    assert browser.get("/").status_code == 303


def test_one_session_or_all_others_can_be_ended(site: Site) -> None:
    who = site.operator()
    mine, phone, office = (site.signed_in(who) for _ in range(3))
    digest = sign_ins.digest(phone.http.cookies["teduh_sesi"]).hex()
    mine.post("/sesi/akhiri", {"sesi": digest})
    assert (mine.get("/").status_code, phone.get("/").status_code, office.get("/").status_code) == (200, 303, 200)
    mine.post("/sesi/akhiri")
    assert (mine.get("/").status_code, office.get("/").status_code) == (200, 303)


def test_whoever_signs_in_on_anothers_browser_ends_their_sign_in(site: Site) -> None:
    shared, stolen = site.signed_in(site.operator("sari")), site.client()
    stolen.http.cookies.set("teduh_sesi", shared.http.cookies["teduh_sesi"], path="/panel")
    site.operator("budi")
    assert stolen.get("/").status_code == 200
    assert enter(shared, "budi", "salah sama sekali") == 401 and stolen.get("/").status_code == 200
    assert enter(shared, "budi", PASSWORD) == 303 and stolen.get("/").status_code == 303


def test_nobody_ends_the_session_of_another(site: Site) -> None:
    mine, theirs = site.signed_in(site.operator("sari")), site.signed_in(site.operator("budi"))
    mine.post("/sesi/akhiri", {"sesi": sign_ins.digest(theirs.http.cookies["teduh_sesi"]).hex()})
    assert theirs.get("/").status_code == 200


def test_a_session_falls_idle_but_not_while_it_is_used(site: Site) -> None:
    used, idle = site.signed_in(site.operator("sari")), site.signed_in(site.operator("budi"))
    for _ in range(3):
        site.clock.shift(minutes=50)
        assert used.get("/").status_code == 200
    assert idle.get("/").status_code == 303


def test_a_page_that_only_refreshes_itself_does_not_keep_the_session(site: Site) -> None:
    browser = site.signed_in(site.operator())
    for _ in range(3):
        site.clock.shift(minutes=50)
        status = browser.get("/", x_teduh_refresh="1").status_code
    assert status == 303


def test_a_session_ends_after_a_shift_however_busy(site: Site) -> None:
    browser = site.signed_in(site.operator())
    statuses = []
    for _ in range(13):
        site.clock.shift(hours=1)
        statuses.append(browser.get("/").status_code)
    assert statuses == [200] * 11 + [303] * 2


def test_a_reset_and_a_disabled_account_end_sessions_at_once(site: Site) -> None:
    sari, budi = site.signed_in(site.operator("sari")), site.signed_in(site.operator("budi"))
    with site.database.write() as conn:
        one_time = operators.reset_password(conn, "SARI", site.clock())
        operators.disable(conn, "budi")
    assert (sari.get("/").status_code, budi.get("/").status_code) == (303, 303)
    assert site.client().post("/masuk", {"nama": "budi", "sandi": PASSWORD}).status_code == 401
    assert site.client().post("/masuk", {"nama": "sari", "sandi": PASSWORD}).status_code == 401
    assert site.client().post("/masuk", {"nama": "sari", "sandi": one_time}).status_code == 303


def test_accounts_refuse_a_taken_name_and_an_unknown_role(database: Database, clock: Clock) -> None:
    with database.write() as conn:
        operators.add_operator(conn, region="kendal", name="sari", display_name="", role="OPERATOR", now=clock())
        with pytest.raises(operators.NameTaken):
            operators.add_operator(conn, region="luwu-timur", name=" SARI", display_name="", role="OPERATOR", now=clock())
        with pytest.raises(operators.RoleUnknown):
            operators.add_operator(conn, region="kendal", name="tono", display_name="", role="BUPATI", now=clock())
        with pytest.raises(operators.OperatorUnknown):
            operators.reset_password(conn, "tono", clock())


def test_the_language_is_kept_with_the_account(small: Site) -> None:
    browser = small.signed_in(small.operator())
    assert '<html lang="id">' in browser.get("/").text
    assert browser.post("/bahasa", {"bahasa": "en"}).status_code == 303
    assert '<html lang="en">' in browser.get("/").text
    browser.post("/bahasa", {"bahasa": "xx"})
    assert '<html lang="en">' in browser.get("/").text


def test_a_role_without_cases_sees_why(small: Site) -> None:
    _, code = small.case()
    page = small.signed_in(small.operator("adm", Role.ADMIN)).get("/")
    assert (page.status_code, code in page.text) == (200, False)
    assert "tidak membuka isi kasus" in page.text


def test_a_form_sent_after_the_sign_in_ended_leads_back_to_its_case(small: Site) -> None:
    _, code = small.case()
    browser = small.client()
    for path, back in (
        (f"/kasus/{code}/catat", f"/panel/kasus/{code}"),
        (f"/kasus/{code}/lembar/asesmen", f"/panel/kasus/{code}"),
        ("/piket/tugas", ""),
    ):
        answer = browser.post(path, {"isi": "x"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/panel/masuk" + (f"?lanjut={back}" if back else ""))
