"""Typed words made comparable: case, spacing, punctuation and the usual chat abbreviations do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_ADDRESSED = re.compile(r"^(\s*/\w+)@\w+")
_NOISE = re.compile(r"[^\w<>+-]+")
_STRETCH = re.compile(r"([^\W\d])\1{2,}")
_TWICE = re.compile(r"\b(?!kelas|smpn|sman|smkn|blok|umur|usia)([a-z]{4,})2(?=\b|an\b)")
"""“siapa2”, “anak2”: the word twice. Shorter ones have a number of their own (“sd2”, “hp2”), as a class, a school and an age have."""
_FOREIGN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")) | {ord("\N{SQUARED SOS}"): " sos "}
"""Characters without width, which a keyboard puts into words and nobody sees; and the sign that is a word."""
# Spellings of everyday words in chats; what is left out here the close-spelling match still finds.
_MEANT = {
    "tidak": "tdk tak gak ga gk nggak enggak ngga engga ndak nda kagak tida tdak",
    "ya": "iya iyaa yaa iye iyo yo yup yoi y yes ok oke",
    "tahu": "tau",
    "sudah": "sdh udh udah",
    "belum": "blm",
    "saya": "sy",
    "dengan": "dgn",
    "yang": "yg",
    "sekarang": "skrg skrang",
    "bisa": "bs bsa",
    "dalam": "dlm",
    "karena": "krn",
    "untuk": "utk",
    "juga": "jg",
    "tapi": "tp",
    "orang": "org",
    "rumah": "rmh",
    "jangan": "jgn jngn jgan",
    "dipakai": "dipake dipke",
    "pakai": "pake",
}
_SPELLINGS: Mapping[str, str] = {short: word for word, spelled in _MEANT.items() for short in spelled.split()}


def unaddressed(text: str) -> str:
    """The text without the name of the bot that Telegram writes behind a command: “/cek@teduh_bot” is “/cek”."""
    return _ADDRESSED.sub(r"\1", text) if "@" in text else text


def fold(text: str) -> str:
    """Lower case, one space between words, chat spellings written out; punctuation and emoji gone."""
    text = unaddressed(text)
    plain = unicodedata.normalize("NFKC", text).translate(_FOREIGN) if not text.isascii() else text
    plain = _NOISE.sub(" ", plain.lower())
    if _STRETCH.search(plain):
        plain = _STRETCH.sub(r"\1", plain)
    if "2" in plain:
        plain = _TWICE.sub(r"\1 \1", plain)
    return " ".join([_SPELLINGS.get(word, word) for word in plain.split()])
