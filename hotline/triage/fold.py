"""Folding: one plain spelling for the ways a message is typed (abbreviations, doubled letters, `2` for doubling, digits for letters)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPELLINGS = {
    "tidak": "gk ga gak g nggak ngga enggak engga kagak kaga tdk tak tek ndak nda dak ora mboten kada ngak ngga",
    "sekarang": "skrg skrng skg skarang sekrang saiki",
    "lagi": "lg lgi",
    "sedang": "sdg sdang",
    "masih": "msh",
    "terus": "trs trus",
    "sudah": "udah udh sdh dah uda",
    "mau": "mw mo mao",
    "ingin": "pengen pngen pgn pngn pengin pgen kepengen kepingin pingin",
    "saja": "aja aj ae wae sj",
    "dengan": "dgn dg",
    "yang": "yg",
    "tadi": "td",
    "barusan": "brusan",
    "kalau": "klo kl kalo klw",
    "sampai": "sampe ampe",
    "sama": "sm ama",
    "dari": "dr dri",
    "untuk": "utk",
    "anak": "ank",
    "saya": "sy",
    "aku": "aq ak",
    "adik": "adek ade adk",
    "darah": "drh drah",
    "bunuh": "bnh bnuh",
    "diri": "diriku dirinya",
    "sendiri": "sndiri sndri",
    "sendirian": "sndirian",
    "pisau": "piso",
    "napas": "nafas npas",
    "nikah": "nikahin",
    "capek": "cape cpek",
    "hidup": "idup hdup idop",
    "kamar": "kmr",
    "rumah": "rmh",
    "obat": "obt",
    "paksa": "pksa",
    "dalam": "dlm dalem",
    "dipukul": "dpukul dipkul",
    "pingsan": "pngsan pinsan",
    "belum": "blm",
    "bisa": "bs bsa",
    "susah": "ssh",
    "video": "vidio pidio",
    "gantung": "gntung",
}
_FOLD = {short: full for full, shorts in _SPELLINGS.items() for short in shorts.split()}
_WORDS = re.compile(r"[^\W_]+")
_TOKENS = re.compile(r"[^\W_]+|[.!?;\n]")
_ENDS = frozenset(".!?;\n")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad"}
_DIGIT_LETTERS = str.maketrans("013457", "oieast")


def fold(text: str) -> str:
    """The words of a text in one spelling, parted by single spaces; linear in its length."""
    return " ".join(map(_folded, _WORDS.findall(_plain(text))))


def fold_sentences(text: str) -> list[tuple[list[str], bool]]:
    """The same words sentence by sentence, each with whether it asks; a sentence without a word is left out."""
    found: list[tuple[list[str], bool]] = []
    words: list[str] = []
    for token in _TOKENS.findall(_plain(text)):
        if token not in _ENDS:
            words.append(_folded(token))
        elif words:
            found.append((words, token == "?"))
            words = []
    return [*found, (words, False)] if words else found


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return text.lower()


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    word = _REPEATED.sub(r"\1", word)
    return _FOLD.get(word) or (word if word.isalpha() else _digits(word))


def _digits(word: str) -> str:
    if word.isdigit():
        return word
    if word[-1] == "2":
        word = word[:-1]
    elif word[0].isalpha() and word[-1].isalpha():
        word = word.translate(_DIGIT_LETTERS)
    return _FOLD.get(word, word)
