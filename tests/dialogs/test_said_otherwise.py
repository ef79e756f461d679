"""What people write instead of what a button says, where to mistake it is dangerous: time, safety, wishes to die, whose phone it is."""

from __future__ import annotations

import pytest

from hotline.engine.asked_back import asked_back, claims_the_child
from hotline.engine.book import Book
from hotline.engine.fold import fold
from hotline.engine.forbids import of_the_phone
from hotline.engine.words import Word, asks_for_people, word_of
from tests.dialogs.answers import meant, meant_everywhere
from tests.dialogs.host import Host

SAID: dict[str, list[tuple[str, str | None]]] = {
    "jam_aman": [
        *((f"jam {hour} malam", None) for hour in (9, 10, 11)),
        *(("jam 8 malam", "17-21"), ("jam 9 pagi", "08-12"), ("10 am", "08-12")),
    ],
    "R3": [
        *((t, None) for t in ("ga aman", "ga jadi", "gak papa", "tidak lama")),
        *((t, "tidak") for t in ("tidak ada", "gak bisa", "dia udah meninggal", "tidak ada ji")),
    ],
    "hp": [("gak ada yg megang selain aku", "mine")],
    "R5": [
        *((t, "ya") for t in ("iya", "pernah", "tiap malam", "waktu sd", "curiga iya", "dia bilang pernah")),
        *((t, None) for t in ("gak boleh", "tidak boleh")),
        *((t, "tidak_tahu") for t in ("gak ingat", "udah lupa")),
        *(("iya kemarin", "<=72_jam"), ("iya dulu", ">72_jam"), ("tidak pernah", "tidak")),
    ],
    "jenis": [
        *((t, "seksual") for t in ("kakak megang itu ku", "guru ngaji ku pegang paha ku", "ayah tiri ku suka meluk2 aku")),
        *((t, "seksual") for t in ("anak saya dipegang2 pak rt", "my neighbour rapes his daughter", "disuruh buka baju")),
        *((t, "fisik") for t in ("physical abuse", "he hits me")),
    ],
    "seksual_baru": [
        *((t, "ya") for t in ("tiap malam", "masih", "setiap hari")),
        ("iya", "ya"),
        ("kemarin", "ya"),
        ("bulan lalu", "tidak"),
        ("entah", "tidak_tahu"),
    ],
    "R6": [
        *((t, "pikiran") for t in ("iya tiap malam", "kadang2 kepikiran", "pengen sih", "dulu pernah")),
        *((t, "rencana_atau_alat") for t in ("udah pernah nyoba", "ada obat di kamar", "malam ini")),
        *(("sekarang", "sedang_mencoba"), ("gak ada", "tidak")),
        *((t, None) for t in ("sudah makan", "udah makan")),
    ],
    "mati_kini": [("ada obat di kamar", "rencana"), ("udah pernah nyoba", "rencana"), ("lagi nyoba", "sedang_mencoba")],
}


@pytest.mark.parametrize(("key", "text", "code"), [(key, *each) for key, every in SAID.items() for each in every])
def test_what_is_meant(book: Book, key: str, text: str, code: str | None) -> None:
    assert meant_everywhere(book, "report", key, text) == {code}


@pytest.mark.parametrize(
    ("text", "code"),
    [("iya malam ini", "bahaya"), ("udah pernah nyoba", "bahaya"), ("iya", "bahaya"), ("belum", "petugas"), ("tidak", "lanjut")],
)
def test_whether_somebody_thinks_of_dying(book: Book, text: str, code: str) -> None:
    assert meant(book, "salah_tangkap", "ingin_mati_kini", text) == code


OTHERS_HOLD_IT = [
    *("eh hp ini dipake suami juga", "suami saya suka baca wa saya", "hp nya gantian sama anak saya", "ini hp bersama"),
    *("hp ini punya suami saya", "jgn chat duluan ya"),
]


@pytest.mark.parametrize(("text", "told"), [*((t, True) for t in OTHERS_HOLD_IT), ("hp suami rusak", False), ("dia baca koran", False)])
def test_words_that_forbid_to_write_here(text: str, told: bool) -> None:
    assert of_the_phone(fold(text)) is told


PARENTS = [
    "siapa yg chat anak saya?",
    "ngapain chat anak saya",
    "anak saya cerita apa",
    "ini hp anak saya, siapa kamu",
    "ini mama nya dinda",
    "jangan chat anak saya lagi",
    "anak saya masih kecil",
]
OF_A_PARENT = [
    *("yang nyentuh aku ini bapaknya temanku", "pelakunya ini papanya dia", "bapak bilang kamu bukan anakku lagi"),
    *("ayah bilang aku bukan anak saya", "mama teriak ini anak saya terserah saya", "pacarku mukul anakku", "kami anak kita takut"),
    *("aku hamil, takut anakku kenapa2", "aku dipukul ayah", "aku takut bapak", "aku ayah tiri pukul"),
]
"""A child that names a parent, quotes one, or has a child itself."""


@pytest.mark.parametrize(
    ("text", "claims"),
    [*((t, True) for t in PARENTS), *((t, False) for t in OF_A_PARENT)],
)
def test_only_somebody_else_says_my_child(text: str, claims: bool) -> None:
    assert claims_the_child(fold(text)) is claims


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        *((t, "asked_who") for t in ("heh siapa lu", "ini apaan", "wa apa ini", "ini bot atau manusia?", "kamu orang beneran?")),
        *((t, "asked_home") for t in ("jgn bilang ortu ya", "jangan bilang siapa2 ya kak")),
        *((t, "asked_fault") for t in ("salahku ya kak?", "aku yg salah kak", "apa ini salahku")),
        *(("dia yang salah", ""), ("aku salah kirim", "")),
        *(("rahasiain ya kak", "asked_secret"), ("siapa yang pukul aku", "")),
    ],
)
def test_what_is_asked_back(text: str, sentence: str) -> None:
    assert asked_back(fold(text)) == sentence


@pytest.mark.parametrize("text", ["saya mau bicara sama petugas langsung", "ada orangnya ga?", "mau ngobrol sama kakak petugas aja"])
def test_who_wants_a_person(text: str) -> None:
    assert asks_for_people(fold(text))


@pytest.mark.parametrize("text", ["mau ngobrol sama kakak petugas aja", "aku mau bicara sama orang", "ada petugasnya?"])
def test_where_a_person_is_offered_the_wish_is_that_choice(book: Book, text: str) -> None:
    host = Host(book)
    for words in ("halo", "tidak", "aku anak", "cuma aku", "Dipukul", "serumah", "12 tahun"):
        host.write(words)
    while host.session.open_key != "lanjut":
        host.tap(host.last.options[0].label)
    host.write(text)
    assert host.told["minta_petugas"] == "ya" and host.session.open_key == "tunggu_petugas"


CRIES_OF_PEOPLE = ["ada orang di sini", "ada orang", "ada orang ya", "panggil orang sekarang", "tolong panggil orang sekarang"]


@pytest.mark.parametrize("text", CRIES_OF_PEOPLE[:3])
def test_somebody_is_here_is_a_cry_at_the_question_of_danger(book: Book, text: str) -> None:
    host = Host(book)
    host.write("halo")
    host.write(text)
    assert host.alarms and text in host.said and "minta_petugas" not in host.told
    caught = Host(book)
    for words in ("halo", "aku diperkosa", text):
        caught.write(words)
    assert caught.told["R1"] == "ya" and text in caught.said


def test_words_that_are_the_choice_of_an_officer_are_kept(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "aku diperkosa", "mau bicara sama petugas aja"):
        host.write(words)
    assert host.told["minta_petugas"] == "ya" and "mau bicara sama petugas aja" in host.said


@pytest.mark.parametrize("text", ["ttp", "tutu"])
def test_what_means_something_else_closes_nothing(text: str) -> None:
    assert word_of(fold(text)) is None


@pytest.mark.parametrize("text", [*CRIES_OF_PEOPLE, "ada orang di rumah", "ada orang mati", "ada petugas jahat"])
def test_who_tells_of_a_person(text: str) -> None:
    assert not asks_for_people(fold(text))


@pytest.mark.parametrize("text", ["tutp", "tutupp", "ttup", "TUTUP!"])
def test_a_slip_of_the_thumb_still_puts_the_chat_away(text: str) -> None:
    assert word_of(fold(text)) is Word.TUTUP


@pytest.mark.parametrize("text", ["english please", "English", "do you speak english?", "bisa bahasa inggris?"])
def test_who_asks_for_english_is_asked_which_language(book: Book, text: str) -> None:
    host = Host(book)
    host.write("hello")
    host.write(text)
    assert {"English", "Bahasa Indonesia"} <= {o.label for o in host.last.options}
    host.write("english")
    assert host.session.language == "en" and "danger" in host.last.text


AID: dict[str, list[tuple[str, str]]] = {
    "gawat": [
        *((t, "makan") for t in ("beras habis dari kemarin", "belum makan 2 hari", "anak2 lapar", "tidak adami yg dimakan")),
        *((t, "sendiri") for t in ("nenek tinggal sendiri", "tinggal sendirian")),
        *((t, "bencana") for t in ("rumah kebakaran", "kebanjiran")),
    ],
    "bencana": [("iya masih banjir", "sekarang"), ("masih banjir", "sekarang"), ("sudah surut", "tidak")],
    "bidang": [("sembako", "lainnya"), ("beras", "lainnya"), ("modal usaha", "ekonomi"), ("bpjs", "kesehatan"), ("sekolah", "pendidikan")],
}


@pytest.mark.parametrize(("key", "text", "code"), [(key, *each) for key, every in AID.items() for each in every])
def test_what_is_needed(book: Book, key: str, text: str, code: str) -> None:
    host = Host(book)
    if key != "gawat":
        assert meant_everywhere(book, "aid", key, text) == {code}
        return
    for words in ("halo", "tidak", "bantuan sosial"):
        host.write(words)
    while host.session.open_key != "gawat":
        host.tap(host.last.options[0].label)
    host.write(text)
    assert host.session.answers.get("gawat", "").rstrip(",") == code


@pytest.mark.parametrize("text", ["rumah saya kebanjiran", "diusir dari kontrakan", "sembako"])
def test_who_needs_aid_is_led_to_it(book: Book, text: str) -> None:
    assert meant(book, "welcome", "menu", text) == "bantuan"


def test_a_yes_without_a_time_is_asked_for_it_and_correcting_takes_both_back(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "tidak", "cerita tentang anak", "tetangga", "hanya saya", "boleh", "fisik", "6-12 tahun", "tidak", "ya", "tidak"):
        host.write(words)
    host.write("iya")
    assert host.session.open_key == "seksual_baru" and not host.alarms
    host.write("kemarin")
    assert host.told["R5"] == "<=72_jam" and host.alarms
    while host.session.open_key != "ringkasan":
        host.tap(host.last.options[-1].label)
    host.write("Ubah jawaban")
    host.write("Kejadian seksual")
    host.write("Tidak")
    assert host.told["R5"] == "tidak" and "3 hari terakhir" not in host.last.text


@pytest.mark.parametrize("text", ["ok", "oke", "oke kak", "boleh"])
def test_an_ok_is_no_yes_to_a_question_of_fact(book: Book, text: str) -> None:
    host = Host(book)
    for words in ("halo", "Tidak", "Cerita tentang anak", "Guru / sekolah", "Tidak tahu", "Kekerasan fisik", "6-12 tahun"):
        host.write(words)
    host.until("R5", "Tidak")
    host.write(text)
    assert "R5" not in host.told and host.session.open_key == "R5" and text in host.said


def test_an_ok_to_what_may_be_done_is_a_yes(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "Tidak", "Cerita tentang anak", "Guru / sekolah", "Hanya saya yang pegang", "ok"):
        host.write(words)
    assert host.told["boleh_kirim"] == "yes"


def test_not_safe_is_not_without_food(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "Tidak", "Bantuan sosial", "Keluarga saya"):
        host.write(words)
    host.until("gawat")
    host.write("gak aman")
    assert "gawat" not in host.told and "gak aman" in host.said


@pytest.mark.parametrize(
    "text", ["anak sering buka chat porno", "adik main hp bareng temannya", "mereka nonton hp berdua", "teman bisa lihat pesan dari pelaku"]
)
def test_what_is_told_of_other_phones_closes_none(text: str) -> None:
    assert not of_the_phone(fold(text))


@pytest.mark.parametrize("text", ["smpn2", "sman2", "blok2", "umur2"])
def test_a_school_or_a_block_keeps_its_number(text: str) -> None:
    assert fold(text) == text
