"""“Mau” wants as well as it will: who wants to tell of a beating is not being beaten, and every true beating rings on."""

from __future__ import annotations

import pytest

from hotline.triage import danger_words

TELLS = ["lapor", "melapor", "melaporkan", "cerita", "bercerita", "tanya", "bertanya", "laporkan", "nanya"]
STILL = [
    *(
        "mau dipukul",
        "dia mau dipukul bapaknya",
        "mau di pukul",
        "mau terus dipukul",
        "mau anak itu dipukul",
        "bapak mau mukul",
        "mw dpukul",
    ),
    *("mau lapor lagi dipukul", "mau lapor, adik sekarang dipukul", "mau cerita anak itu terus dipukul", "mau lapor dia mau dipukul"),
    *("mau lapor anak dipukul terus", "mau lapor anak dipukuli", "mau cerita masih dipukul"),
]


@pytest.mark.parametrize("tells", TELLS)
@pytest.mark.parametrize(
    "said", ["saya mau {} anak dipukul", "mau {} dipukul", "mau {} kalau ada anak ditampar", "aku mo {} tetangga digebuk"]
)
def test_who_wants_to_tell_does_not_ring(tells: str, said: str) -> None:
    assert danger_words(said.format(tells)) == ()


@pytest.mark.parametrize("text", STILL)
def test_every_true_one_rings(text: str) -> None:
    assert danger_words(text)
