"""Referrals and what became of the plan: to whom, for what reason, what they answered, and planned beside done."""

from __future__ import annotations

import pytest

from hotline.case import SYSTEM, Event, EventKind, Level
from hotline.sheets import SHEETS
from hotline.staff import Role
from hotline.store import cases
from tests.panel.site import Browser, Site, visible_text

ON = {"saat": "2026-11-23T08:30"}
REFERRED = ON | {"tujuan": "Puskesmas Weleri", "alasan": "Luka perlu dirawat", "jawaban": "diajukan"}


def send(browser: Browser, code: str, sheet: str, **fields: str) -> int:
    return browser.post(f"/kasus/{code}/lembar/{sheet}", fields).status_code


def put(site: Site, case_id: int, stage: str) -> None:
    with site.database.write() as conn:
        cases.append(conn, site.seal, case_id, [Event(kind=EventKind.MOVED, at=site.clock(), author=SYSTEM, body={"stage": stage})])


@pytest.mark.requirement("BLO-11")
def test_a_child_is_referred_to_who_gives_the_service_and_their_answer_is_kept(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    shown = browser.get(f"/kasus/{code}/lembar/rujukan_layanan").text
    assert '<optgroup label="Layanan hukum">' in shown and "aparat penegak hukum</option>" in shown
    for wrong in ({"layanan": "kesehatan.lembaga_zakat"}, {"layanan": "kesehatan"}, {"tujuan": " "}, {"alasan": ""}, {"jawaban": "entah"}):
        assert send(browser, code, "rujukan_layanan", **({"layanan": "kesehatan.faskes"} | REFERRED | wrong)) == 400
    assert send(browser, code, "rujukan_layanan", layanan="kesehatan.faskes", **REFERRED) == 303
    assert (
        send(browser, code, "rujukan_layanan", layanan="kesehatan.faskes", **(REFERRED | {"jawaban": "ditolak", "hasil": "Penuh"})) == 303
    )
    text = visible_text(browser.get(f"/kasus/{code}").text)
    assert text.count("Layanan kesehatan: fasilitas kesehatan") == 2
    for part in ("23 Nov 2026 08.30", "Puskesmas Weleri", "Luka perlu dirawat", "Diajukan", "Ditolak", "Hasil Penuh"):
        assert part in text, part


@pytest.mark.requirement("KEN-09", "KEN-33")
def test_a_request_is_referred_at_four_levels_once_the_manager_has_opened_the_way(small: Site) -> None:
    case_id, code = small.case(track="layanan", level=Level.SEDANG)
    back, boss = small.signed_in(small.operator("bo", Role.PENELAAH)), small.signed_in(small.operator("bos", Role.MANAJER))
    put(small, case_id, "DI_SLRT_KABUPATEN")
    asked = REFERRED | {"tujuan": "Pengelola program", "tingkat": "provinsi"}
    assert "Lembar ini menunggu tahapnya" in back.get(f"/kasus/{code}/lembar/rujukan_program").text  # before anybody has filled it in
    refused = back.post(f"/kasus/{code}/lembar/rujukan_program", asked)
    assert refused.status_code == 409 and "Lembar ini menunggu tahapnya" in refused.text and "Pengelola program" in refused.text

    def move(browser: Browser) -> int:
        return browser.post(f"/kasus/{code}/pindah", {"versi": str(small.version(case_id)), "tahap": "RUJUKAN"}).status_code

    assert [move(back), move(boss)] == [409, 303]
    levels = next(field for field in SHEETS["rujukan_program"].fields if field.key == "tingkat").choices
    assert list(levels) == ["kabupaten", "provinsi", "pusat", "nonpemerintah"]
    for level in levels:
        assert send(back, code, "rujukan_program", **(asked | {"tingkat": level})) == 303
    assert small.kinds(case_id).count(EventKind.RECORDED) == 4


def test_an_emergency_waits_for_no_stage(small: Site) -> None:
    _, code = small.case(track="layanan", level=Level.DARURAT)
    browser = small.signed_in(small.operator())
    assert send(browser, code, "rujukan_program", tingkat="kabupaten", **REFERRED) == 303


@pytest.mark.requirement("LUT-42")
def test_what_was_done_stands_beside_the_plan_with_a_mark(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    plan = "Konseling tiap pekan, sekolah tetap jalan"
    assert (
        send(browser, code, "pembahasan_kasus", **ON, peserta="Peksos, guru BK", hasil="Aman di rumah nenek", rencana=plan, sekolah="tetap")
        == 303
    )
    assert plan in browser.get(f"/kasus/{code}/lembar/pemantauan").text
    done = ON | {"rencana": plan, "terlaksana": "Konseling dua kali", "sesuai": "sebagian", "nilai": "n3"}
    assert send(browser, code, "pemantauan", **(done | {"nilai": "n9"})) == 400
    assert send(browser, code, "pemantauan", **done) == 303
    text = visible_text(browser.get(f"/kasus/{code}").text)
    assert f"Rencana layanan {plan} Yang terlaksana Konseling dua kali Sesuai rencana? Sebagian Nilai hasil 3, baik" in text


@pytest.mark.requirement("LUT-08")
def test_no_service_to_a_child_without_a_plan_of_the_conference_but_an_emergency_waits_for_none(small: Site) -> None:
    case_id, code = small.case()
    browser = small.signed_in(small.operator())

    def move(code: str, stage: str) -> int:
        held = case_id if code != urgent else urgent_id
        return browser.post(f"/kasus/{code}/pindah", {"versi": str(small.version(held)), "tahap": stage}).status_code

    urgent_id, urgent = small.case(level=Level.DARURAT)
    put(small, case_id, "PEMBAHASAN_KASUS")
    put(small, urgent_id, "PEMBAHASAN_KASUS")
    assert (move(code, "INTERVENSI"), move(urgent, "INTERVENSI")) == (409, 303)
    assert (
        send(browser, code, "pembahasan_kasus", **ON, peserta="Peksos", hasil="Aman", rencana="Konseling tiap pekan", sekolah="tetap")
        == 303
    )
    assert small.state(case_id).planned and move(code, "INTERVENSI") == 303
    assert small.kinds(case_id)[3:] == [EventKind.MOVED, EventKind.RECORDED, EventKind.CLAIMED, EventKind.MOVED]
