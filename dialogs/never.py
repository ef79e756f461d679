"""What no text for citizens may say (domain 4.3) and what no text may name that a phone shows by itself (domain 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from hotline.i18n import N_

NEVER: Mapping[str, str] = MappingProxyType(
    {
        N_("pertanyaan mengapa"): r"\b(mengapa|kenapa|kena apa|why)\b",
        N_("keraguan"): r"\b(yakin|benarkah|sungguhkah|are you sure|apa bener)\b",
        N_("nomor identitas"): r"\b(nik|nomor kk|nomor ktp|identity number)\b",
        N_("bukti"): r"\b(bukti|kumpulkan bukti|evidence)\b",
        N_("tuduhan"): r"\b(tuduhan|dugaan anda|terduga|accus\w+|alleged)\b",
        N_("ancaman"): r"\b(laporan palsu|sanksi|dipidana|false report|palsu)\b",
        N_("janji bahwa petugas datang"): r"(sedang menuju|on the way|lagi mlaku mrana)",
        N_("janji rahasia penuh"): r"\b(pasti rahasia|dijamin rahasia|guaranteed)\b",
        N_("rasa lega"): r"\b(syukurlah|untunglah|thank god|luckily)\b",
        N_("menagih jawaban"): r"(masih di sana|still there|isih ana kono)",
        N_("janji bantuan"): r"\b(pasti dapat|akan menerima bantuan|you will receive)\b",
        N_("pakaian"): r"\b(baju|pakaian|clothes|wearing)\b",
        N_("minta foto luka"): r"\b(foto (luka|memar|anak)|photo of the (injury|child)|kirim foto luka)\b",
        N_("menyelidiki atau menegur"): r"\b(tanyai pelaku|tegur|konfrontasi|rekam|confront|record (him|her|them))\b",
        N_("agama atau orientasi"): r"\b(agama(mu)?|orientasi seksual|religion|sexual orientation)\b",
        N_("datang ke kantor"): r"\b(datang ke kantor|come to the office|teka menyang kantor)\b",
        N_("izin orang tua"): r"\b(izin orang ?tua|parental (permission|consent)|idin wong tuwa)\b",
        N_("menyalahkan"): r"\b(salahmu sendiri|seharusnya kamu|your own fault|kenapa baru)\b",
    }
)
"""What is never said, by a name for it, as one expression over all languages."""

ALLOWED = ("tanpa bukti", "without proof", '"mengapa"', '"kena apa"', '"why"', "mbuktekake")
"""These say the rule; they do not break it: the teacher is told not to ask “why”, nobody needs proof."""

BLOCKED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "id": "anak korban kekerasan seksual pelaku lapor pengaduan polisi dinas perlindungan ppa darurat shelter bahaya",
            "en": "child children victim violence sexual offender report complaint police protection emergency shelter danger abuse",
            "jv": "bocah anak korban kekerasan seksual pelaku lapor laporan wadul polisi dinas perlindungan nglindhungi darurat bebaya",
        }.items()
    }
)
SHOWN_BY_ITSELF = frozenset({"closed", "another_time", "stopped", "welcome.menu_lagi"})
"""What stands on a phone others may look at, or is said to somebody who may be another than the one who told: no topic, no office."""


def said(text: str) -> Iterator[str]:
    """The names of what this text says and must not."""
    plain = text.casefold()
    for allowed in ALLOWED:
        plain = plain.replace(allowed, "")
    yield from (name for name, pattern in NEVER.items() if re.search(pattern, plain))


def blocked(text: str, language: str) -> list[str]:
    """The words of a topic in this text."""
    plain = text.casefold()
    return sorted(word for word in BLOCKED[language] if re.search(rf"\b{word}", plain))
