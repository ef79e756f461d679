"""What must be on a sheet of case work, and what becomes of wrong answers."""

from __future__ import annotations

import pytest

from hotline.regions import load_profile, profiles
from hotline.sheets import (
    ASSESSMENT,
    CONFERENCE,
    CONTRACT,
    FIRST_CONTACT,
    LIMIT,
    OPINION,
    REGISTER,
    SHEETS,
    AnswerTooLong,
    SheetIncomplete,
    read,
)

CONTACT = {"cara": "telepon", "aman": "tidak"}


def missing(sheet: str, **given: str) -> tuple[str, ...]:
    with pytest.raises(SheetIncomplete) as refused:
        read(SHEETS[sheet], given)
    return refused.value.fields


def test_answers_are_kept_trimmed_and_nothing_else() -> None:
    assert read(FIRST_CONTACT, CONTACT | {"isi": " \r\n ", "lain": "x"}) == CONTACT
    assert read(FIRST_CONTACT, CONTACT | {"isi": " satu\r\ndua "})["isi"] == "satu\ndua"


def test_all_that_is_missing_is_told_at_once() -> None:
    assert missing("kontak_awal") == ("Cara", "Aman dihubungi lagi dengan cara ini?")
    assert missing("kontak_awal", cara="merpati", aman="ya") == ("Cara",)
    with pytest.raises(AnswerTooLong):
        read(FIRST_CONTACT, CONTACT | {"isi": "a" * (LIMIT + 1)})


@pytest.mark.requirement("LUT-26", "LUT-27", "LUT-28")
def test_an_assessment_has_its_three_parts_its_five_sections_and_what_must_be_found() -> None:
    must = ("Data dan informasi", "Analisis", "Masalah", "Kebutuhan", "Kesimpulan", "Rekomendasi rencana pelayanan")
    assert missing("asesmen") == must
    sections = {"fisik", "psikologis", "sosial", "spiritual", "hukum", "instrumen"}
    assert {field.key for field in ASSESSMENT.fields if not field.required} == sections
    whole = {field.key: f"tentang {field.key}" for field in ASSESSMENT.fields}
    assert read(ASSESSMENT, whole) == whole


@pytest.mark.requirement("LUT-29")
def test_a_conference_says_who_took_part_what_came_of_it_and_the_plan() -> None:
    assert missing("pembahasan_kasus", peserta=" ") == tuple(field.label for field in CONFERENCE.fields)
    assert [field.key for field in CONFERENCE.fields] == ["peserta", "hasil", "rencana", "sekolah"]


@pytest.mark.requirement("LUT-49")
@pytest.mark.parametrize("school", ["tetap", "terancam", "dikeluarkan", "tidak"])
def test_no_plan_is_made_without_asking_after_school(school: str) -> None:
    plan = {"peserta": "Peksos", "hasil": "Aman", "rencana": "Konseling"}
    assert missing("pembahasan_kasus", **plan) == ("Sekolah anak",)
    assert read(CONFERENCE, plan | {"sekolah": school})["sekolah"] == school


@pytest.mark.requirement("LUT-25")
@pytest.mark.parametrize("who", ["anak", "keluarga", "bersama"])
@pytest.mark.parametrize("agreed", ["ya", "tidak"])
def test_a_contract_is_made_with_a_child_alone_too_and_a_refusal_has_its_reason(who: str, agreed: str) -> None:
    assert missing("kontrak_layanan", pihak=who, sepakat=agreed) == ("Isi kesepakatan, atau alasan menolak",)
    assert read(CONTRACT, {"pihak": who, "sepakat": agreed, "isi": "Ingin bicara dulu dengan neneknya"})["pihak"] == who


@pytest.mark.requirement("BLO-14")
def test_the_childs_own_opinion_is_there_or_the_reason_why_not() -> None:
    assert len(missing("pendapat_anak", pendapat=" ")) == 2
    assert read(OPINION, {"alasan": "Baru dua tahun"}) == {"alasan": "Baru dua tahun"}
    assert read(OPINION, {"pendapat": "Aku mau tetap sekolah"}) == {"pendapat": "Aku mau tetap sekolah"}


@pytest.mark.requirement("KEN-27", "ASA-28")
@pytest.mark.parametrize("result", ["ada", "tidak", "belum"])
def test_a_look_into_the_register_has_its_source_and_one_of_three_results(result: str) -> None:
    assert read(REGISTER, {"sumber": "dtsen", "hasil": result}) == {"sumber": "dtsen", "hasil": result}
    assert missing("cek_data", sumber="dtsen", hasil="ditolak") == ("Hasil",)


@pytest.mark.parametrize("slug", profiles())
def test_every_sheet_belongs_to_a_stage_of_the_region(slug: str) -> None:
    profile = load_profile(slug)
    assert all(sheet.stage in {stage.code for stage in profile.stages(sheet.track)} for sheet in SHEETS.values())
