"""Code and PIN in all the ways people write them; and the numbers that are neither."""

from __future__ import annotations

import pytest

from hotline.engine.ticket import bare, check_of, hidden

CODE, PIN = "450197633", "4079"
_TICKET = "kode pin simpan di tempat aman atau hafalkan lalu hapus pesan ini untuk melihat kabar kirim cek"
TICKET = frozenset(_TICKET.split())
COPIED = (
    "Kode: 450 197 633\nPIN: 4079\n\nSimpan di tempat aman, atau hafalkan lalu hapus pesan ini. Untuk melihat kabar, kirim CEK.",
    "Kode: 450 197 633\nPIN: 4079\n\nSimpan di tempat aman",
)
BOTH = (
    "CEK 450197633 4079",
    "cek 450 197 633 4079",
    "check 450197633 4079",
    "CEK4501976334079",
    "CEK 450.197.633, PIN 4079",
    "cek kode 450197633 pin 4079",
    "CEK\nKode: 450 197 633\nPIN: 4079",
    "Kode: 450 197 633\nPIN: 4079",
    "kode-nya 450197633 dan PIN-nya 4079",
    "nomor 450197633 no pin 4079",
    "*450 197 633* *4079*",
    "450 197 633 4079",
    "45019 7633 4079",
    "4501976334079",
    "CEK 45 01 97 63 34 07 9",
    "/cek@teduh_bot 450197633 4079",
    "/cek@teduh2_bot 450197633 4079",
)
PIN_FIRST = ("CEK 4079 450197633", "4079 450 197 633", "PIN 4079 kode 45019 7633", "pin: 4079\nkode: 450 197 633")


@pytest.mark.parametrize("text", (*BOTH, *PIN_FIRST))
def test_code_and_pin_in_one_message(text: str) -> None:
    assert check_of(text) == (CODE, PIN)


@pytest.mark.parametrize("text", COPIED)
def test_the_ticket_copied_back(text: str) -> None:
    assert check_of(text, TICKET) == (CODE, PIN)
    assert check_of(text) is None


@pytest.mark.parametrize("text", ["/cek 450-197-633", "Cek:450197633", "Kode: 450 197 633", "/cek@teduh_bot 450197633"])
def test_a_code_alone_that_is_called_one(text: str) -> None:
    assert check_of(text) == (CODE, "")


def test_what_is_asked_for_needs_no_word() -> None:
    assert check_of("450 197 633", asked=True) == (CODE, "")
    assert check_of("45 019 76 33 4079", asked=True) == (CODE, PIN)
    assert check_of("45 019 76 33 4079") is None


def test_between_two_groups_of_four_only_a_word_tells_which_is_the_pin() -> None:
    assert check_of("CEK 4501 97633 4079") == (CODE, PIN)
    assert check_of("PIN 4079 kode 45019 7633") == (CODE, PIN)


PHONES = (
    "0812345678901",
    "0812 3456 78901",
    "0812 345678901",
    "6281234567890",
    "62 812 3456 7890",
    "6281 234567890",
    "+62 812-3456-7890",
    "+1 450 197 633 4079",
    "nomor 6281234567890",
)
OTHERS = (
    "3324115507680002",
    "3324 1155 0768 0002",
    "450197633",
    "no 812345678",
    "-7.12345, 110.1234",
    "1 2 3 4 5 6 7 8 9 10 11",
    "cek",
    "cek 4079",
    "cek 450197633 40",
    "cek 4501976334",
    "cek umur 450197633",
    "resi 4501976334079",
    "saya mau cek bantuan saya 450197633 4079",
    "٤٥٠١٩٧٦٣٣ 4079",
)


@pytest.mark.parametrize("text", (*PHONES, *OTHERS))
def test_what_is_no_code(text: str) -> None:
    assert check_of(text, TICKET) is None


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_number_is_no_code_where_one_is_asked_either_and_is_kept_whole(text: str) -> None:
    assert check_of(text, asked=True) is None
    assert not bare(text)
    assert hidden(text) == text


@pytest.mark.parametrize("text", ["4079", "450197633", "4501976334079", "cek 4079", "PIN: 4079", "Kode 450 197 633", "45 01 97 63 34 07 9"])
def test_nothing_but_a_secret(text: str) -> None:
    assert bare(text)


@pytest.mark.parametrize("text", ["081234567", "3324115507680002", "rumah 4079", "no 4079", "407", "-7.12345, 110.1234"])
def test_what_is_more_than_a_secret(text: str) -> None:
    assert not bare(text)


@pytest.mark.parametrize("text", (*BOTH[:-4], BOTH[-1], *PIN_FIRST, *COPIED, "PIN 4079", "pinnya 4 0 7 9", "cek 4079", "pin saya itu 4079"))
@pytest.mark.parametrize("around", ["{}", "kok {} tidak bisa dibuka", "sudah {} 3 minggu"])
def test_a_pin_is_struck_out_of_the_words_around_it(text: str, around: str) -> None:
    kept = hidden(around.format(text))
    assert "4079" not in kept.replace(" ", "")
    assert "…" in kept


def test_the_code_stays_beside_the_struck_out_pin() -> None:
    assert hidden("tolong lihat Kode: 450 197 633\nPIN: 4079 ya") == "tolong lihat Kode: 450 197 633\nPIN: … ya"
    assert hidden("mau tanya 4079 450197633 bagaimana") == "mau tanya … 450197633 bagaimana"


@pytest.mark.parametrize(
    "text",
    [
        "NIK 3324115507680002 dan KK 3324115507680003",
        "NIK 3324 1155 0768 0002",
        "hp 081234567890 sejak tahun 2024",
        "hp +62 812-3456-7890, rumah no 1234",
        "pinjam 5000 dulu, pindah tahun 2023",
        "rumah nomor 12 RT 03 RW 04",
        "bantuan 600000 rupiah",
    ],
)
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert hidden(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "kodenya 482177359 terus 4821 kok gagal",
        "482177359 sama 4821",
        "482177359 sandinya 4821",
        "kode 482177359 pasword 4821",
    ],
)
def test_a_pin_beside_a_code_is_struck_out_whatever_links_them(text: str) -> None:
    assert "4821" not in hidden(text).replace("482177359", "") and "482177359" in hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "pelaku minta transfer ke rekening 1390012345678 atau fotoku disebar",
        "pin saya lupa, telp 0812-3456-7890",
        "pin hilang, hubungi 0812-3456-7890 cepat dia bawa pisau",
    ],
)
def test_numbers_that_are_no_pin_stay(text: str) -> None:
    assert hidden(text) == text


def test_a_number_of_thirteen_digits_with_a_word_is_no_check() -> None:
    assert check_of("nomor saya 8123456789012") is None
    assert check_of("4821773594821") == ("482177359", "4821")
