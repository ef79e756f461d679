"""The drawings of the dialogs, the satisfaction figure, and cases kept from whom they concern."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hotline.case import Emergency, EventKind, Level
from hotline.casework.exclude import NotYourself, exclude
from hotline.staff import Role
from hotline.store import conflicts, queue, surveys
from hotline.store.cases import CaseNotFound
from panel.office.intake import DIALOGS
from tests.panel.site import Site, answer, desks, visible_text

FIVE = [{f"u{n}": grade for n in range(1, 10)} for grade in ("4", "4", "3", "3", "4")]


def test_everybody_who_signs_in_sees_the_dialogs_drawn(small: Site) -> None:
    browser = small.signed_in(small.operator(role=Role.DATA))
    listed = browser.get("/dialog")
    assert listed.status_code == 200 and "/panel/dialog/report" in listed.text
    assert 'src="/panel/dialog/report/gambar.svg"' in browser.get("/dialog/report").text
    picture = browser.get("/dialog/report/gambar.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text.startswith("<svg") and "pelapor" in picture.text


def test_dialogs_are_named_as_people_call_them_in_the_order_in_which_they_are_met(small: Site) -> None:
    book = desks()["kendal"].book
    assert set(DIALOGS) == set(book.dialogs)
    text = visible_text(small.signed_in(small.operator()).get("/dialog").text)
    assert 0 < text.index("Pembuka") < text.index("Cerita tentang anak") < text.index("Memilih bahasa (BAHASA)")


@pytest.mark.parametrize("path", ["/dialog/tidak-ada", "/dialog/tidak-ada/gambar.svg"])
def test_a_dialog_that_does_not_exist_is_not_found(small: Site, path: str) -> None:
    assert small.signed_in(small.operator()).get(path).status_code == 404


def _answered(site: Site, *answers: Mapping[str, str], region: str = "kendal") -> None:
    site.do(lambda conn: [surveys.keep(conn, region, one, site.clock()) for one in answers])


@pytest.mark.requirement("ASA-07")
def test_the_satisfaction_figure_with_its_grade(small: Site) -> None:
    browser = small.signed_in(small.operator(role=Role.PENGAWAS))
    _answered(small, *FIVE)
    assert "Belum ada angka" in visible_text(browser.get("/kepuasan").text)  # the month is not over
    small.clock.shift(days=40)
    text = visible_text(small.signed_in(small.who("sari")).get("/kepuasan").text)
    assert "89.91 · A" in text and "5 jawaban" in text and "U1 Persyaratan 3.60" in text


def test_few_answers_show_nothing(small: Site) -> None:
    small.operator(role=Role.PENGAWAS)
    _answered(small, *FIVE[:4])
    _answered(small, *FIVE, region="luwu-timur")
    small.clock.shift(days=40)
    text = visible_text(small.signed_in(small.who("sari")).get("/kepuasan?bulan=1999-01").text)
    assert "Belum ada angka" in text and "U1" not in text


def test_one_late_answer_changes_no_figure_until_others_stand_beside_it(small: Site) -> None:
    """Otherwise the total after it, less the total before it, would be that one person's answer."""
    small.operator(role=Role.PENGAWAS)
    worst = dict.fromkeys(FIVE[0], "1")
    _answered(small, *FIVE)
    first = f"{small.clock():%Y-%m}"
    small.clock.shift(days=40)
    _answered(small, worst)
    alone = f"{small.clock():%Y-%m}"
    small.clock.shift(days=40)
    browser = small.signed_in(small.who("sari"))
    for address in ("/kepuasan", f"/kepuasan?bulan={first}", f"/kepuasan?bulan={alone}"):
        text = visible_text(browser.get(address).text)
        assert "89.91 · A" in text and "· 5 jawaban" in text
    _answered(small, *[worst] * 4)
    small.clock.shift(days=40)
    browser = small.signed_in(small.who("sari"))
    assert "10 jawaban" in visible_text(browser.get("/kepuasan").text)
    together = visible_text(browser.get(f"/kepuasan?bulan={alone}").text)
    assert "5 jawaban" in together and "U1 Persyaratan 1.00" in together and f"{alone} –" in together


def test_somebody_of_the_dinas_is_spoken_of_and_the_case_goes_one_level_up(small: Site) -> None:
    case_id, code = small.case(level=Level.TINGGI, more=[answer(small.clock, "R14", "dinas")])
    operator, leader = small.operator("sari"), small.operator("nanik", Role.SUPERVISOR)

    assert small.signed_in(operator).get(f"/kasus/{code}").status_code == 404
    assert code not in small.signed_in(operator).get("/").text
    page = small.signed_in(leader).get(f"/kasus/{code}")
    assert page.status_code == 200 and "hanya terlihat oleh pimpinan" in visible_text(page.text)

    small.give(case_id, operator.id)
    assert small.signed_in(operator).get(f"/kasus/{code}").status_code == 200, "whom it was given to may see it"


@pytest.mark.parametrize("place", ["sekolah", "desa", "polisi", "tidak", "tidak_tahu"])
def test_other_places_keep_it_from_nobody(small: Site, place: str) -> None:
    _, code = small.case(more=[answer(small.clock, "R14", place)])
    assert small.signed_in(small.operator()).get(f"/kasus/{code}").status_code == 200


def test_an_answer_taken_back_lets_everybody_see_it_again(small: Site) -> None:
    more = [answer(small.clock, "R14", "dinas"), answer(small.clock, "R14", "tidak")]
    _, code = small.case(more=more)
    assert small.signed_in(small.operator()).get(f"/kasus/{code}").status_code == 200


def test_an_emergency_is_held_up_by_no_conflict(small: Site) -> None:
    case_id, code = small.case(level=Level.DARURAT, rings=True, more=[answer(small.clock, "R14", "dinas")])
    answering, another = small.signed_in(small.operator(role=Role.PIKET)), small.signed_in(small.operator("budi", role=Role.PIKET))
    assert small.state(case_id).emergency is Emergency.AKTIF
    assert answering.get(f"/kasus/{code}").status_code == another.get(f"/kasus/{code}").status_code == 200
    answering.post(f"/kasus/{code}/akui")
    assert answering.get(f"/kasus/{code}").status_code == 200, "who silenced it must be able to help"
    assert another.get(f"/kasus/{code}").status_code == 404
    done = answering.post(f"/kasus/{code}/tindakan", {"versi": str(small.version(case_id)), "isi": "Anak aman.", "selesai": "ya"})
    assert done.status_code == 303
    ended = small.state(case_id).emergency is Emergency.SELESAI
    assert answering.get(f"/kasus/{code}").status_code == (404 if ended else 200)


def test_an_excluded_colleague_sees_the_case_by_no_door(small: Site) -> None:
    case_id, code = small.case(level=Level.DARURAT)
    colleague, leader = small.operator("sari"), small.operator("nanik", Role.SUPERVISOR)
    small.give(case_id, colleague.id)
    browser = small.signed_in(leader)

    assert browser.post(f"/kasus/{code}/kecualikan", {"petugas": str(colleague.id), "alasan": "Saudara terlapor"}).status_code == 303
    assert f"{colleague.display_name} tidak melihat kasus ini" in visible_text(browser.get(f"/kasus/{code}").text)

    theirs = small.signed_in(colleague)
    assert theirs.get(f"/kasus/{code}").status_code == 404
    assert theirs.post(f"/kasus/{code}/catat", {"versi": "1", "isi": "x"}).status_code == 404
    assert code not in theirs.get("/").text and code not in theirs.get("/daftar/terbuka").text
    with small.database.read() as conn, pytest.raises(CaseNotFound):
        queue.by_id(conn, colleague, case_id)
    assert small.state(case_id).owner_id is None, "it went back to its lane"
    assert EventKind.RELEASED in small.kinds(case_id)
    assert "case.exclude" in small.actions(case_id)

    browser.post(f"/kasus/{code}/sertakan", {"petugas": str(colleague.id), "alasan": "Keliru orang"})
    assert theirs.get(f"/kasus/{code}").status_code == 200
    assert "case.include" in small.actions(case_id)


@pytest.mark.parametrize(
    ("who", "fields", "status"),
    [
        ("self", {"alasan": "x"}, 409),
        ("sari", {"alasan": "  "}, 400),
        ("elsewhere", {"alasan": "x"}, 409),
        ("nobody", {"alasan": "x"}, 409),
    ],
)
def test_what_cannot_be_excluded_is_refused(small: Site, who: str, fields: dict[str, str], status: int) -> None:
    _, code = small.case()
    leader, sari = small.operator("nanik", Role.SUPERVISOR), small.operator("sari")
    elsewhere = small.operator("luh", region="luwu-timur")
    ids = {"self": leader.id, "sari": sari.id, "elsewhere": elsewhere.id, "nobody": 7}
    refused = small.signed_in(leader).post(f"/kasus/{code}/kecualikan", {"petugas": str(ids[who]), **fields})
    assert refused.status_code == status


def test_nobody_excludes_themselves(small: Site) -> None:
    case_id, _ = small.case()
    leader = small.operator("nanik", Role.SUPERVISOR)
    with pytest.raises(NotYourself):
        small.do(lambda conn: exclude(conn, small.seal, leader, case_id, leader.id, reason="x", now=small.clock()))
    with small.database.read() as conn:
        assert conflicts.excluded(conn, case_id) == {}
