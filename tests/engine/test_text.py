"""Texts as people read them a second time."""

from __future__ import annotations

import pytest

from hotline.engine.text import question_alone


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Halo, ini layanan otomatis X. Apakah ada bahaya sekarang?", "Apakah ada bahaya sekarang?"),
        ("Kata tadi membuat kami khawatir. Maaf! Apakah ada bahaya?", "Apakah ada bahaya?"),
        ("Petugas akan membaca ini. Boleh kami tanya lagi? Kamu boleh berhenti.", "Boleh kami tanya lagi? Kamu boleh berhenti."),
        ("Di mana kejadiannya? Tulis kecamatan atau desa.", "Di mana kejadiannya? Tulis kecamatan atau desa."),
        ("Silakan tulis tambahannya. Petugas membacanya.", "Silakan tulis tambahannya. Petugas membacanya."),
        ("", ""),
    ],
)
def test_what_led_to_a_question_is_not_said_again(text: str, alone: str) -> None:
    assert question_alone(text) == alone
