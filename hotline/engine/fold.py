"""Typed words made comparable: case, spacing, punctuation and the usual chat abbreviations do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_NOISE = re.compile(r"[^\w<>+-]+")
_STRETCH = re.compile(r"([^\W\d])\1{2,}")
# Spellings of everyday words in chats; what is left out here the close-spelling match still finds.
_SPELLINGS: Mapping[str, str] = {
    "tdk": "tidak", "tak": "tidak", "gak": "tidak", "ga": "tidak", "gk": "tidak", "nggak": "tidak", "enggak": "tidak", "ngga": "tidak", "engga": "tidak",
    "ndak": "tidak", "nda": "tidak", "kagak": "tidak", "tida": "tidak", "tdak": "tidak",
    "iya": "ya", "iyaa": "ya", "yaa": "ya", "iye": "ya", "iyo": "ya", "yo": "ya", "yup": "ya", "yoi": "ya", "y": "ya", "yes": "ya", "ok": "ya", "oke": "ya",
    "tau": "tahu", "sdh": "sudah", "udh": "sudah", "udah": "sudah", "blm": "belum", "sy": "saya", "dgn": "dengan", "yg": "yang", "skrg": "sekarang",
    "bs": "bisa", "bsa": "bisa", "dlm": "dalam", "krn": "karena", "utk": "untuk", "jg": "juga", "tp": "tapi", "org": "orang", "rmh": "rumah",
}


def fold(text: str) -> str:
    """Lower case, one space between words, chat spellings written out; punctuation and emoji gone."""
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    words = _NOISE.sub(" ", plain.lower()).split()
    return " ".join([_SPELLINGS.get(word) or _SPELLINGS.get(short := _STRETCH.sub(r"\1", word), short) for word in words])
