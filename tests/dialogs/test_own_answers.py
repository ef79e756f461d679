"""Answers as people write them where buttons were offered: taken for what they say, and never for the opposite."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.engine.fold import fold
from tests.dialogs.host import Host

WANTED = ("Sudah benar", "Hanya saya yang pegang", "Boleh", "Saya sendiri", "Tidak tahu / lewati", "Lewati", "Tidak ada", "Tidak")


def at(book: Book, text: str) -> Host:
    """An aid request whose open question holds this text."""
    host = Host(book)
    for said in ("halo", "Tidak", "Bantuan sosial"):
        host.write(said)
    for _ in range(40):
        if text in host.last.text:
            return host
        labels = [option.label for option in host.last.options]
        host.write(next((label for label in WANTED if label in labels), labels[0]))
    raise AssertionError(f"never asked: {text}")


def told(book: Book, question: str, key: str, text: str) -> str | None:
    """What an answer to the question is stored as; None: asked again."""
    host = at(book, question)
    asked = host.last.text
    host.write(text)
    return None if asked in host.last.text else host.session.answers.get(key, "").rstrip(",") or None


@pytest.mark.parametrize("text", ["no one is in danger", "no one", "no one right now", "nobody"])
def test_a_plain_denial_in_english_is_no_emergency(book: Book, text: str) -> None:
    host = Host(book)
    host.write("halo")
    host.write(text)
    assert host.alarms == [] and host.session.answers.get("R1") != "ya"


@pytest.mark.parametrize("text", ["no one may know", "nomor satu tidak boleh", "no, nobody may know"])
def test_a_sentence_that_forbids_gives_no_leave_to_write(book: Book, text: str) -> None:
    host = at(book, "Bolehkah kami mengirim pesan")
    host.write(text)
    assert host.session.answers.get("boleh_kirim") != "yes"


@pytest.mark.parametrize("text", ["alhamdulillah tidak ada", "mboten wonten", "tidak ada kok", "ora ana bebaya"])
def test_no_danger_in_a_whole_sentence_lets_an_old_woman_pass(book: Book, text: str) -> None:
    host = Host(book)
    host.write("halo")
    host.write(text)
    assert host.session.answers["R1"] == "tidak" and host.alarms == []


@pytest.mark.parametrize(
    "text",
    [
        "tidak, tapi bapak mukul adek terus",
        "tidak, eh iya",
        "tidak, aku dipukul",
        "tidak, belum aman",
        "tidak, kalau malam iya",
        "2, bapak mukul",
        "tidak, tolong",
        "tidak tolong",
        "tidak aman",
        "gak aman",
        "tidak amman",
    ],
)
def test_what_takes_an_answer_back_is_not_passed_over(book: Book, text: str) -> None:
    host = Host(book)
    host.write("halo")
    host.write(text)
    assert host.session.answers.get("R1") != "tidak"


@pytest.mark.parametrize("text", ["tidak aman", "belum aman", "ora aman", "not safe"])
def test_not_safe_is_danger(book: Book, text: str) -> None:
    host = Host(book)
    host.write("halo")
    host.write(text)
    assert host.session.answers["R1"] == "ya" and len(host.alarms) == 1


@pytest.mark.parametrize("text", ["cepat", "cepat sekarang"])
def test_whoever_calls_for_speed_at_the_danger_question_is_heard(book: Book, text: str) -> None:
    host = Host(book)
    host.write("halo")
    host.write(text)
    assert host.alarms, "it asks what the words mean, and rings"


@pytest.mark.parametrize("text", ["ya", "iya benar", "betul", "nggih", "leres", "ok", "sip", "Sudah benar", "sudah"])
def test_a_yes_to_what_is_read_back_gives_the_code(book: Book, text: str) -> None:
    host = at(book, "Sudah benar?")
    host.write(text)
    assert "Sudah benar?" not in host.last.text


@pytest.mark.parametrize("text", ["incorrect", "betulin", "benerin", "tidak", "salah", "belum benar", "ada yang salah", "mboten"])
def test_a_no_to_what_is_read_back_asks_what_to_change(book: Book, text: str) -> None:
    host = at(book, "Sudah benar?")
    host.write(text)
    assert "kembali" in host.last.options[-1].label


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ktp dan kk", "ktp,kk"),
        ("ktp kk", "ktp,kk"),
        ("KTP ada, KK juga ada", "ktp,kk"),
        ("ada semua", "ktp,kk,surat_desa,foto_rumah"),
        ("1 sama 2", "ktp,kk"),
        ("nomor 1 dan 3", "ktp,surat_desa"),
        ("tidak ada ktp", None),
        ("ktp, bukan kk", None),
    ],
)
def test_several_papers_in_one_answer(book: Book, text: str, codes: str | None) -> None:
    assert told(book, "Dokumen apa", "dokumen", text) == codes


@pytest.mark.parametrize("text", ["tidak ada", "sudah cukup", "cuma itu", "mboten wonten", "cukup"])
def test_enough_is_enough(book: Book, text: str) -> None:
    host = at(book, "Dokumen apa")
    host.write("ktp saja")
    assert "Ada lagi" in host.last.text
    host.write(text)
    assert "Ada lagi" not in host.last.text and host.session.answers["dokumen"] == "ktp"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2", "2"),
        ("4", "4"),
        ("5", "5"),
        ("lima orang", "5"),
        ("sendirian", "1"),
        ("berdua dengan cucu", "2"),
        ("7", "7+"),
        ("8 orang", "7+"),
        ("12", "7+"),
        ("8", "7+"),
        ("lima", "5"),
        ("4 aja", "4"),
        ("0", "lewati"),
        ("lewati", "lewati"),
        ("40 ekor ayam", None),
    ],
)
def test_the_number_of_people_is_the_number_that_was_written(book: Book, text: str, code: str | None) -> None:
    assert told(book, "Berapa orang", "anggota", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("untuk saya sendiri nak", "sendiri"),
        ("buat ibu saya", "keluarga"),
        ("suami saya", "keluarga"),
        ("tetangga saya", "orang_lain"),
        ("gak tau", "tidak_tahu"),
        ("kula", "sendiri"),
        ("bukan untuk saya sendiri", None),
    ],
)
def test_for_whom_it_is(book: Book, text: str, code: str | None) -> None:
    assert told(book, "Bantuan ini untuk siapa?", "untuk", text) == code


@pytest.mark.parametrize("dialog", ["aid", "report"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hanya aku", "mine"),
        ("cuma saya", "mine"),
        ("hp saya sendiri", "mine"),
        ("bukan hanya aku", "shared"),
        ("hp cucu saya", "shared"),
        ("dipakai berdua dengan suami", "shared"),
        ("suami saya juga pakai", "shared"),
        ("bukan milik saya", None),
        ("hanya ayah", None),
        ("cuma bapak yang pegang", None),
        ("hp ibu sendiri", "shared"),
        ("milik ibu sendiri", None),
        ("ayah sendiri", None),
        ("ya", None),
    ],
)
def test_whose_phone_it_is(book: Book, dialog: str, text: str, code: str | None) -> None:
    match, folded = book.programs[dialog].questions["hp"].match, fold(text)
    found = match.exact(folded) or match.close(folded) or match.hinted(folded)
    assert found == code or (code is None and found != "mine")


@pytest.mark.parametrize(
    "text", ["tidak ada yang sakit berat", "tidak ada yang ditinggal sendiri", "makanan sudah ada, yang lain juga", "makanan ada"]
)
def test_a_need_that_is_denied_is_not_noted(book: Book, text: str) -> None:
    host = at(book, "Adakah yang gawat hari ini?")
    host.write(text)
    assert not {"sakit", "ditinggal", "krisis_bantuan", "tanpa_makan_hari_ini"} & {
        key for key, value in host.session.answers.items() if value == "ya"
    }


@pytest.mark.parametrize(("text", "ends"), [("lanjut", False), ("teruskan", False), ("cukup", True), ("sudah", True), ("selesai", True)])
def test_after_an_emergency_one_word_goes_on_or_ends(book: Book, text: str, ends: bool) -> None:
    host = Host(book)
    for said in ("halo", "Ya", "Tidak tahu", "Aman"):
        host.write(said)
    for _ in range(6):
        if "Ada lagi yang ingin disampaikan" in host.last.text:
            break
        host.write(host.last.options[-1].label)
    assert "Ada lagi yang ingin disampaikan" in host.last.text
    host.write(text)
    assert "Terima kasih, sudah kami teruskan" not in host.last.text
    assert (host.session.dialog == "report") is not ends
