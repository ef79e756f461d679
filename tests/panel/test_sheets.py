"""The sheets of a case in the panel: filled in without a script, kept one after another, and read by nobody who may not."""

from __future__ import annotations

import re

import pytest

from hotline.case import Audience, Event, EventKind
from hotline.staff import Role
from hotline.store import cases
from tests.panel.site import Browser, Site, visible_text

FIRST = {"saat": "2026-11-23T08:30", "cara": "kunjungan", "aman": "tidak", "isi": "Bertemu di sekolah, tanpa orang rumah"}


def send(browser: Browser, code: str, sheet: str, **fields: str) -> int:
    return browser.post(f"/kasus/{code}/lembar/{sheet}", fields).status_code


@pytest.mark.requirement("LUT-24")
def test_a_first_contact_is_kept_with_its_time_its_way_and_whether_it_was_safe(site: Site) -> None:
    case_id, code = site.case()
    browser = site.signed_in(site.operator("dewi", Role.PIKET))
    assert send(browser, code, "kontak_awal", **FIRST) == 303
    [kept] = [e for e in _events(site, case_id) if e.kind is EventKind.RECORDED]
    assert (kept.body["on"], kept.audience) == ("2026-11-23T08:30:00+07:00", Audience.STAFF)
    text = visible_text(browser.get(f"/kasus/{code}").text)
    assert "Kontak awal Bu Dewi" in text and "23 Nov 2026 08.30" in text
    assert "Cara Kunjungan" in text and "Aman dihubungi lagi dengan cara ini? Tidak" in text and FIRST["isi"] in text
    assert site.actions(case_id) == ["case.sheet", "case.view"]


def _events(site: Site, case_id: int) -> list[Event]:
    with site.database.read() as conn:
        return cases.load_events(conn, site.seal, case_id)


def test_a_new_sheet_begins_with_the_last_and_leaves_it_as_it_was(small: Site) -> None:
    case_id, code = small.case()
    browser = small.signed_in(small.operator())
    send(browser, code, "kontak_awal", **FIRST)
    assert FIRST["isi"] in browser.get(f"/kasus/{code}/lembar/kontak_awal").text
    assert send(browser, code, "kontak_awal", **(FIRST | {"aman": "ya", "isi": ""})) == 303
    text = visible_text(browser.get(f"/kasus/{code}").text)
    assert FIRST["isi"] in text and text.count("Aman dihubungi lagi dengan cara ini?") == 2
    assert small.kinds(case_id).count(EventKind.RECORDED) == 2


def test_an_impatient_finger_keeps_one_sheet(small: Site) -> None:
    case_id, code = small.case()
    browser, colleague = small.signed_in(small.operator()), small.signed_in(small.operator("budi"))
    assert [send(who, code, "kontak_awal", **FIRST) for who in (browser, browser, colleague)] == [303, 303, 303]
    assert small.kinds(case_id).count(EventKind.RECORDED) == small.actions(case_id).count("case.sheet") == 2


def test_what_is_missing_is_named_and_nothing_written_is_lost(small: Site) -> None:
    case_id, code = small.case()
    browser = small.signed_in(small.operator())
    refused = browser.post(f"/kasus/{code}/lembar/asesmen", {"saat": "2026-11-23T08:30", "data": "<b>Tiga kali</b> pindah rumah"})
    assert refused.status_code == 400 and "&lt;b&gt;Tiga kali&lt;/b&gt; pindah rumah" in refused.text
    notice = visible_text(refused.text.partition('id="notice"')[2].partition("</div>")[0])
    assert "Lembar belum lengkap" in notice and "Kesimpulan" in notice and "Kondisi fisik" not in notice
    for wrong in ({"saat": "besok"}, {"saat": "2026-12-24T08:00"}, {"isi": "a" * 4001}, {"cara": "merpati"}):
        assert send(browser, code, "kontak_awal", **(FIRST | wrong)) == 400
    assert EventKind.RECORDED not in small.kinds(case_id)


def test_a_sheet_of_the_other_track_of_nothing_or_of_a_closed_case_is_none(small: Site) -> None:
    _, child = small.case()
    _, aid = small.case(track="layanan")
    browser = small.signed_in(small.operator())
    checked = {"saat": "2026-11-23T08:30", "sumber": "dtsen", "hasil": "tidak"}
    assert [send(browser, code, "cek_data", **checked) for code in (child, aid)] == [404, 303]
    assert browser.get(f"/kasus/{aid}/lembar/kontak_awal").status_code == 404
    assert browser.get(f"/kasus/{child}/lembar/lain").status_code == 404
    assert send(small.signed_in(small.operator("rina", Role.PENDAMPING)), child, "kontak_awal", **FIRST) == 404
    closed = browser.post(f"/kasus/{child}/tutup", {"versi": "3", "alasan": "DUPLIKAT", "keterangan": "sama dengan laporan kemarin"})
    assert closed.status_code == 303 and send(browser, child, "kontak_awal", **FIRST) == 409


def test_of_two_who_fill_the_same_sheet_the_second_reads_the_first(site: Site) -> None:
    case_id, code = site.case()
    sari, budi = site.signed_in(site.operator("sari")), site.signed_in(site.operator("budi"))
    send(sari, code, "kontak_awal", **FIRST)
    began = [re.search(r'name="versi" value="(\d+)"', who.get(f"/kasus/{code}/lembar/kontak_awal").text)[1] for who in (sari, budi)]  # type: ignore[index]
    newer = FIRST | {"isi": "Anak ingin tinggal dengan nenek"}
    assert send(sari, code, "kontak_awal", versi=began[0], **newer) == 303
    mine = FIRST | {"aman": "ya", "isi": "Bertemu lagi di sekolah"}
    refused = budi.post(f"/kasus/{code}/lembar/kontak_awal", {"versi": began[1], **mine})
    assert refused.status_code == 409 and "Bertemu lagi di sekolah</textarea>" in refused.text
    notice = visible_text(refused.text.partition('id="notice"')[2].partition("<form")[0])
    assert "sudah diisi rekan Anda" in notice and "Anak ingin tinggal dengan nenek" in notice
    assert site.kinds(case_id).count(EventKind.RECORDED) == 2
    looks, unseen = site.actions(case_id).count("case.view"), site.signed_in(site.operator("tono"))
    assert "Anak ingin tinggal" in unseen.post(f"/kasus/{code}/lembar/kontak_awal", {"versi": "1", **mine}).text
    assert site.actions(case_id).count("case.view") == looks + 1, "who reads it so has looked at it"
    again = re.search(r'name="versi" value="(\d+)"', refused.text)
    assert again is not None and send(budi, code, "kontak_awal", versi=again[1], **mine) == 303
    for other in ("rekan_lain", "9" * 30, "-1"):  # an unreadable version holds nobody up
        assert send(budi, code, "kontak_awal", versi=other, **mine) == 303
