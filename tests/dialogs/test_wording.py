"""What texts for citizens may never say, in any language, and how simply they must say the rest (domain model, sections 4.2 to 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dialogs import dialogs
from dialogs.never import blocked, said
from dialogs.notices import NOTICES
from dialogs.phrases import PHRASES
from dialogs.reading import LONGEST_QUESTION, hardest, read
from hotline.case import Track
from hotline.engine.book import Book
from hotline.engine.lint import lint
from hotline.engine.nodes import Ask, Say, Stay, Summary
from tests.dialogs.host import Host
from tests.dialogs.region import Region

PHONE = re.compile(r"\b(1\d\d|0\d{3,}|\+62\d+)\b")


def written() -> Iterator[tuple[str, str]]:
    """Every text as written, with where it stands."""
    for dialog in dialogs(Region()):
        for node in dialog.steps():
            if isinstance(node, Say | Summary):
                yield dialog.name, node.text
            elif isinstance(node, Ask | Stay):
                yield f"{dialog.name}.{node.key}", node.text
                yield from ((f"{dialog.name}.{node.key}", choice.label) for choice in node.choices)
                if isinstance(node, Stay):
                    yield from ((f"{dialog.name}.{node.key}", reply) for reply in node.replies)
    yield from PHRASES.items()


def spoken(book: Book, language: str) -> Iterator[tuple[str, str]]:
    """Every text in one language, facts filled."""
    for where, text in written():
        yield where, book._text(language, text).fill(lambda field: f"({field})")


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_a_push_names_no_topic(book: Book, language: str) -> None:
    for name in NOTICES:
        text = book.notice(name, language, kode="482 177 359").text.casefold()
        assert ("482 177 359" in text) == ("{kode}" in NOTICES[name])
        assert blocked(text, language) == []


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_the_quick_exit_means_nothing_to_whoever_reads_it(book: Book, language: str) -> None:
    text = book.phrase("closed", language).casefold()
    assert blocked(text, language) == []


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_never_said(book: Book, language: str) -> None:
    assert [(where, name) for where, text in spoken(book, language) for name in said(text)] == []


NEVER_SAID = [
    "Mengapa baru bercerita sekarang?",
    "Apakah kamu yakin?",
    "Berapa NIK Anda?",
    "Tolong kumpulkan bukti.",
    "Ini hanya dugaan Anda.",
    "Laporan palsu dipidana.",
    "Petugas sedang menuju ke sana.",
    "Dijamin rahasia.",
    "Syukurlah.",
    "Masih di sana?",
    "Anda pasti dapat bantuan.",
    "Waktu itu pakai baju apa?",
    "Kirim foto luka.",
    "Tegur pelakunya.",
    "Agamamu apa?",
    "Silakan datang ke kantor desa.",
    "Minta izin orang tua dulu.",
    "Itu salahmu sendiri.",
    "Why did you wait?",
]


@pytest.mark.parametrize("text", NEVER_SAID)
def test_the_list_knows_what_is_never_asked(text: str) -> None:
    assert list(said(text))


def test_no_number_stands_in_a_text_only_in_the_regions_facts() -> None:
    assert [(where, text) for where, text in written() if PHONE.search(text)] == []


def test_a_child_is_told_kamu_and_a_grown_up_anda() -> None:
    children = re.compile(r"\b(kamu|umurmu|ceritamu|\w+kamu)\b", re.IGNORECASE)
    for dialog in dialogs(Region()):
        if dialog.name in ("aid", "status", "information", "follow_up"):
            assert [n.text for n in dialog.steps() if isinstance(n, Say | Ask) and children.search(n.text)] == []
    assert [text for text in PHRASES.values() if children.search(text) or "Anda" in text] == []


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_everything_can_be_read_after_five_years_of_school(book: Book, language: str) -> None:
    worst = hardest(spoken(book, language))
    assert worst[0].grade <= 1, worst


def test_hard_sentences_are_told_apart_from_easy_ones() -> None:
    long, wordy, easy = "kata " * 21, "pertanggungjawabannya", "Di mana kejadiannya?"
    assert [one.grade > 1 for one in (*read("x", long), *read("x", wordy), *read("x", easy))] == [True, True, False]


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_there_is_one_question_at_a_time(book: Book, language: str) -> None:
    for where, text in spoken(book, language):
        if "." in where and "?" in text:
            assert text.count("?") == 1, (where, text)
            assert len(text) <= LONGEST_QUESTION + 20 * (language != "id"), (where, text)


def test_labels_fit_real_buttons_and_messages_fit_every_channel(book: Book) -> None:
    assert lint(book) == []


def test_what_is_asked_of_everyone_and_never_before_the_danger_question(book: Book) -> None:
    for who in ("Orang tua / keluarga", "Tetangga / warga", "Guru / sekolah", "Instansi / lembaga"):
        host = Host(book)
        for act in ("halo", "Tidak", "Cerita tentang anak", who):
            host.write(act)
        order = finish(host)
        assert order[0] == "R1"
        assert {"R1", "R3", "R4", "R5", "R8", "hp", "jenis", "kecamatan"} <= set(order)
        assert order.index("hp") < order.index("jenis"), "who holds the phone comes before the story"


def test_limits_of_confidentiality_come_before_the_first_words_of_ones_own(book: Book) -> None:
    for who, limits in (("Guru / sekolah", "kami jaga"), ("Instansi / lembaga", "kami jaga"), ("Aku sendiri, aku anak", "kami jaga")):
        host = Host(book)
        for act in ("halo", "Tidak", "Cerita tentang anak", who):
            host.write(act)
        finish(host)
        seen = [e.message for e in host.all if hasattr(e, "message")]
        told = next(i for i, m in enumerate(seen) if limits in m.text)
        question = book.question("cerita")
        own_words = [
            i
            for i, m in enumerate(seen)
            if any(k in o.token for o in m.options for k in (".cerita.", ".sekolah.", ".instansi.", ".nama.", ".kecamatan."))
        ]
        assert question is not None and told <= min(own_words)


def finish(host: Host) -> list[str]:
    """Answer with the first choice that ends nothing, to the ticket; gives the order of the questions."""
    for _ in range(40):
        labels = [o.label for o in host.last.options]
        if not labels:
            break
        host.tap(next((label for label in labels if label in ("Tidak", "Lewati", "Tanpa nama", "Sudah benar")), labels[0]))
    assert any("PIN" in e.message.text for e in host.all if hasattr(e, "message"))
    return list(host.told)


@pytest.mark.requirement("LUT-20")
def test_a_child_has_a_code_after_six_taps(book: Book) -> None:
    host = Host(book)
    host.write("halo")
    taps = ("Tidak", "Aku anak, butuh bantuan", "Cuma aku yang pegang", "Dipukul atau disakiti", "Ya, kami serumah", "10-12 tahun")
    for label in taps[:-1]:
        assert not any("PIN" in m.text for m in host.tap(label))
    assert any("PIN" in m.text for m in host.tap(taps[-1]))
    assert host.told["pelapor"] == "anak" and host.told["R4"] == "6-12"
    assert book.track(host.session) is Track.ANAK
