"""Words in passing that forbid us to write, or tell that others hold the phone. They can only forbid: what allows is asked."""

from __future__ import annotations

import re

from hotline.engine.effects import SafeContact, Said, Stopped
from hotline.engine.program import Question
from hotline.engine.turn import Turn

PHONE, WRITING = "hp", "boleh_kirim"
"""The questions who holds the phone, and whether we may write to it."""
_VERBS = "kirim|kirimi|kirimkan|ngirim|mengirim|(?:meng|di)?hubungi|(?:nge)?chat|wa|sms|telepon|tel[pf]on|ditelepon|ditelpon|nelpon"
_KIN = "mama|mamah|ibu|emak|bapak|ayah|papa|suami|istri|kakak|adik|nenek|kakek|anak|teman|om|tante|paman|bude|pakde"
_OTHERS = rf"(?! (?:polisi|petugas|orang|ambulan|ambulans|sekolah|guru|dia|keluarga|tetangga|ke (?!sini|hp|nomor)|(?:{_KIN})))"
"""“Jangan kirim polisi”, “jangan telepon bapak” are about somebody else."""
_US = ["aku", "saya", "kak", "pak", "bu"]
_SMALL = frozenset([*_US, "eh", "bukan", "cuma", "hanya", "ya", "juga", "tolong", "pesan", "di", "ke", "sini", "lagi"])
_ALLOWED = re.compile(r"(?<!tidak )\bboleh\b")
_DO_NOT_WRITE = re.compile(rf"\b(?:jangan|tidak usah|tidak boleh|stop|ojo)(?: \w+){{0,2}}? (?:{_VERBS})\b{_OTHERS}")
_WRONG_NUMBER = re.compile(
    r"(?:(?:maaf|halo|kak|pak|bu|mas|mbak|ini|anda|kamu|nomor(?:nya)?|sepertinya|kayaknya|mungkin|ya)\s)*"
    r"(?:salah (?:sambung|nomor|nomer)|wrong number)(?:\s(?:ya|ini|kak|pak|bu|mas|mbak|maaf|siapa|apa|itu))*"
)
"""Nothing but that: whoever tells of a wrong number in a story goes on telling. “Salah kirim” is said of a photo sent by mistake."""
_HELD = "dipegang|dicek|dibaca|dilihat|dipinjam|dibuka|diperiksa|dipakai|pegang|pinjam|cek|ngecek|lihat|liat|buka|periksa|baca"
_SOMEBODY = rf"(?:{_KIN})(?:ku|nya| saya| aku)?"
_THIS_PHONE = r"(?:hp|hape|handphone|ponsel)(?: ini| saya| aku|ku| ku|nya| nya)"
_IN_OTHER_HANDS = re.compile(
    rf"\b{_SOMEBODY}(?: \w+){{0,3}}? (?:{_HELD})(?: \w+){{0,1}}? {_THIS_PHONE}\b"
    rf"|\b{_THIS_PHONE}(?: \w+){{0,2}}? (?:{_HELD})(?: \w+){{0,2}}? {_SOMEBODY}\b"
    rf"|\b{_SOMEBODY} (?:suka|sering|bisa|selalu|juga|kadang|kadang kadang) (?:{_HELD}) (?:wa|chat|pesan)(?:ku| saya| aku)\b"
    rf"|(?:\bhp ?(?:nya|ini|ku|saya)|^hp) (?:gantian|bareng|barengan|berdua|dipakai (?:bareng|bersama|berdua|gantian))"
    rf"(?: (?:sama|dengan))?(?: {_SOMEBODY})?\b"
    rf"|\b(?:ini )?hp bersama\b|\bhp ini (?:punya|milik) {_SOMEBODY}\b"
)


def of_the_phone(folded: str) -> bool:
    """Whether the words tell who holds this phone, or that we are not to write to it."""
    return _forbids(folded) or _IN_OTHER_HANDS.search(folded) is not None


def of_nothing_else(folded: str) -> bool:
    """Whether they tell nothing beside that: what else stands there may be why."""
    return of_the_phone(folded) and _SMALL.issuperset(_IN_OTHER_HANDS.sub(" ", _DO_NOT_WRITE.sub(" ", folded)).split())


def _forbids(folded: str) -> bool:
    return wrong_number(folded) or (_DO_NOT_WRITE.search(folded) is not None and _ALLOWED.search(folded) is None)


def wrong_number(folded: str) -> bool:
    """Whether somebody says nothing but that this number is not whose we think it is."""
    return _WRONG_NUMBER.fullmatch(folded) is not None


def forbid(turn: Turn, question: Question | None, text: str, folded: str) -> bool:
    """Write to this phone first no more, if the words say so (domain 4.4); True when they answered the open question with it."""
    writes, held = _forbids(folded), _IN_OTHER_HANDS.search(folded) is not None
    if not writes and not held:
        return False
    key = question.key if question is not None else ""
    if held:
        turn.effects.append(SafeContact("shared", "no"))
        if turn.answers.get(PHONE) == "mine":
            turn.settle(PHONE, "shared", asked=False)
    if wrong_number(folded):
        turn.effects.append(SafeContact("unknown", "no"))
    if writes:
        turn.effects.append(Stopped(True))
    answer = {PHONE: "shared" if held else "", WRITING: "no"}.get(key, "")
    if question is not None and answer in question.choices:
        turn.effects.append(Said(text))
        turn.accept(question, answer)
        return True
    turn.phrase("stopped")
    turn.thanked = True
    return False
