"""What texts for citizens may never say, in any language, and how simply they must say the rest (domain model, sections 4.2 to 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dialogs import dialogs
from dialogs.notices import NOTICES
from dialogs.phrases import PHRASES
from hotline.case import Track
from hotline.engine.book import Book
from hotline.engine.lint import lint
from hotline.engine.nodes import Ask, Say, Stay, Summary
from tests.dialogs.host import Host
from tests.dialogs.region import Region

TOPICS = {
    "id": "anak korban kekerasan seksual pelaku lapor pengaduan polisi dinas sosial perlindungan ppa darurat shelter rumah aman bahaya",
    "en": "child children victim violence sexual offender report complaint police social protection emergency shelter safe danger abuse",
    "jv": "bocah anak korban kekerasan seksual pelaku lapor laporan wadul polisi dinas sosial perlindungan nglindhungi darurat omah bebaya",
}
NEVER = {
    "a why-question": r"\b(mengapa|kenapa|kena apa)\b(?!\")",
    "doubt": r"\b(yakin|benarkah|sungguhkah|are you sure|apa bener)\b",
    "papers": r"\b(nik|nomor kk|nomor ktp|identity number)\b",
    "proof": r"\b(bukti|kumpulkan bukti|evidence)\b",
    "an accusation": r"\b(tuduhan|dugaan anda|terduga|accus\w+|alleged)\b",
    "a threat": r"\b(laporan palsu|sanksi|dipidana|false report|palsu)\b",
    "help on its way": r"(sedang menuju|on the way|lagi mlaku mrana)",
    "a promise of secrecy": r"\b(pasti rahasia|dijamin rahasia|guaranteed)\b",
    "relief": r"\b(syukurlah|untunglah|thank god|luckily)\b",
    "silence chased": r"(masih di sana|still there|isih ana kono)",
    "a promise of aid": r"\b(pasti dapat|akan menerima bantuan|you will receive)\b",
    "clothes": r"\b(baju|pakaian|clothes|wearing)\b",
}
# The teacher is told not to ask "why"; nobody needs proof: these say the rule, they do not break it.
ALLOWED = {"proof": ("tanpa bukti", "without proof"), "a why-question": ('"mengapa"', '"kena apa"', '"why"')}
PHONE = re.compile(r"\b(1\d\d|0\d{3,}|\+62\d+)\b")
LONGEST_SENTENCE, LONGEST_QUESTION = 24, 130


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
        assert [word for word in TOPICS[language].split() if re.search(rf"\b{word}", text)] == []


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_the_quick_exit_means_nothing_to_whoever_reads_it(book: Book, language: str) -> None:
    text = book.phrase("closed", language).casefold()
    assert [word for word in TOPICS[language].split() if re.search(rf"\b{word}", text)] == []


@pytest.mark.parametrize("language", ["id", "en", "jv"])
@pytest.mark.parametrize("what", NEVER)
def test_never_said(book: Book, what: str, language: str) -> None:
    found = []
    for where, text in spoken(book, language):
        plain = text.casefold()
        for allowed in ALLOWED.get(what, ()):
            plain = plain.replace(allowed, "")
        if re.search(NEVER[what], plain):
            found.append((where, text))
    assert found == []


def test_no_number_stands_in_a_text_only_in_the_regions_facts() -> None:
    assert [(where, text) for where, text in written() if PHONE.search(text)] == []


def test_a_child_is_told_kamu_and_a_grown_up_anda() -> None:
    children = re.compile(r"\b(kamu|umurmu|ceritamu|\w+kamu)\b", re.IGNORECASE)
    for dialog in dialogs(Region()):
        if dialog.name in ("aid", "status", "information", "follow_up"):
            assert [n.text for n in dialog.steps() if isinstance(n, Say | Ask) and children.search(n.text)] == []
    assert [text for text in PHRASES.values() if children.search(text) or "Anda" in text] == []


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_sentences_are_short_and_there_is_one_question_at_a_time(book: Book, language: str) -> None:
    sentences = [(len(s.split()), where, s) for where, text in spoken(book, language) for s in re.split(r"[.?!:;]\s|\n", text)]
    worst = sorted(sentences, reverse=True)[:10]
    assert worst[0][0] <= LONGEST_SENTENCE, worst
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
