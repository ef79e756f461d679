"""Questions of which several answers may be named: what is named is not offered again, and “do not know” or “none” ends them."""

from __future__ import annotations

import pytest

from hotline.engine.book import IMPLIED, Book
from hotline.engine.dialog import Dialog, DialogInvalid
from hotline.engine.effects import Answered
from hotline.engine.nodes import Ask, Choice, End
from tests.dialogs.host import Host

TO_CRITERIA = ("halo", "Tidak", "Bantuan sosial", "Keluarga saya", "5", "Butuh bantuan", "Sosial")
TO_SIGNS = ("halo", "Tidak", "Cerita tentang anak", "Tetangga / warga", "Tidak tahu", "Kekerasan psikis", "6-12 tahun")
SIGNS = (*TO_SIGNS, "Ya, mereka serumah", "Tidak", "Tidak")

SIGNS_OF_A_PARENT = (*TO_SIGNS[:3], "Orang tua / keluarga", *TO_SIGNS[4:], "Ya, mereka serumah", "Tidak", "Tidak")


@pytest.fixture
def host(book: Book) -> Host:
    return Host(book)


def go(host: Host, *texts: str) -> None:
    for text in texts:
        host.write(text)


def labels(host: Host) -> list[str]:
    return [option.label for option in host.last.options]


@pytest.mark.requirement("ASA-15")
def test_six_criteria_may_be_named_and_one_is_enough(host: Host) -> None:
    go(host, *TO_CRITERIA)
    assert len(labels(host)) == 7
    go(host, "1, 3, 5")
    assert host.told["kriteria"] == "kemiskinan,kedisabilitasan,bencana"


@pytest.mark.parametrize("said", ["Tidak tahu / lewati", "7", "lewati", "tidak tahu"])
def test_do_not_know_ends_the_question(host: Host, said: str) -> None:
    go(host, *TO_CRITERIA, said)
    assert host.told["kriteria"] == "tidak_tahu"
    assert host.session.open_key == "ppks"


def test_what_is_named_is_not_offered_again_and_numbers_are_those_shown(host: Host) -> None:
    go(host, *TO_CRITERIA, "Disabilitas")
    assert "Disabilitas" not in labels(host) and "Tidak tahu / lewati" not in labels(host)
    assert labels(host)[-1] == "Cukup"
    number = labels(host).index("Terkena bencana") + 1
    go(host, str(number), str(len(labels(host)) - 1))
    assert host.told["kriteria"] == "kedisabilitasan,bencana"


def test_naming_all_of_them_ends_the_question(host: Host) -> None:
    go(host, *TO_CRITERIA)
    for label in ("Penghasilan tidak cukup", "Tidak ada yang merawat", "Disabilitas", "Hidup di jalan", "Terkena bencana"):
        host.tap(label)
    host.tap("Terkena kekerasan")
    assert host.session.open_key == "ppks"


def test_do_not_know_named_with_others_counts_for_nothing(host: Host) -> None:
    go(host, *TO_CRITERIA, "1, 7")
    assert host.told["kriteria"] == "kemiskinan"


def test_a_near_spelling_names_one_and_asks_on(host: Host) -> None:
    go(host, *TO_CRITERIA, "disabilitaz")
    assert host.session.open_key == "kriteria" and "Disabilitas" not in labels(host)


def test_two_numbers_after_one_was_named_are_the_shown_ones(host: Host) -> None:
    go(host, *TO_CRITERIA, "1", "1, 2")
    assert host.told["kriteria"] == "kemiskinan,keterlantaran,kedisabilitasan"


def test_a_second_tap_on_what_was_named_changes_nothing(host: Host) -> None:
    go(host, *TO_CRITERIA)
    token = host.last.options[0].token
    host.tap_token(token)
    host.tap_token(token)
    host.tap("Cukup")
    assert host.told["kriteria"] == "kemiskinan"


def test_naming_some_says_no_to_the_others(host: Host) -> None:
    go(host, *SIGNS, "2", "Cukup")
    assert {key: host.told.get(key) for key in ("R7", "R9", "R11", "disabilitas")} == {
        "R7": "tidak",
        "R9": "ya",
        "R11": "tidak",
        "disabilitas": "tidak",
    }


@pytest.mark.parametrize(("said", "code"), [("Tidak ada yang sesuai", "tidak"), ("Tidak tahu / lewati", "tidak_tahu")])
def test_none_and_do_not_know_answer_for_all(host: Host, said: str, code: str) -> None:
    go(host, *SIGNS, said)
    assert {host.told[key] for key in ("R7", "R9", "R11", "disabilitas")} == {code}


def test_what_is_named_counts_at_once_for_who_never_finishes(host: Host) -> None:
    go(host, *SIGNS, "Senjata, ancaman bunuh")
    assert host.told["R7"] == "ya" and host.session.open_key == "tanda"


def test_back_takes_back_what_was_named_with_all_it_said(host: Host) -> None:
    go(host, *SIGNS, "Senjata, ancaman bunuh", "KEMBALI")
    assert host.told["R7"] == "" and "tanda" not in host.session.answers
    assert "Senjata, ancaman bunuh" in labels(host)
    go(host, "KEMBALI")
    assert host.session.open_key == "R5"


def test_correcting_what_was_named_changes_what_it_said(host: Host) -> None:
    go(host, *SIGNS, "1, 2", "Tidak", "Tidak", "4", "lewati", "Ubah jawaban", "Tanda bahaya")
    assert host.session.open_key == "tanda"
    go(host, "Tidak ada yang sesuai")
    assert (host.told["R7"], host.told["R9"]) == ("tidak", "tidak")


def test_only_a_question_of_many_has_choices_that_stand_alone() -> None:
    with pytest.raises(DialogInvalid, match="takes one"):
        Dialog("x", (Ask("a", "A?", (Choice("1", "Satu", alone=True),)), End()))


def test_an_answer_that_another_implies_is_not_told_as_the_persons_words(host: Host, book: Book) -> None:
    go(host, *SIGNS_OF_A_PARENT, "Takut pulang", "Cukup")
    told = {effect.key: effect for effect in host.all if isinstance(effect, Answered) and not effect.private}
    story = {answer.key: answer for answer in book.story(host.session)}
    for found in (told, story):
        assert found["R6"].value == "tidak"
        assert [key for key, answer in found.items() if answer.question.endswith(IMPLIED)] == ["R6"]


def test_the_same_question_asked_is_told_as_asked(host: Host, book: Book) -> None:
    go(host, "halo", "Tidak", "Aku anak, butuh bantuan", "Orang itu bisa melihat", "Hal lain / lewati", "Tidak")
    assert not [answer for answer in book.story(host.session) if answer.question.endswith(IMPLIED)]
