"""Folding: one plain spelling for the ways a message is typed (abbreviations, doubled letters, `2` for doubling, digits for letters)."""

from __future__ import annotations

import re
import unicodedata

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
    "hidup": "idup",
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
_REPEATED = re.compile(r"([^\W\d_])\1+")
_INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad"}
_DIGIT_LETTERS = str.maketrans("013457", "oieast")


def fold(text: str) -> str:
    """The words of a text in one spelling, parted by single spaces; linear in its length."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    words = _WORDS.findall(_REPEATED.sub(r"\1", text.lower()))
    return " ".join([_FOLD.get(w) or (w if w.isalpha() else _digits(w)) for w in words])


def _digits(word: str) -> str:
    if word.isdigit():
        return word
    if word[-1] == "2":
        word = word[:-1]
    elif word[0].isalpha() and word[-1].isalpha():
        word = word.translate(_DIGIT_LETTERS)
    return _FOLD.get(word, word)
