"""The accounts page: who may keep accounts, what each act does and leaves behind, and that nobody can lock everybody out."""

from __future__ import annotations

import re
import threading

import pytest

from hotline import operate
from hotline.office import accounts
from hotline.staff import Right, Role, Who
from hotline.store import accounts as rows
from hotline.store import audit, queue, sign_ins
from hotline.store.queue import Lane
from tests.panel.site import Browser, Site, desks, visible_text
from tests.panel.test_auth import NEW, enter


def add(browser: Browser, name: str = "rini", shown: str = "Bu Rini", role: str = "OPERATOR") -> tuple[int, str]:
    """Send the form; the status, and the one-time password on the answer."""
    answer = browser.post("/akun", {"nama": name, "tampil": shown, "peran": role})
    found = re.search(r'id="one-time">([^<]+)<', answer.text)
    return answer.status_code, found[1] if found else ""


def account(site: Site, name: str, region: str = "kendal") -> rows.Account:
    with site.database.read() as conn:
        return next(a for a in rows.accounts(conn, region) if a.name == name)


def test_a_new_account_gets_a_password_once_and_chooses_its_own(site: Site) -> None:
    browser = site.signed_in(site.operator("tata", Role.ADMIN))
    status, password = add(browser, " Rini ")
    assert status == 200 and re.fullmatch(r"(\w{4}-){3}\w{4}", password)
    assert password not in browser.get("/akun").text
    theirs = site.client()
    assert enter(theirs, "rini", password) == 303
    assert theirs.get("/").headers["location"].endswith("/sandi")
    theirs.csrf = theirs.get("/sandi").text.partition('name="csrf" value="')[2].partition('"')[0]
    assert theirs.post("/sandi", {"lama": password, "baru": NEW, "ulang": NEW}).status_code == 303
    assert account(site, "rini").must_change is False
    assert site.actions()[0] == "account.add"


BAD = {
    "no name": ({"name": " "}, 400),
    "a space": ({"name": "rini sari"}, 400),
    "markup": ({"name": "<b>x</b>"}, 400),
    "a NUL": ({"name": "rini\0x"}, 400),
    "too long": ({"name": "r" * 64}, 400),
    "taken": ({"name": "TATA"}, 409),
    "no name for colleagues": ({"shown": "  "}, 400),
    "a long name for colleagues": ({"shown": "x" * 121}, 400),
    "an escape": ({"name": "rini\x1b[31m"}, 400),
    "a line break": ({"shown": "Bu\u2028Rini\x07"}, 400),
    "no role": ({"role": ""}, 400),
    "an unknown role": ({"role": "RAJA"}, 400),
}


@pytest.mark.parametrize("how", BAD)
def test_a_wrong_form_is_told_and_keeps_what_was_written(how: str, small: Site) -> None:
    browser = small.signed_in(small.operator("tata", Role.ADMIN))
    change, status = BAD[how]
    answer = browser.post(
        "/akun", {"nama": change.get("name", "rini"), "tampil": change.get("shown", "Bu Rini"), "peran": change.get("role", "OPERATOR")}
    )
    assert answer.status_code == status
    assert 'role="alert" id="notice"' in answer.text
    if "name" in change:
        assert 'value="Bu Rini"' in answer.text
    with small.database.read() as conn:
        assert [a.name for a in rows.accounts(conn, "kendal")] == ["tata"]


def test_who_is_disabled_is_out_at_once_and_may_come_back(site: Site) -> None:
    browser, rini = site.signed_in(site.operator("tata", Role.ADMIN)), site.operator("rini")
    theirs = site.signed_in(rini)
    assert browser.post(f"/akun/{rini.id}/nonaktif").status_code == 303
    assert theirs.get("/").headers["location"] == "/panel/masuk"
    assert enter(site.client(), "rini", "payung teduh di beranda") == 401
    assert "nonaktif" in visible_text(browser.get("/akun").text)
    assert browser.post(f"/akun/{rini.id}/aktif").status_code == 303
    assert enter(site.client(), "rini", "payung teduh di beranda") == 303
    assert [a for a in site.actions() if a.startswith("account")] == ["account.disable", "account.enable"]


def test_another_role_ends_the_sign_ins_and_another_name_does_not(site: Site) -> None:
    browser, rini = site.signed_in(site.operator("tata", Role.ADMIN)), site.operator("rini")
    theirs = site.signed_in(rini)
    browser.post(f"/akun/{rini.id}/ubah", {"tampil": "Bu Rini Baru", "peran": "OPERATOR"})
    assert "Bu Rini Baru" in theirs.get("/").text
    browser.post(f"/akun/{rini.id}/ubah", {"tampil": "Bu Rini Baru", "peran": "PENGAWAS"})
    assert theirs.get("/").status_code == 303
    assert account(site, "rini").role is Role.PENGAWAS
    with site.database.read() as conn:
        newest = audit.latest(conn, site.seal, "kendal", accounts.ACTIONS)[0]
    assert (newest.action, dict(newest.detail)) == ("account.role", {"account": "rini", "role": "PENGAWAS", "before": "OPERATOR"})


@pytest.mark.parametrize("how", ["disabled", "another role"])
def test_who_can_work_no_more_leaves_no_case_behind(how: str, site: Site) -> None:
    browser, rini, sari = site.signed_in(site.operator("tata", Role.ADMIN)), site.operator("rini"), site.operator("sari")
    theirs, over = site.case()[0], site.case()[0]
    for case_id in (theirs, over):
        site.give(case_id, rini.id)
    site.do(
        lambda conn: operate.close(
            conn, site.seal, desks()["kendal"], rini, over, version=site.version(over), reason="DUPLIKAT", text="x", now=site.clock()
        )
    )
    if how == "disabled":
        browser.post(f"/akun/{rini.id}/nonaktif")
    else:
        browser.post(f"/akun/{rini.id}/ubah", {"tampil": "Bu Rini", "peran": "PENGAWAS"})
    assert (site.state(theirs).owner_id, site.state(over).owner_id) == (None, rini.id)
    with site.database.read() as conn:
        assert [line.id for line in queue.page(conn, sari, Lane.BARU, now=site.clock()).lines] == [theirs]
    assert "case.release" in site.actions(theirs)


def test_a_new_name_or_another_role_that_works_cases_takes_none_away(small: Site) -> None:
    browser, rini = small.signed_in(small.operator("tata", Role.ADMIN)), small.operator("rini")
    case_id = small.case()[0]
    small.give(case_id, rini.id)
    browser.post(f"/akun/{rini.id}/ubah", {"tampil": "Bu Rini Baru", "peran": "PENELAAH"})
    assert small.state(case_id).owner_id == rini.id


def test_a_new_password_for_somebody_ends_their_sign_ins(site: Site) -> None:
    browser, rini = site.signed_in(site.operator("tata", Role.ADMIN)), site.operator("rini")
    theirs = site.signed_in(rini)
    page = browser.post(f"/akun/{rini.id}/sandi").text
    password = re.search(r'id="one-time">([^<]+)<', page)
    assert password is not None and theirs.get("/").status_code == 303
    assert enter(site.client(), "rini", "payung teduh di beranda") == 401
    assert enter(site.client(), "rini", password[1]) == 303


def test_nobody_changes_their_own_role_or_locks_themselves_out(small: Site) -> None:
    tata = small.operator("tata", Role.ADMIN)
    small.operator("bos", Role.SUPERVISOR)
    browser = small.signed_in(tata)
    for act, form in (("nonaktif", {}), ("ubah", {"tampil": "Tata", "peran": "SUPERVISOR"}), ("sandi", {})):
        answer = browser.post(f"/akun/{tata.id}/{act}", form)
        assert (answer.status_code, "Ini akun Anda sendiri" in answer.text) == (409, True), act
    assert (account(small, "tata").role, account(small, "tata").disabled) == (Role.ADMIN, False)


def test_the_last_who_leads_stays(small: Site) -> None:
    browser, bos = small.signed_in(small.operator("tata", Role.ADMIN)), small.operator("bos", Role.SUPERVISOR)
    for act, form in (("nonaktif", {}), ("ubah", {"tampil": "Pak Bos", "peran": "OPERATOR"})):
        answer = browser.post(f"/akun/{bos.id}/{act}", form)
        assert (answer.status_code, "orang terakhir" in answer.text) == (409, True)
    assert browser.post(f"/akun/{bos.id}/ubah", {"tampil": "Pak Bos", "peran": "MANAJER"}).status_code == 303
    small.operator("wakil", Role.SUPERVISOR)
    assert browser.post(f"/akun/{bos.id}/nonaktif").status_code == 303


def test_the_last_who_keeps_accounts_stays(small: Site) -> None:
    bos, tata = small.operator("bos", Role.SUPERVISOR), small.operator("tata", Role.ADMIN)
    profile = desks()["kendal"].profile
    keeper = Who(id=1, region="kendal", name="lain", display_name="Lain", role=Role.ADMIN)
    with small.database.write() as conn:
        accounts.disable(conn, small.seal, keeper, profile, tata.id, now=small.clock())
    with pytest.raises(accounts.LastOfTheirKind), small.database.write() as conn:
        accounts.disable(conn, small.seal, keeper, profile, bos.id, now=small.clock())


def test_of_two_leaders_who_disable_each_other_at_once_one_stays(site: Site) -> None:
    one, other = site.operator("satu", Role.SUPERVISOR), site.operator("dua", Role.SUPERVISOR)
    profile, begin, refused = desks()["kendal"].profile, threading.Barrier(2), []

    def disable(who: Who, whom: Who) -> None:
        begin.wait()
        try:
            with site.database.write() as conn:
                accounts.disable(conn, site.seal, who.with_profile(["akun"]), profile, whom.id, now=site.clock())
        except accounts.LastOfTheirKind as error:
            refused.append(error)

    threads = [threading.Thread(target=disable, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(refused), sorted(a.disabled for a in (account(site, "satu"), account(site, "dua")))) == (1, [False, True])


def test_accounts_of_another_region_are_neither_shown_nor_touched(site: Site) -> None:
    foreign = site.operator("jauh", region="luwu-timur")
    browser = site.signed_in(site.operator("tata", Role.ADMIN))
    assert "jauh" not in browser.get("/akun").text
    for act in ("nonaktif", "aktif", "sandi", "ubah"):
        answer = browser.post(f"/akun/{foreign.id}/{act}", {"tampil": "Dibajak", "peran": "ADMIN"})
        assert answer.status_code == 404, act
    assert (account(site, "jauh", "luwu-timur").disabled, account(site, "jauh", "luwu-timur").display_name) == (False, "Bu Jauh")


def test_an_admin_is_shown_no_case_by_any_door(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator("tata", Role.ADMIN))
    for path in ("/", "/akun", "/denyut"):
        page = browser.get(path).text
        assert code not in page and 'class="search"' not in page and "/daftar/" not in page, path


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PIKET, Role.PENDAMPING, Role.DATA, Role.PENGAWAS, Role.PENELAAH])
def test_no_other_role_keeps_accounts(role: Role, small: Site) -> None:
    who = small.operator("sari", role)
    browser = small.signed_in(who)
    assert browser.get("/akun").status_code == 403
    assert add(browser)[0] == 403
    assert "/akun" not in browser.get("/").text


def test_a_profile_may_give_the_right_to_more_roles_and_no_right_to_cases() -> None:
    who = Who(id=1, region="kendal", name="x", display_name="X", role=Role.DATA)
    given = who.with_profile(["akun", "baca", "setujui"])
    assert (given.may(Right.ACCOUNTS), given.may(Right.READ), given.may(Right.APPROVE)) == (True, False, False)


def test_running_sign_ins_are_shown_by_when_they_were_last_used(small: Site) -> None:
    rini = small.operator("rini")
    assert account(small, "rini").seen_at is None
    with small.database.write() as conn:
        sign_ins.begin(conn, rini.id, small.clock())
    assert account(small, "rini").seen_at == small.clock()
