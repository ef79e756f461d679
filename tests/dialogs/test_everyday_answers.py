"""Everyday answers to the other questions: whose phone, may we write, who protects, where somebody works; a denial is never a yes."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.answers import meant, meant_everywhere
from tests.dialogs.host import Host
from tests.dialogs.test_many import SIGNS, SIGNS_OF_A_PARENT, go

PHONE = [
    *((t, "mine") for t in ("cuma aku yang pegang hp ini", "hanya saya yang pegang", "ini hp aku", "hp saya sendiri", "hp ku sendiri")),
    *((t, "mine") for t in ("aku sendiri yang pegang", "hp pribadi", "iya cuma aku")),
    *((t, "shared") for t in ("adikku juga pegang", "kadang dipinjam kakak", "ibu juga pakai", "dipakai juga sama adik", "hp teman")),
    *((t, "shared") for t in ("hp ibuku", "bukan cuma aku yang pegang hp ini", "gantian sama kakak")),
    *((t, "watched") for t in ("bapak suka cek hp", "dia sering periksa hp ku", "suami buka hp saya", "ayah lihat hp", "bapak tau pin")),
    *((t, "watched") for t in ("cuma aku yang pegang tapi bapak suka cek hp", "hp pribadi tapi dia suka buka hp")),
    *((t, "unknown") for t in ("tidak aman", "gak aman", "kurang aman", "tidak", "not safe", "gak tau")),
    *((t, None) for t in ("aman", "ya", "hp", "tidak ada yang buka hp", "tidak pernah dipinjam")),
]
NEVER_MINE = [
    "bukan hp pribadi",
    "bukan hp saya sendiri",
    "bukan ini hp aku",
    "bukan aku sendiri yang pegang",
    "tidak cuma aku",
    "hp sendri",
]
WRITE = [
    *((t, "yes") for t in ("iya boleh kapan saja", "kapan aja", "boleh kok", "iya", "silakan")),
    *((t, "hours") for t in ("boleh tapi jangan malam", "boleh, asal jangan pas bapak di rumah", "siang aja", "jangan malam")),
    *((t, "no") for t in ("jangan ke sini", "jangan telepon", "jangan dulu", "jangan sms", "jangan", "boleh tapi jangan telepon")),
    *((t, "no") for t in ("tidak", "jangan kirim apa apa ke hp ini")),
]
PROTECTS = [
    *((t, "ya") for t in ("ada nenek", "bu guru", "nenek", "iya ada tante", "ada", "ya")),
    *((t, "tidak") for t in ("tidak ada", "tidak ada nenek", "tidak", "tidak ada siapa-siapa")),
    *((t, None) for t in ("ada nenek tapi nenek juga dipukul", "nenek sudah meninggal", "guru tidak percaya")),
]
TOGETHER = [
    *((t, "serumah") for t in ("satu rumah", "serumah", "tinggal bareng", "kami serumah sama dia", "iya satu rumah")),
    *((t, None) for t in ("tidak serumah", "gak satu rumah", "bukan serumah", "sudah tidak serumah lagi", "tidak tinggal bareng")),
]
WORKS = [
    *((t, "desa") for t in ("kepala desa", "kades", "dia kepala desa", "lurah")),
    *((t, "sekolah") for t in ("guru", "dia guru", "kepala sekolah")),
    *((t, "polisi") for t in ("tni", "tentara", "polisi", "bapaknya tentara", "anggota tni")),
    *((t, "dinas") for t in ("dinsos", "kerja di dinas sosial")),
    *((t, "tidak") for t in ("tidak", "bukan")),
    *((t, None) for t in ("bukan guru", "bukan polisi", "bukan kepala desa", "dia bukan tentara", "sudah lapor polisi")),
]
SEX = [
    *((t, "perempuan") for t in ("cewek", "aku cewek", "perempuan")),
    *((t, "laki_laki") for t in ("laki2", "cowok", "laki laki", "lanang")),
]
ASKED = {"hp": PHONE, "boleh_kirim": WRITE, "R10": PROTECTS, "R14": WORKS, "kelamin": SEX}


@pytest.mark.parametrize(("key", "text", "code"), [(key, text, code) for key, every in ASKED.items() for text, code in every])
def test_what_is_understood(book: Book, key: str, text: str, code: str | None) -> None:
    assert meant_everywhere(book, "report", key, text) == {code}


@pytest.mark.parametrize("dialog", ["report", "dewasa"])
@pytest.mark.parametrize(("text", "code"), TOGETHER)
def test_who_lives_under_one_roof(book: Book, dialog: str, text: str, code: str | None) -> None:
    assert meant_everywhere(book, dialog, "R3", text) == {code}


@pytest.mark.parametrize("text", NEVER_MINE)
def test_a_denial_never_makes_a_phone_mine(book: Book, text: str) -> None:
    assert not {"mine"} & (meant_everywhere(book, "report", "hp", text) | meant_everywhere(book, "aid", "hp", text))


@pytest.mark.parametrize("text", ["tidak usah", "tidak perlu", "nanti saja", "tidak", "cukup"])
def test_nobody_needs_to_arrange_anything(book: Book, text: str) -> None:
    assert meant(book, "report", "atur", text) == "tidak"


@pytest.mark.parametrize("text", ["malu", "rahasia", "tidak mau jawab", "gak mau cerita", "tidak mau bilang", "gatau", "gamau"])
@pytest.mark.parametrize("key", ["R1", "R3", "R8", "R5", "R6", "R10", "R14"])
def test_whoever_will_not_say_is_not_pressed(book: Book, key: str, text: str) -> None:
    assert meant_everywhere(book, "report", key, text) == {"tidak_tahu"}


@pytest.mark.parametrize("way", [SIGNS, SIGNS_OF_A_PARENT])
@pytest.mark.parametrize("text", ["tidak", "mboten", "ora", "tidak pernah", "gak ada", "tidak satupun"])
def test_none_of_the_signs(book: Book, way: tuple[str, ...], text: str) -> None:
    host = Host(book)
    go(host, *way, text)
    assert host.told["tanda"] == "tidak_ada" and host.told["R7"] == "tidak"


@pytest.mark.parametrize(
    "text",
    ["tidak ada senjata", "tidak, masih terjadi", "tidak tahu", "tidak ada, tapi dia takut pulang", "tidak ada semua"],
)
def test_what_says_more_is_not_none_of_the_signs(book: Book, text: str) -> None:
    host = Host(book)
    go(host, *SIGNS_OF_A_PARENT, text)
    assert host.told.get("tanda") != "tidak_ada"
