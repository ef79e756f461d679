"""What somebody stumbles over on the first day in the panel, and does not any more."""

from __future__ import annotations

import re

import pytest

from hotline.case import Event, EventKind, Level, Track, operator_author
from hotline.casework import levels
from hotline.staff import Role
from hotline.store import cases
from hotline.workflow import next_stages
from tests.panel.site import Site, answer, desks, visible_text
from tests.panel.test_alarm import ringing


def facts(page: str) -> str:
    return visible_text(page[page.index('id="facts"') : page.index("</section>", page.index('id="facts"'))])


def test_kind_and_district_that_the_story_did_not_tell_are_filled_in(site: Site) -> None:
    who = site.operator()
    case_id, code = site.case(more=[answer(site.clock, "jenis", "tidak_tahu"), answer(site.clock, "kecamatan", "tidak_tahu")])
    browser = site.signed_in(who)
    assert "Kecamatan belum diketahui" in facts(browser.get(f"/kasus/{code}").text)
    version = str(site.version(case_id))
    said = browser.post(f"/kasus/{code}/lengkapi", {"versi": version, "jenis": "seksual", "kecamatan": "Boja"})
    assert said.status_code == 303
    page = browser.get(f"/kasus/{code}").text
    assert "Jenis Kekerasan seksual" in facts(page) and "Kecamatan Boja" in facts(page)
    assert site.state(case_id).answers["jenis"] == "seksual", "rules go by it: mediation is none, the police period runs"
    assert "Laporan ke kepolisian" in facts(page)
    assert "Jenis: Kekerasan seksual" in visible_text(page) and "case.establish" in site.actions(case_id)
    assert "Boja" in browser.get("/").text
    again = browser.post(f"/kasus/{code}/lengkapi", {"versi": str(site.version(case_id)), "kecamatan": "Boja"})
    assert again.status_code == 409 and "Sudah demikian adanya" in again.text
    assert browser.post(f"/kasus/{code}/lengkapi", {"versi": version, "kecamatan": "Weleri"}).status_code == 409, "somebody else saved"


def test_a_reporter_who_does_not_know_makes_nothing_less_known(site: Site) -> None:
    who = site.operator()
    case_id, code = site.case(more=[answer(site.clock, "jenis", "fisik")])
    fields = {"versi": str(site.version(case_id)), "jenis": "seksual", "kecamatan": "Boja"}
    assert site.signed_in(who).post(f"/kasus/{code}/lengkapi", fields).status_code == 303

    def told(key: str, value: str) -> tuple[str, str]:
        with site.database.write() as conn:
            cases.append(conn, site.seal, case_id, [answer(site.clock, key, value)])
            line = cases.Ledger(conn, site.seal).row(case_id)
        return line["kind"], line["area"]

    assert told("kecamatan", "tidak_tahu") == told("jenis", "tidak_tahu") == ("seksual", "Boja")
    answers = site.state(case_id).answers
    assert (answers["jenis"], answers["kecamatan"]) == ("seksual", "Boja")
    assert told("kecamatan", "Weleri")[1] == site.state(case_id).answers["kecamatan"] == "Weleri", "what the reporter does know counts"


def test_a_reporter_may_take_back_what_only_the_reporter_told(site: Site) -> None:
    case_id, _ = site.case(more=[answer(site.clock, "kecamatan", "Boja")])
    with site.database.write() as conn:
        cases.append(conn, site.seal, case_id, [answer(site.clock, "kecamatan", "tidak_tahu")])
        area = cases.Ledger(conn, site.seal).row(case_id)["area"]
    assert area == site.state(case_id).answers["kecamatan"] == "tidak_tahu"


def test_the_kind_of_an_aid_request_stands_where_its_story_puts_it(site: Site) -> None:
    case_id, code = site.case(track="layanan")
    fields = {"versi": str(site.version(case_id)), "jenis": desks()["kendal"].profile.kinds(Track.LAYANAN)[-1].code}
    assert site.signed_in(site.operator()).post(f"/kasus/{code}/lengkapi", fields).status_code == 303
    assert site.state(case_id).answers["layanan"] == fields["jenis"]


@pytest.mark.parametrize(("field", "value"), [("kecamatan", "Jakarta"), ("jenis", "aneh")])
def test_what_the_profile_does_not_know_is_refused(site: Site, field: str, value: str) -> None:
    who = site.operator()
    case_id, code = site.case()
    said = site.signed_in(who).post(f"/kasus/{code}/lengkapi", {"versi": str(site.version(case_id)), field: value})
    assert said.status_code == 400 and "Pilihan itu tidak dikenal" in said.text
    assert site.kinds(case_id)[-1] is not EventKind.RECORDED


def test_the_next_step_of_an_alarm_has_one_time_everywhere(site: Site) -> None:
    _, code = ringing(site)
    page = site.signed_in(site.operator()).get(f"/kasus/{code}").text
    soon = re.search(r"Berikutnya pukul ([\d.]+)", visible_text(page))
    assert soon is not None
    steps = page[page.index('id="rings"') :]
    pending = re.search(r'<li class="soft"><b>([\d.]+)</b>', steps)
    assert pending is not None and pending[1] == soon[1]


def test_who_assigns_is_told_apart_from_who_takes(site: Site) -> None:
    sari, ani = site.operator("sari"), site.operator("ani", Role.PENDAMPING)
    case_id, code = site.case()
    browser = site.signed_in(sari)
    browser.post(f"/kasus/{code}/ambil")
    fields = {"versi": str(site.version(case_id)), "kepada": str(ani.id), "nomor": "094/1", "penerbit": "Dinas", "draf": "ya"}
    given = browser.post(f"/kasus/{code}/tugaskan", fields | {"tanggal": f"{site.clock():%Y-%m-%d}"})
    assert given.status_code == 303
    told = visible_text(browser.get(f"/kasus/{code}").text)
    assert "Bu Sari mengambil kasus" in told and "Bu Sari menugaskan Bu Ani" in told and "Bu Ani mengambil" not in told


def test_a_lowered_level_is_told_as_where_it_went(site: Site) -> None:
    sari, budi = site.operator("sari"), site.operator("budi", Role.SUPERVISOR)
    case_id, code = site.case(level=Level.TINGGI)
    now = site.clock()
    lower = {"version": site.version(case_id), "level": Level.SEDANG, "reason": "sudah aman", "now": now}
    site.do(lambda c: levels.lower(c, site.seal, sari, case_id, **lower))  # type: ignore[arg-type]
    browser = site.signed_in(budi)
    assert "Diusulkan turun ke SEDANG oleh Bu Sari" in visible_text(browser.get(f"/kasus/{code}").text)
    browser.post(f"/kasus/{code}/setujui", {"versi": str(site.version(case_id))})
    told = visible_text(browser.get(f"/kasus/{code}").text)
    assert "Diturunkan ke SEDANG disetujui Bu Budi" in told.replace(" ,", "")
    assert "Diturunkan ke SEDANG, sebab: sudah aman" in told


def test_a_case_reopened_before_its_end_can_go_back_to_work(site: Site) -> None:
    case_id, _ = site.case()
    body = {"stage": "PERSIAPAN_TERMINASI", "note": ""}
    moved = Event(kind=EventKind.MOVED, at=site.clock(), author=operator_author(1), body=body)
    site.do(lambda c: cases.append(c, site.seal, case_id, [moved]))
    ways = {stage.code for stage in next_stages(desks()["kendal"].profile, site.state(case_id))}
    assert {"ASESMEN", "PEMBAHASAN_KASUS"} <= ways


def test_the_address_of_an_act_leads_to_its_page(site: Site) -> None:
    _, code = site.case()
    browser = site.signed_in(site.operator())
    for act, there in ((f"/kasus/{code}/balas", f"/kasus/{code}"), ("/hp-piket/kode", "/hp-piket")):
        answered = browser.get(act)
        assert (answered.status_code, answered.headers["location"]) == (303, f"/panel{there}")
        assert browser.get(there).status_code == 200


def test_whose_sign_in_ends_while_a_page_asks_comes_back_to_it(site: Site) -> None:
    _, code = site.case()
    asked = {"hx_request": "true", "hx_current_url": f"http://testserver/panel/kasus/{code}?x=1"}
    sent = site.client().get(f"/kasus/{code}", **asked)
    assert sent.headers["hx-redirect"] == f"/panel/masuk?lanjut=/panel/kasus/{code}"
    broken = site.client().get(f"/kasus/{code}", hx_request="true", hx_current_url="https://[bad")
    assert (broken.status_code, broken.headers["hx-redirect"]) == (401, "/panel/masuk")
    foreign = site.client().get(f"/kasus/{code}", hx_request="true", hx_current_url="https://evil.example/elsewhere")
    assert foreign.headers["hx-redirect"] == "/panel/masuk"


def test_nobody_is_chosen_before_somebody_chooses(site: Site) -> None:
    sari = site.operator("sari")
    case_id, code = site.case()
    site.give(case_id, sari.id)
    page = site.signed_in(sari).get(f"/kasus/{code}").text
    form = page[page.index('id="act-assign"') : page.index('id="letter"')]
    assert "selected" not in form


def test_after_a_conflict_the_stage_is_chosen_anew(site: Site) -> None:
    sari, budi = site.operator("sari"), site.operator("budi", Role.SUPERVISOR)
    case_id, code = site.case()
    before = str(site.version(case_id))
    moved = site.signed_in(budi).post(f"/kasus/{code}/pindah", {"versi": before, "tahap": "TELAAH"})
    assert moved.status_code == 303
    refused = site.signed_in(sari).post(f"/kasus/{code}/pindah", {"versi": before, "tahap": "TELAAH"})
    select = refused.text[refused.text.index('id="stage"') :]
    assert refused.status_code == 409 and select.index('<option value="">') < select.index('<option value="REGISTRASI">')
