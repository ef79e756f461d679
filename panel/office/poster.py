"""A poster for schools and puskesmas: how to reach the hotline, as links, QR codes and words, with the verified numbers for danger now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from hotline.i18n import N_, SOURCE, NoSuchLanguage, translations
from panel.context import asked
from panel.frame.codes import qr
from panel.frame.pages import page
from panel.guard import SIGNED_IN, allow

router = APIRouter(prefix="/poster")
LANGUAGES = {"id": "Bahasa Indonesia", "jv": "Basa Jawa", "en": "English"}
TEXTS = {
    "child": N_("Ada yang menyakitimu atau membuatmu takut?"),
    "adult": N_("Tahu ada anak yang disakiti, atau keluargamu perlu bantuan?"),
    "write": N_("Kirim pesan ke sini, kapan saja. Tidak dipungut biaya."),
    "name": N_("Kamu boleh tidak menyebut nama."),
    "scan": N_("Arahkan kamera HP ke kotak ini, atau ketik alamatnya."),
    "danger": N_("Dalam bahaya sekarang? Telepon:"),
    "start": N_("Lalu kirim: Halo"),
}
"""Citizens' texts: they are in every language that citizens have."""


@dataclass(frozen=True, slots=True)
class Way:
    """A channel of the hotline: its name, the address a person may type, and the code that opens it."""

    name: str
    address: str
    code: Markup


@router.get("")
@allow(SIGNED_IN)
def poster(request: Request, bahasa: str = SOURCE) -> Response:
    """The poster of the operator's region, to be printed on A4."""
    ask = asked(request)
    language = bahasa if bahasa in LANGUAGES else SOURCE
    return page(
        request,
        "office/poster.html",
        spoken=language,
        texts=_texts(language),
        ways=_ways(ask.panel.ways.get(ask.who.region, {})),
        spoken_in=LANGUAGES,
    )


def _texts(language: str) -> dict[str, str]:
    try:
        catalogue: Any = translations(language)
    except NoSuchLanguage:
        catalogue = NullTranslations()
    return {name: catalogue.gettext(text) for name, text in TEXTS.items()}


def _ways(links: Mapping[str, str]) -> list[Way]:
    found = []
    for channel, link in links.items():
        plain = link.partition("?")[0]
        known = {"telegram": ("Telegram", "@" + plain.rpartition("/")[2]), "whatsapp": ("WhatsApp", "+" + plain.rpartition("/")[2])}
        name, address = known.get(channel, (channel, plain))
        found.append(Way(name, address, qr(link.format(text="Halo"))))
    return found
