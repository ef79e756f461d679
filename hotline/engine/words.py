"""The words a person can send at any time, whatever is being asked; no tree can switch them off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from itertools import dropwhile


class Word(StrEnum):
    """What a global word asks for."""

    DARURAT = "darurat"
    BANTU = "bantu"
    MENU = "menu"
    KEMBALI = "kembali"
    BATAL = "batal"
    CEK = "cek"
    TUTUP = "tutup"
    HAPUS = "hapus"
    BAHASA = "bahasa"
    STOP = "stop"
    MULAI = "mulai"
    LANJUT = "lanjut"


_SPELLED: Mapping[Word, str] = {
    Word.DARURAT: "darurat emergency sos urgent darurot bahaya bebaya danger",
    Word.BANTU: "bantu bantuan help tolong tulung tulungi bantuin",
    Word.MENU: "menu",
    Word.KEMBALI: "kembali back mbalik",
    Word.BATAL: "batal cancel batalkan",
    Word.CEK: "cek check status cekk",
    Word.TUTUP: "tutup close exit keluar tutp ttup tutupp tutuup tutpu tuutp tutuo tutip tutyp tytup turup tupup",
    Word.HAPUS: "hapus delete",
    Word.BAHASA: "bahasa basa language",
    Word.STOP: "stop berhenti unsubscribe",
    Word.MULAI: "mulai start miwiti",
    Word.LANJUT: "lanjut lanjutkan continue terusake",
}
WORDS: Mapping[str, Word] = {spelled: word for word, all_ in _SPELLED.items() for spelled in all_.split()}
_LONGEST = max(map(len, WORDS))
_CRIES = frozenset(["tolong", "tulung", "tulungi", "help"])
_WAVES = frozenset("👋🙏🙂😊😀😃😄👍👌🤝" + "".join(map(chr, range(0x1F3FB, 0x1F400))))
"""Emoji that greet or agree, and the skin tones behind them."""
_IN_DANGER = re.compile(
    r"(?:(?:ada|dalam|lagi|sedang|saya|aku|kami|kita|di sini|tolong|awas|sekarang|in|i am|i m|we are|there is|ono|ana|kula|ning)\s)+"
    r"(?:bahaya|bebaya|danger)(?:\s(?:nih|ini|banget|sekali|sekarang|di sini|tolong|kak|pak|bu|min|saiki|now|here))*"
)
_GREETINGS = frozenset(
    [
        "halo",
        "hallo",
        "hai",
        "hay",
        "hi",
        "hello",
        "hey",
        "helo",
        "permisi",
        "pagi",
        "siang",
        "sore",
        "malam",
        "misi",
        "assalamualaikum",
        "asalamualaikum",
        "aslm",
        "ass",
        "salam",
        "tes",
        "test",
        "coba",
        "p",
        "kulonuwun",
        "sugeng",
        "enjing",
        "siyang",
        "sonten",
        "dalu",
        "nuwun",
        "sewu",
        "selamat",
        "kak",
        "min",
        "admin",
        "pak",
        "bu",
        "mas",
        "mbak",
        "om",
        "assalamu",
        "alaikum",
        "wr",
        "wb",
    ]
)
_TO_PEOPLE = re.compile(
    r"(?:(?:saya|aku|kula|i|want to|mau|ingin|pengen|pingin|arep|boleh|tolong|minta|bisa)\s)*"
    r"(?:(?:bicara|ngomong|omong|omongan|ngobrol|chat|sambungkan|talk|speak|telepon|telpon|telfon|nelpon)"
    r"(?:\s(?:langsung|ke|dengan|sama|karo|kaliyan|to|with|a|an|the))*"
    r"\s(?:(?:kakak |kak |bu |pak )?petugas(?:nya)?|orang(?:nya| asli| beneran)?|manusia(?:nya)?|person|human|staff|officer)"
    r"|(?:panggil|panggilkan) (?:kakak |kak |bu |pak )?petugas(?:nya)?)"
    r"(?:\s(?:langsung|saja|aja|dong|ya|kak|pak|bu|sekarang|bisa|boleh|please|now))*"
    r"|ada (?:petugas(?:nya)?|manusia(?:nya)?|orang(?:nya)? (?:beneran|asli))(?: (?:tidak|kah|di sini|disini|kak|ya))*"
    r"|ada orang(?:nya)?(?: (?:di sini|disini|kak))? (?:tidak|kah)(?: (?:di sini|disini|kak|ya))*"
    r"|(?:(?:saya|aku|kula)\s)?tidak (?:mau|ingin|suka) (?:bicara|ngomong|ngobrol|chat) (?:dengan|sama|karo) (?:bot|robot|mesin)(?:nya)?"
)
"""“Ada orang di sini” and “panggil orang sekarang” ask for nobody of the service: they may be cries."""
_TO_ENGLISH = re.compile(
    r"(?:(?:do you speak|can you speak|can we speak|can i speak|in|speak|bahasa|pakai|bisa|use)\s)*(?:english|inggris)"
    r"(?:\s(?:please|bisa|kak|pak|bu|dong|ya|tidak))*"
)
_START = re.compile(r"^\s*/start(?:@\w+)?\s+(.+)$", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


def word_of(folded: str) -> Word | None:
    """The global word that this (folded) message is, if it is nothing else, also “d a r u r a t”. A slash before it is already gone."""
    words = set(folded.split())
    if _IN_DANGER.fullmatch(folded) is not None or ("sos" in words and words <= _CRIES | {"sos"}):
        return Word.DARURAT
    if words and words <= _CRIES:
        return Word.BANTU
    if _TO_ENGLISH.fullmatch(folded) is not None:
        return Word.BAHASA
    return WORDS.get(folded) or WORDS.get(folded.replace(" ", "") if len(folded) < 2 * _LONGEST and folded[1:2] == " " else "")


def cries(folded: str) -> bool:
    """Whether the message is nothing but a cry for help: it asks what BANTU asks, and people must know of it."""
    return bool(folded) and (folded.replace(" ", "") in _CRIES or set(folded.split()) <= _CRIES)


def asks_for_people(folded: str) -> bool:
    """Whether the message is nothing but the wish to talk to a person of the service, maybe behind a greeting."""
    words = list(dropwhile(_GREETINGS.__contains__, folded.split()))
    return _TO_PEOPLE.fullmatch(" ".join(words)) is not None


def started(folded: str, text: str) -> bool:
    """Telegram's /start, also with the payload of a deep link."""
    return folded.startswith("start") and text.lstrip().startswith("/start")


def payload(text: str) -> tuple[str, bool]:
    """What stands behind /start, and whether it is the one word of a deep link (t.me/bot?start=word) rather than somebody's own words."""
    said = _START.match(text)
    words = said[1].strip() if said is not None else ""
    link = _LINK.fullmatch(words) is not None
    return (words.replace("_", " ").replace("-", " ") if link else words), link


def greeting(folded: str) -> bool:
    """Whether the message only says hello: nothing that must be kept."""
    return bool(folded) and all(word in _GREETINGS for word in folded.split())


def visible(text: str) -> bool:
    """Whether it says anything: a word, a number, tears; a wave, blanks, dots and characters without width do not."""
    return any(unicodedata.category(c)[0] in "LNS" and c not in _WAVES for c in text)


def digits(text: str) -> str:
    """Only the digits 0-9 of what was typed."""
    return "".join([c for c in text if "0" <= c <= "9"])
