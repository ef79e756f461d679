"""The answers that decide about an emergency, as people write them: when, how bad, whether at all, and what denies it."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.answers import meant
from tests.dialogs.host import Host
from tests.dialogs.test_many import go

CHILD = ("halo", "Tidak", "Aku anak, butuh bantuan", "Cuma aku yang pegang", "Dihina atau diancam", "Tidak", "10-12 tahun", "Boleh")

WHEN = [
    *((t, "<=72_jam") for t in ("kemarin", "tadi malam", "semalam", "barusan", "iya tadi pagi", "hari ini", "2 hari lalu")),
    *((t, "<=72_jam") for t in ("tadi malam pas ibu kerja", "semalam waktu tidur", "dua hari lalu")),
    *((t, ">72_jam") for t in ("dulu", "minggu lalu", "bulan lalu", "tahun lalu", "sudah lama", "iya sudah lama", "ya dulu")),
    *((t, ">72_jam") for t in ("4 hari lalu", "seminggu yang lalu", "2 minggu lalu", "3 tahun lalu")),
    *((t, "daring") for t in ("lewat wa", "online", "video call")),
    *((t, "tidak") for t in ("tidak", "tidak pernah", "gak pernah", "belum pernah", "tidak ada")),
    *(
        (t, None)
        for t in (
            "tidak kemarin",
            "bukan tadi malam",
            "sudah lama sampai sekarang",
            "dulu dan kemarin",
            "sampai kemarin tidak ada",
        )
    ),
]
HOW_BAD = [
    *((t, "mengancam_jiwa") for t in ("parah", "sangat parah", "gawat", "iya parah", "lukanya parah sekali di kepala", "patah dan parah")),
    *((t, "perlu_perawatan") for t in ("patah", "tangannya patah", "perlu dokter")),
    *((t, "ringan") for t in ("memar", "lebam", "sedikit", "lecet", "iya memar", "tidak terlalu parah")),
    *((t, "tidak") for t in ("tidak", "tidak luka", "gak sakit")),
    *((t, None) for t in ("ya", "sakit", "bukan patah", "memar sampai tidak bisa jalan", "tidak ada yang patah")),
]
DYING = [
    *((t, "pikiran") for t in ("ya", "iya", "sering", "pernah", "kadang", "kadang-kadang", "tidak sering")),
    *((t, "tidak") for t in ("tidak", "tidak pernah", "gak pernah", "belum pernah")),
    ("sedang mencoba", "sedang_mencoba"),
    ("ada rencana", "rencana_atau_alat"),
]
LEFT = [
    *((t, "sedang") for t in ("ya", "iya", "sekarang", "iya sekarang", "ya pak")),
    *((t, "sering") for t in ("sering", "kadang", "pernah", "tidak sekarang", "gak sering", "tidak sekarang kak")),
    *((t, "tidak") for t in ("tidak", "tidak dikurung", "tidak diikat", "tidak ditinggal", "tidak pernah", "gak pernah")),
]
TAKEN = [
    *(
        (t, "24_jam")
        for t in ("besok", "besok pagi", "hari ini", "nanti malam", "malam ini", "sekarang", "katanya besok dijemput", "5 jam lagi")
    ),
    *((t, "nanti") for t in ("lusa", "minggu depan", "bulan depan", "3 hari lagi")),
    *((t, None) for t in ("bukan besok", "tidak hari ini")),
]
ASKED = {"R5": WHEN, "R2": HOW_BAD, "R6": DYING, "R8": LEFT, "kapan_dibawa": TAKEN}


@pytest.mark.parametrize(("key", "text", "code"), [(key, text, code) for key, every in ASKED.items() for text, code in every])
def test_what_is_understood(book: Book, key: str, text: str, code: str | None) -> None:
    assert meant(book, "report", key, text) == code


@pytest.mark.parametrize("text", ["tidak dikurung", "tidak diikat"])
def test_a_whole_denial_rings_nothing(book: Book, text: str) -> None:
    host = Host(book)
    go(host, *CHILD, text)
    assert host.told["R8"] == "tidak" and not host.alarms


@pytest.mark.parametrize("text", ["dikurung di kamar", "tidak dikurung tapi diikat", "aku sekarat"])
def test_a_danger_word_beside_it_still_rings(book: Book, text: str) -> None:
    host = Host(book)
    go(host, *CHILD, text)
    assert host.alarms and host.told.get("R8") != "tidak"


def to_dying(book: Book, answer: str) -> Host:
    host = Host(book)
    go(host, *CHILD, "Tidak", "Tidak")
    assert host.session.open_key == "R6"
    host.write(answer)
    return host


@pytest.mark.parametrize("answer", ["ya", "kadang", "Ya, kadang terpikir"])
@pytest.mark.parametrize(
    ("plan", "code", "rings"),
    [("Belum", "pikiran", False), ("Ya, ada rencana", "rencana_atau_alat", True), ("Sedang mencoba sekarang", "sedang_mencoba", True)],
)
def test_a_bare_yes_to_dying_asks_for_the_plan(book: Book, answer: str, plan: str, code: str, rings: bool) -> None:
    host = to_dying(book, answer)
    assert (host.session.answers["R6"], host.session.open_key) == ("pikiran", "mati_kini")
    host.write(plan)
    assert host.session.answers["R6"] == code and bool(host.alarms) is rings
    assert (host.session.dialog == "darurat") is rings


def test_the_plan_is_asked_once(book: Book) -> None:
    host = Host(book)
    go(host, *CHILD, "Tidak", "aku pengen mati aja", "Ya", "Belum", "balai desa", "Aman")
    for _ in range(12):
        assert host.session.open_key != "mati_kini"
        host.write(host.last.options[0].label if host.last.options else "lewati")


def test_no_without_a_thought_asks_for_no_plan(book: Book) -> None:
    assert to_dying(book, "tidak pernah").session.open_key == "tanda"
