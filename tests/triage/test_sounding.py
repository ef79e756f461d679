"""What the words of a story say where no question asks how grave it is, and words that say nothing by themselves."""

from __future__ import annotations

import pytest

from bot.triage.examples import UNSEEN, Labelled, load_examples
from hotline.case import Level, Track
from hotline.triage import Assessment, alarming, assess, explain, hear, sounding


@pytest.fixture(scope="module")
def rows() -> tuple[Labelled, ...]:
    return load_examples()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("anak saya dipukul bapaknya tiap malam", "TINGGI"), ("saya dipukul suami tiap hari", "TINGGI"),
        ("suami sering memukul saya dan anak-anak", "SEDANG"), ("keponakan saya hamil umur 14 tahun", "TINGGI"),
        ("anak saya mau dinikahkan umur 15", "TINGGI"), ("anak saya umur 10 tahun kerja di pabrik bata tidak sekolah", "SEDANG"),
        ("mau minta bantuan beras", ""), ("rumah saya kebanjiran", ""), ("anak saya sakit", ""), ("suami saya di-PHK", ""),
        ("anak saya tidak sekolah karena biaya", ""), ("saya janda anak tiga butuh modal usaha", ""), ("Siti Aminah", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_words_of_a_story_say_how_grave_it_is(text: str, level: str) -> None:
    assert sounding(text) == ((), level)


def test_words_that_ring_say_no_more(rows: tuple[Labelled, ...]) -> None:
    assert sounding("bapak bawa parang") == (("parang",), "")
    assert all(sounding(row.text)[0] == alarming(row.text) for row in rows[::50])


def test_ordinary_words_of_a_writer_never_learned_from_sound_like_nothing(rows: tuple[Labelled, ...]) -> None:
    calm = [sounding(row.text)[1] for row in rows if row.writer in UNSEEN and row.level == "BUKAN"]
    grave = [sounding(row.text)[1] for row in rows if row.writer in UNSEEN and row.level == "TINGGI" and not alarming(row.text)]
    assert sum(map(bool, calm)) / len(calm) <= 0.01
    assert sum(map(bool, grave)) / len(grave) >= 0.7


@pytest.mark.parametrize("text", ["Cepat sekali", "cpt bgt", "cepet banget", "sangat cepat", "cukup cepat", "sekarang"])
def test_how_fast_something_was_is_no_cry(text: str) -> None:
    assert alarming(text) == ()
    assert hear(text).level == "BUKAN"


@pytest.mark.parametrize("text", ["tolong", "tolong cepat", "cepat", "cepat sekarang", "cepat pak", "cepat, dia bawa parang"])
def test_who_calls_somebody_is_heard_all_the_same(text: str) -> None:
    assert alarming(text)


@pytest.mark.parametrize("level", [Level.TINGGI, Level.SEDANG])
def test_they_raise_the_level_and_are_its_reason(level: Level) -> None:
    judged = assess(Track.LAYANAN, {"kata_cerita": level.name}, unreached=True)
    assert judged == Assessment(level, (f"kata_cerita={level.name}",))
    assert explain(judged.reasons[0]).startswith("kata-kata dalam cerita")


def test_they_never_add_up_to_an_alarm() -> None:
    two = {"R12": "ya", "R2": "perlu_perawatan"}
    assert assess(Track.LAYANAN, two | {"kata_cerita": "TINGGI"}, unreached=True).level is Level.TINGGI
    assert assess(Track.LAYANAN, two | {"R13": "ya"}, unreached=True).level is Level.DARURAT_TELAAH
