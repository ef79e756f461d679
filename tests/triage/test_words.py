"""Danger words: found in every spelling, not found in everyday talk, and fast enough to stand on the way of every message."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.triage import danger_words, group_of
from hotline.triage.fold import fold, fold_sentences
from hotline.triage.lexicon import REGIONAL, STRONG, WEAK
from hotline.triage.phrases import PhraseInvalid, phrases
from hotline.triage.roots import root

STARTER = {
    "bahaya": "lagi dipukul, dikejar, mau dibunuh",
    "senjata": "pisau, parang, golok, celurit, clurit, badik, senapan",
    "medis": "pingsan, berdarah, tidak sadar, sesak napas, kejang, patah tulang, dicekik, dibakar, disiram air panas, overdosis",
    "kurung": "dikurung, dirantai, dipasung, diikat, ditinggal sendiri, dibuang",
    "seksual": "diperkosa, dicabuli, disetubuhi, diraba, dilecehkan, video call telanjang, disebar fotonya",
    "bunuh diri": "bunuh diri, bundir, akhiri hidup, ingin mati, pengen mati, gantung diri, minum racun, nyilet, self harm",
    "TPPO": "dijual, dibawa ke luar, dinikahkan paksa",
}


@pytest.mark.parametrize(("group", "word"), [(g, w) for g, words in STARTER.items() for w in words.split(", ")])
def test_every_starter_word_is_found_in_its_group(group: str, word: str) -> None:
    (found,) = danger_words(f"kemarin sore, {word}!")
    assert group_of(found) == group


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("adek aku lagi dipukulin bapak", "lagi dipukul"),
        ("dia digebukin rame rame", "dipukuli"),
        ("dihajar habis2an", "dipukuli"),
        ("bapak skrg mukulin ibu", "lagi memukul"),
        ("saya mw d bunuh", "mau dibunuh"),
        ("katanya mo dibunuuuuh semua", "mau dibunuh"),
        ("DIA PEGANG PARAAANG", "parang"),
        ("bapak bawa parangnya", "parang"),
        ("adik gk sadar", "tidak sadar"),
        ("nggak sadarkan diri dr td", "tidak sadar"),
        ("kakek sesak nafas", "sesak napas"),
        ("aku di kurung di kamar mandi", "dikurung"),
        ("dkurung bpk", "dikurung"),
        ("dikunciin di dalem kamar", "dikunci"),
        ("pgn mati aja", "ingin mati"),
        ("aku gak mau hidup lagi", "ingin mati"),
        ("udah siap2 gantung-diri", "gantung diri"),
        ("b4ngun, dia bunuh d1ri", "bunuh diri"),
        ("mau bu\u200bnuh diri", "bunuh diri"),
        ("ditinggalin sendirian dari pagi", "ditinggal sendiri"),
        ("mau dibawa om itu ke luar negeri", "dibawa ke luar"),
        ("diancem mau disebarin fotoku", "disebar fotonya"),
        ("ketembak", "dibacok"),
    ],
)
def test_everyday_spellings(text: str, word: str) -> None:
    assert word in danger_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "selamat menikmati hidangan, nikmati ya",
        "kami mau bakar ayam nanti malam",
        "ayam dibakar",
        "jual pisau dapur murah",
        "pisau dapur jual",
        "matikan lampu, hp mau mati",
        "demam berdarah lagi musim",
        "rumah dijual cepat",
        "sampah dibuang sembarangan",
        "rambutnya diikat",
        "dikejar deadline",
        "batik parang",
        "parangtritis",
        "saya tidak sadar kalau sudah sore",
        "aku dewekan ning omah",
        "tinggal sendiri sejak istri meninggal",
        "kebakaran lahan sudah padam",
        "pistol air",
        "saya mau tanya jadwal bantuan pkh bulan ini",
        "",
        "👍🙏",
    ],
)
def test_everyday_talk_is_left_alone(text: str) -> None:
    assert danger_words(text) == ()


def test_weak_words_never_ring_whatever_their_number() -> None:
    assert danger_words(" ".join(WEAK) + " tolong sekarang cepat saya takut sekali") == ()


def test_negation_is_ignored_because_a_false_alarm_is_accepted() -> None:
    assert danger_words("dia tidak dikurung") == ("dikurung",)


def test_all_words_are_found_in_the_order_they_stand() -> None:
    assert danger_words("dia dikurung, lalu pingsan, bapak bawa golok") == ("dikurung", "pingsan", "golok")


def test_a_region_adds_its_own_words() -> None:
    own = frozenset({"digepuki: ~gepuk~", "lading"})
    assert danger_words("adhiku digepuki bapak nganggo lading", own) == ("digepuki", "lading")
    assert group_of("digepuki") == REGIONAL
    assert danger_words("adhiku digepuki bapak nganggo lading") == ()


@pytest.mark.parametrize("wrong", ["pisau (", "pi)sau", "PISAU", "a [b]", "<(x b", ""])
def test_a_phrase_that_is_not_in_the_notation_is_refused(wrong: str) -> None:
    with pytest.raises(PhraseInvalid):
        list(phrases(wrong))


def test_no_word_stands_in_two_groups() -> None:
    names = [name for words in STRONG.values() for name in words]
    assert len(names) == len(set(names))


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(danger_words(text), tuple)
    assert fold(fold(text)) == fold(fold(fold(text)))


@given(st.text(max_size=300))
def test_sentence_by_sentence_a_text_has_the_same_words(text: str) -> None:
    assert " ".join(word for words, _ in fold_sentences(text) for word in words) == fold(text)


def test_sentences_end_where_they_are_marked() -> None:
    found = fold_sentences("Adik jatuh!! Apa boleh ke puskesmas? ... terima kasih\nya")
    assert [(len(words), asks) for words, asks in found] == [(2, False), (4, True), (2, False), (1, False)]


@pytest.mark.parametrize(
    ("said", "plain"),
    [("sokali", "sekali"), ("mombunuh", "bunuh"), ("kemano", "kemana"), ("ape", "apa"), ("masuak", "masuk"), ("ditujah", "tujah")],
)
def test_neighbouring_languages_share_their_roots(said: str, plain: str) -> None:
    assert root(fold(said)).ideas == root(fold(plain)).ideas != ()


def _seconds(text: str, times: int) -> float:
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            danger_words(text)
        best = min(best, (time.perf_counter() - began) / times)
    return best


def test_a_message_of_200_letters_takes_less_than_100_microseconds() -> None:
    text = (
        "Selamat siang bu, saya mau tanya tentang bantuan sembako yang kemarin sudah didaftarkan di kantor desa, katanya harus ke dinas "
        "sosial dulu untuk cek data keluarga, apa betul begitu ya? terima kasih."
    )
    assert len(text) >= 195
    assert _seconds(text, 200) < 100e-6


@pytest.mark.parametrize("piece", ["lagi di di ", "a", "mau mau mau ", "dipuku ", "((", "\u0627\u200f", "lagi x x "])
def test_ten_thousand_letters_take_no_more_than_their_share(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert _seconds(text, 1) < 50e-3
