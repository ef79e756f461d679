"""Questions that people ask back, each answered in a sentence before their own is asked again; and thanks, which ask nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CALL = r"(?:(?:halo|hai|hei|maaf|permisi|eh|kak|pak|bu|kok|trus|terus|jadi)\s)*"
_ADDRESS = r"(?:\s(?:ya|sih|kak|pak|bu|min|to|tho|kok|dong|nih|kan|yang chat|yang wa|yang kirim))*"
_WHO = (
    r"(?:ini|iki) (?:dengan |sama |dari |karo )?(?:siapa|sopo|sinten|apa|(?:nomor|nomer) (?:siapa|apa)|(?:layanan|chat|bot) apa)"
    r"|siapa (?:ini|kamu|anda|ya|yang chat|yang wa)|sopo iki|sinten niki|kamu siapa|anda siapa|ada apa(?: ini)?|apa ini|apa iki"
    r"|siapa(?: yang)? (?:chat|wa|kirim|nge ?chat|hubungi)(?: ke)?(?: \w+){0,2}"
    r"|(?:ini |itu |heh |woi |kamu )*siapa (?:lu|lo|elo|kau|anda|kamu|sih)(?: \w+)?"
    r"|(?:ini|itu) apaan(?: sih)?|(?:wa|chat|pesan|nomor|nomer) (?:apa|apaan|siapa)(?: ini| sih)?|kamu siapanya(?: \w+){0,3}"
    r"|(?:ngapain|kenapa|mau apa)(?: kamu| lu| ini)? (?:chat|wa|kirim pesan|hubungi)(?: \w+){0,3}"
    r"|who (?:is this|are you)|what is this"
)
_BOT = (
    r"(?:ini |kamu |anda |apakah )+(?:bot|robot|mesin|orang beneran|manusia|orang asli)(?: atau \w+)?"
    r"|(?:is this|are you) (?:a )?(?:bot|human|robot|person|real person)"
)
_SECRET = (
    r"(?:(?:apakah|apa|ini|cerita|ceritaku|ceritanya|laporan|laporanku|nama|namaku) )+(?:aman dan )?(?:rahasia|dirahasiakan)|rahasia kan"
    r"|(?:tolong )?(?:di)?rahasia(?:in|kan)"
    r"|(?:bisa|akan|tidak akan|tidak) (?:di)?bocor(?:kan)?|is (?:this|it) (?:secret|confidential)"
)
_WHEN = (
    r"(?:kapan|jam berapa|kapane) (?:.*)?(?:petugas|dibalas|dijawab|datang|ditangani|diproses|dihubungi|teko|rawuh)(?:nya)?(?: .*)?"
    r"|(?:masih |kira kira |berapa )?(?:berapa )?lama(?: lagi)?(?:nya)?|kok (?:belum|tidak) (?:dibalas|dijawab|ada kabar)|when .*come"
)
_HOME = (
    r".*(?:jangan|tidak usah|ojo)(?: sampai| sampe)? (?:bilang|kasih tahu|kasih tau|beri tahu|beritahu|cerita|ngomong|kandha|lapor)"
    r"(?: ke| sama| kepada| pada| karo)? (?:bapak|ibu|mama|papa|ayah|orang ?tua|ortu|guru|kakak|nenek|keluarga|siapa ?siapa|siapa ?pun).*"
)
_FAULT = (
    r"(?:(?:apa|apakah|ini|itu|semua|semuanya|memang|mungkin)\s)*(?:salahku|salah (?:aku|saya)|my fault)"
    r"|(?:aku|saya) (?:yang|memang|juga|emang) (?:yang )?salah(?: ya)?|(?:is )?(?:it|this)(?: is| s)? my fault"
)
_ASKED: Mapping[str, re.Pattern[str]] = {
    name: re.compile(f"{_CALL}(?:{pattern}){_ADDRESS}")
    for name, pattern in {
        "asked_who": _WHO,
        "asked_bot": _BOT,
        "asked_secret": _SECRET,
        "asked_when": _WHEN,
        "asked_home": _HOME,
        "asked_fault": _FAULT,
    }.items()
}
_KIN = "ibu|bapak|ayah|mama|mamah|mamak|papa|papah|suami|istri|kakak|nenek|kakek|orang ?tua|wali|emak|om|tante|paman"
_SMALL = "ya|iya|kok|sih|kak|pak|bu|halo|maaf|eh|siapa|ini|itu|ada|apa|kenapa|dengan|sama|nih|lho|loh"
_CLAIMS = re.compile(rf"(?:(?:{_SMALL})\s)*(?:ini|saya|aku|iki|kula|kulo)\s(?:{_KIN})(?:nya|ne|e|ipun)(?:\s(?:{_SMALL}))*")
_MY_CHILD = r"(?:anak (?:saya|aku|gue|gua|gw|kami|kita|ku)|anakku)"
_ASKS_OR_FORBIDS = rf"(?:{_SMALL}|ngapain|kamu|anda|jangan|tolong|hai|hei|heh|woi|mohon|apa)"
_OF_A_PARENT = re.compile(
    rf"(?:{_ASKS_OR_FORBIDS}\s.*)?\b{_MY_CHILD}(?:\s(?:\w+\s){{0,3}}(?:siapa|apa|kenapa|ngapain|kamu|anda|ini|kecil|tidur|lagi|ya|kak))?"
    rf"|(?:(?:{_SMALL})\s)*(?:ini|saya) (?:mama|ibu|ayah|bapak|papa|bunda) ?nya \w+(?: (?:ya|kak|pak|bu))?"
)
"""Nobody says so of themselves who is the child: “siapa yang chat anak saya”, “ini mamanya Dinda”."""
_TOLD_OF = re.compile(
    r"\b(?:bilang|kata|katanya|teriak|marah|takut|nangis|hamil|bayi|pacar\w*|pelaku\w*|temanku|bukan"
    r"|\w*(?:pukul|sentuh|siksa|bunuh|tampar|tendang)\w*)\b"
)
"""A child that quotes a parent (“bapak bilang kamu bukan anakku lagi”), names one, or has a child itself."""
_LONGEST_CLAIM, _LONGEST_QUESTION = 8, 14
_THANKING = frozenset(["terima", "terimakasih", "makasih", "makasi", "mksh", "mksih", "thanks", "thank", "thx", "suwun", "nuwun"])
_AROUND = ["kasih", "you", "matur", "banyak", "ya", "baik", "siap", "sip", "sudah", "dong", "atas", "bantuannya", "infonya", "nggih"]
_HEARD = ["mendengar", "mendengarkan", "dengar", "dengarkan", "dengerin", "didengarkan", "dibantu", "membantu", "menolong"]
_THANKS = _THANKING | frozenset([*_AROUND, *_HEARD, "kak", "pak", "bu", "mas", "mbak", "min"])
_AGREED = frozenset(["siap", "sip", "baik"])
"""“Ya” is none: it may be the late answer to a question about danger."""
_AGREES = _AGREED | frozenset(["kak", "pak", "bu", "mas", "mbak", "min"])
_OK = re.compile(r"o+k+(?:e+h*|ay|ey|ie)?(?:(?: (?:kak|pak|bu|mas|mbak|min|deh|lah|siap|sip|baik|ya))*)[.! ]*", re.IGNORECASE)
_NODS = frozenset("👍👌🙏🤝👏🤗😊☺🙂😇❤💙💚🧡💛💜🤍🥰")
_SHADES = frozenset("\ufe0f\ufe0e\u200d" + "".join(map(chr, range(0x1F3FB, 0x1F400))))
"""What stands behind a sign and changes its look: variation, joiner, colour of the skin."""


def asked_back(folded: str) -> str:
    """The name of the sentence that answers this question; empty where it is none that we know."""
    if folded.count(" ") >= _LONGEST_QUESTION:
        return ""
    asked = next((name for name, pattern in _ASKED.items() if pattern.fullmatch(folded)), "")
    return "asked_who" if asked == "asked_bot" else asked


def asks_who(folded: str) -> bool:
    """Whether the message is nothing but “who is this?”, as somebody writes who finds a chat that is not theirs."""
    return folded.count(" ") < _LONGEST_QUESTION and _ASKED["asked_who"].fullmatch(folded) is not None


def claims_kin(folded: str) -> bool:
    """“Ini ibunya”, “saya suaminya”: somebody says to be family of whoever was writing."""
    return folded.count(" ") < _LONGEST_CLAIM and _CLAIMS.fullmatch(folded) is not None


def claims_the_child(folded: str) -> bool:
    """The same of a child, also by calling it theirs."""
    short = folded.count(" ") < _LONGEST_CLAIM and _TOLD_OF.search(folded) is None
    return claims_kin(folded) or (short and _OF_A_PARENT.fullmatch(folded) is not None)


def nods(text: str) -> bool:
    """Whether the message is nothing but an “ok”, a thumb, folded hands, a smile or a heart: after the end, not as an answer."""
    words = "".join(sign for sign in text if sign not in _NODS and sign not in _SHADES).strip()
    return _OK.fullmatch(words) is not None if words else not _NODS.isdisjoint(text)


def thanks(folded: str) -> bool:
    """Whether the message only thanks or agrees."""
    words = folded.split()
    return (not _THANKING.isdisjoint(words) and _THANKS.issuperset(words)) or (not _AGREED.isdisjoint(words) and _AGREES.issuperset(words))
