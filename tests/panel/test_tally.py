"""The year's figures in the panel: of whose region, of which year, and without a case, a small number or a word in them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from hotline.case import Level
from hotline.staff import Role
from tests.panel.site import Browser, Site, answer, visible_text


def many(site: Site, cases: int, kecamatan: str, **more: object) -> list[str]:
    told = [answer(site.clock, "kecamatan", kecamatan), answer(site.clock, "pelapor", "guru")]
    return [site.case(more=told, **more)[1] for _ in range(cases)]  # type: ignore[arg-type]


def rows(browser: Browser, year: int) -> list[list[str]]:
    got = browser.get(f"/angka/{year}.csv")
    assert got.headers["content-disposition"] == f'attachment; filename="kendal-{year}.csv"'
    return list(csv.reader(io.StringIO(got.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.requirement("BLO-22", "BLO-35", "ASA-10", "ASA-13", "KEN-57")
def test_a_years_cases_are_counted_for_the_report_and_lead_to_nobody(site: Site) -> None:
    codes = [*many(site, 6, "Weleri"), *many(site, 5, "=1+1 rumah bu Nanik", level=Level.DARURAT), *many(site, 2, "Kaliwungu")]
    many(site, 9, "Malili", region="luwu-timur")
    browser = site.signed_in(site.operator("data", Role.DATA))
    head, *found = rows(browser, 2026)
    assert head == ["tahun", "jalur", "menurut", "nilai", "kasus"]
    assert ["2026", "Perlindungan anak", "semua", "semua", "13"] in found
    by = {(what, value): cases for _, _, what, value, cases in found}
    assert (by["Kecamatan", "Weleri"], by["Pelapor", "guru atau sekolah"], by["Jenis", "Kekerasan fisik"]) == ("6", "13", "13")
    # Two cases are not told, and neither is the next smallest figure, from which they could be reckoned.
    assert (by["Kecamatan", "Kaliwungu"], by["Kecamatan", "lain atau tidak diketahui"]) == ("–", "–")
    assert (by["Tingkat", "TINGGI"], by["Tingkat", "DARURAT"]) == ("8", "5")
    page = browser.get("/angka").text
    for shown in (page, str(found)):
        assert not any(part in shown for part in (*codes, "Nanik", "1+1", "Malili"))
    assert "Weleri 6" in visible_text(page) and "Perlindungan anak: 13" in visible_text(page)


def test_a_year_is_that_of_the_region_and_one_without_cases_is_this_one(small: Site) -> None:
    small.clock.set(datetime(2026, 12, 31, 18, tzinfo=UTC))  # New Year in Kendal
    many(small, 5, "Weleri")
    browser = small.signed_in(small.operator())
    assert "Angka kasus 2027" in visible_text(browser.get("/angka").text)
    for wrong in ("2026", "2027'--", "x" * 300, "1"):
        assert "Angka kasus 2027" in visible_text(browser.get(f"/angka?tahun={wrong}").text)
    assert rows(browser, 2027)[1][-1] == "5"
    small.clock.shift(days=365)
    text = visible_text(small.signed_in(small.operator("budi")).get("/angka").text)
    assert "Belum ada kasus dalam tahun ini." in text and "2028 2027" in text
