"""Number words as people write them: Indonesian, Javanese, English."""

from __future__ import annotations

from collections.abc import Mapping

CARDINALS = (
    "satu siji one",
    "dua loro two",
    "tiga telu three",
    "empat papat four",
    "lima limo five",
    "enam nem six",
    "tujuh pitu seven",
    "delapan wolu eight",
    "sembilan sanga nine",
    "sepuluh sedasa ten",
    "sebelas sewelas eleven",
    "rolas twelve",
    "telulas thirteen",
    "patbelas fourteen",
    "limalas fifteen",
    "nembelas sixteen",
    "pitulas seventeen",
    "wolulas eighteen",
)
"""One, two, three and so on, each in every spelling, the Indonesian word first."""
ORDINALS = "pertama kedua ketiga keempat kelima keenam ketujuh kedelapan"


def counted(*written: str) -> Mapping[str, int]:
    """The number of each word, where the words for one come first, then those for two, and so on."""
    return {word: number for number, words in enumerate(written, 1) for word in words.split()}
