"""What people type where a button was expected, and which choice it means; what it must never be taken for."""

from __future__ import annotations

import pytest

from hotline.engine import several
from hotline.engine.fold import fold
from hotline.engine.match import Labels, free_value
from hotline.engine.nodes import Free

DANGER = Labels(
    ("ya", "tidak", "tidak_tahu"), [["Ya", "Tidak", "Tidak tahu"], ["Yes", "No", "Don't know"], ["Iya", "Ora", "Ora ngerti"]], None
)
ACCESS = Labels(
    ("serumah", "ya", "tidak", "tidak_tahu"), [["Ya, mereka serumah", "Ya, bisa bertemu", "Tidak", "Tidak tahu / lewati"]], None
)
WHO = Labels(("keluarga", "warga", "guru"), [["Orang tua / keluarga", "Tetangga / warga", "Guru / sekolah"]], None)
CAUGHT = Labels(("bahaya", "petugas", "lanjut"), [["Ya, ada bahaya", "Bicara ke petugas", "Tidak, lanjut"]], None)
PHONE = Labels(("mine", "shared", "watched"), [["Hanya saya yang pegang", "Dipakai orang lain juga", "Orang itu bisa melihat"]], None)
STORY = Labels(("lewati",), [["Lewati"]], Free.WORDS)


def meant(labels: Labels, text: str) -> str | None:
    folded = fold(text)
    return labels.exact(folded) or labels.close(folded)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "ya"),
        ("2.", "tidak"),
        ("(3)", "tidak_tahu"),
        ("dua", "tidak"),
        ("nomor 2", "tidak"),
        ("no 3", "tidak_tahu"),
        ("2. Tidak", "tidak"),
        ("yang pertama", "ya"),
        ("loro", "tidak"),
        ("Ti\u200ddak", "tidak"),
        ("two", "tidak"),
        ("YA", "ya"),
        ("iya", "ya"),
        ("iyaaa", "ya"),
        ("y", "ya"),
        ("betul", "ya"),
        ("ya pak", "ya"),
        ("inggih", "ya"),
        ("yes", "ya"),
        ("tdk", "tidak"),
        ("gak", "tidak"),
        ("nggak", "tidak"),
        ("ndak", "tidak"),
        ("ora", "tidak"),
        ("mboten", "tidak"),
        ("tidak bu", "tidak"),
        ("No", "tidak"),
        ("ga tau", "tidak_tahu"),
        ("gak tau", "tidak_tahu"),
        ("entah", "tidak_tahu"),
        ("ora ngerti", "tidak_tahu"),
        ("don't know", "tidak_tahu"),
        ("tidak tau", "tidak_tahu"),
        ("tidak tauh", "tidak_tahu"),
        ("👍 ya", "ya"),
    ],
)
def test_an_answer_in_many_forms(text: str, code: str) -> None:
    assert meant(DANGER, text) == code


@pytest.mark.parametrize(
    "text",
    [
        "4",
        "0",
        "99",
        "ya tapi tidak sekarang",
        "dia ya begitu",
        "tidur",
        "",
        "👍",
        "1 2",
        "2. Ya",
        "halo",
        "tidak sekarang tadi malam",
        "-1",
    ],
)
def test_what_is_not_clearly_an_answer_is_not_guessed(text: str) -> None:
    assert meant(DANGER, text) is None


@pytest.mark.parametrize(
    ("labels", "text", "code"),
    [
        (WHO, "guru", "guru"),
        (WHO, "sekolah", "guru"),
        (WHO, "tetanga", "warga"),
        (WHO, "orang tua", "keluarga"),
        (WHO, "gruu", None),
        (WHO, "orang", "keluarga"),
        (ACCESS, "serumah", "serumah"),
        (ACCESS, "bisa", "ya"),
        (ACCESS, "ya", "ya"),
        (ACCESS, "mereka serumah", "serumah"),
        (ACCESS, "lewati", "tidak_tahu"),
        (STORY, "1", "lewati"),
        (STORY, "lewati", "lewati"),
        (STORY, "tidak usah", "lewati"),
        (STORY, "lewatin aja jalannya gelap", None),
    ],
)
def test_parts_of_labels_and_places(labels: Labels, text: str, code: str | None) -> None:
    assert meant(labels, text) == code


@pytest.mark.parametrize(
    ("labels", "text", "code"),
    [
        (PHONE, "hanya saya yg pegang", "mine"),
        (PHONE, "bukan hanya saya yang pegang", None),
        (PHONE, "bukan cuma saya yg pegang", None),
        (PHONE, "orang itu tidak bisa melihat", None),
        (PHONE, "tidak dipakai orang lain", None),
        (ACCESS, "mereka tidak serumah", None),
        (CAUGHT, "ada bahaya", "bahaya"),
        (CAUGHT, "tidak ada bahaya", "lanjut"),
        (CAUGHT, "gak ada bahaya", "lanjut"),
        (CAUGHT, "tidak bicara ke petugas", None),
    ],
)
def test_a_denial_is_never_taken_for_what_it_denies(labels: Labels, text: str, code: str | None) -> None:
    assert meant(labels, text) == code


@pytest.mark.parametrize("text", ["ya", "iya", "iyaaaa", "YA!!!", "y", "iyo", "ada"])
def test_a_bare_yes_is_the_one_choice_that_begins_with_it(text: str) -> None:
    assert meant(CAUGHT, text) == "bahaya"
    assert meant(Labels(("serumah", "bisa"), [["Ya, serumah", "Ya, bisa bertemu"]], None), text) is None


@pytest.mark.parametrize("text", ["tidak", "gak", "ora", "belum", "bukan"])
def test_a_bare_no_is_the_one_choice_that_begins_with_it(text: str) -> None:
    assert meant(CAUGHT, text) == "lanjut"


@pytest.mark.parametrize(("text", "code"), [("1 ya", None), ("satu aja", "keluarga"), ("2 kak", "warga"), ("dua orang", None)])
def test_a_number_with_a_small_word_behind_it(text: str, code: str | None) -> None:
    assert meant(WHO, text) == code
    assert meant(DANGER, "2 ya") is None


def test_several_choices_by_their_numbers() -> None:
    for text in ("1, 3", "1 3", "satu dan tiga", "1+3", "1 sama 3", "1 karo 3", "nomor 1 dan 3", "no 1, no 3", "1 & 3"):
        assert several.numbered(WHO.codes, text) == ("keluarga", "guru"), text
    assert several.numbered(WHO.codes, "3 dan 1 dan 3") == ("guru", "keluarga")
    for text in ("1, 9", "2", "1 anak", "no one", ""):
        assert several.numbered(WHO.codes, text) == (), text


PAPERS = Labels(("ktp", "kk", "surat_desa", "foto_rumah", "belum"), [["KTP", "KK", "Surat dari desa", "Foto rumah", "Belum ada"]], None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ktp kk", ("ktp", "kk")),
        ("KTP dan KK", ("ktp", "kk")),
        ("KTP ada, KK juga ada", ("ktp", "kk")),
        ("kk, surat desa, foto", ("kk", "surat_desa", "foto_rumah")),
        ("ktp saja", ("ktp",)),
        ("semua", PAPERS.codes),
        ("ada semua", PAPERS.codes),
        ("belum ada", ("belum",)),
        ("ktp tidak ada, kk ada", ()),
        ("tidak ada ktp", ()),
        ("ktp, ijazah", ()),
        ("", ()),
    ],
)
def test_several_choices_by_their_words(text: str, codes: tuple[str, ...]) -> None:
    assert several.named(PAPERS, PAPERS.codes, text) == codes


@pytest.mark.parametrize(
    "text", ["no one", "no one is in danger", "nomor satu tidak boleh", "yang satu sakit berat, yang dua tidak", "no two"]
)
def test_a_sentence_that_begins_like_a_number_is_none(text: str) -> None:
    assert WHO.exact(fold(text)) is None
    assert meant(DANGER, text) in (None, "tidak")


def test_a_number_may_be_led_by_more_than_one_word() -> None:
    assert [meant(WHO, text) for text in ("yang nomor 2", "pilih no 2 kak", "nomor 2 tetangga / warga")] == ["warga"] * 3
    assert meant(WHO, "nomor 1 tetangga / warga") is None, "number and words do not agree"


def test_a_sentence_that_denies_what_a_choice_says_hints_at_nothing() -> None:
    ill = Labels(("sakit", "tidak"), [["Ada yang sakit", "Tidak ada"]], None, {"sakit": "*sakit berat"})
    assert ill.hinted(fold("ibu sakit berat")) == "sakit"
    assert ill.hinted(fold("tidak ada yang sakit berat")) is None


def test_another_way_to_say_the_opposite_is_no_part_of_a_choice() -> None:
    phone = Labels(
        ("mine", "shared"), [["Cuma aku yang pegang", "Dipakai orang lain juga"]], None, {"shared": "bukan hanya aku|bukan hanya saya"}
    )
    assert meant(phone, "hanya aku") != "shared"


@pytest.mark.parametrize(
    ("free", "text", "value"),
    [
        (Free.CODE, "482 177 359", "482177359"),
        (Free.CODE, "kode: 482-177-359", "482177359"),
        (Free.CODE, "48217735", None),
        (Free.PIN, " 4821 ", "4821"),
        (Free.PIN, "٤٨٢١", None),
        (Free.PIN, "48211", None),
        (Free.NAME, " Bu  Sri ", "Bu Sri"),
        (Free.NAME, "kemarin hujan juga tetap jualan", None),
        (Free.NAME, "Siti Nurhaliza Puspitasari Dewi", "Siti Nurhaliza Puspitasari Dewi"),
        (Free.NAME, "kenapa tanya nama?", None),
        (Free.NAME, "3324115507680002", None),
        (Free.NAME, "iya", None),
        (Free.NAME, "", None),
        (Free.WORDS, "  ", None),
        (Free.WORDS, " apa saja ", "apa saja"),
    ],
)
def test_own_words_of_a_kind(free: Free, text: str, value: str | None) -> None:
    assert free_value(free, text) == value
