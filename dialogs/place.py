"""Where it is: the kecamatan, then, for grown-ups, the desa. Never a house, never coordinates; a place elsewhere is welcome too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.parts import UNKNOWN
from hotline.engine.dialog import LIST_ITEMS
from hotline.engine.nodes import Ask, Branch, Choice, Free, Node, Not, Only, Say, among
from hotline.i18n import N_

_OTHER = N_("Tempat lain")
_UNKNOWN = Choice(UNKNOWN, N_("Tidak tahu / lewati"))


@dataclass(frozen=True, slots=True)
class Area:
    """A region on the map: its name, the desa and kelurahan of each kecamatan, and the names of places outside it."""

    name: str
    villages: Mapping[str, Sequence[str]]
    elsewhere: Sequence[str] = ()
    centres: Mapping[str, tuple[float, float]] = field(default_factory=dict)


OUTSIDE = Say(
    N_(
        "Nama itu tidak ada di daftar kecamatan {wilayah}. Tidak apa-apa, ceritanya tetap kami terima. "
        "Bila di luar {wilayah}, petugas membantu meneruskan."
    )
)


def district(area: Area, text: str) -> tuple[Node, ...]:
    """Which kecamatan: by button, by number or typed, also by the name of a desa in it; another place is welcome too."""
    names = _ordered(area.villages)
    return (
        Ask(
            "kecamatan",
            text,
            (*(Choice(name, name, inside=tuple(area.villages[name]), at=area.centres.get(name)) for name in names), _UNKNOWN),
            free=Free.PLACE,
            title=N_("Kecamatan"),
            part="desa",
            whole=area.name,
            elsewhere=tuple(area.elsewhere),
            unlisted=_OTHER,
        ),
        Only(Not(among("kecamatan", *names, UNKNOWN)), (OUTSIDE,)),
    )


def district_and_village(area: Area, text: str) -> tuple[Node, ...]:
    """The kecamatan, and which desa or kelurahan in it unless its name was what they wrote."""
    ways = {name: (_village(villages),) for name, villages in area.villages.items() if villages}
    return (*district(area, text), *((Branch("kecamatan", ways),) if ways else ()))


def _ordered(names: Iterable[str]) -> list[str]:
    """By the alphabet where they take several pages, so that one knows on which; else as the list has them."""
    known = list(names)
    return sorted(known) if len(known) >= LIST_ITEMS else known


def _village(names: Sequence[str]) -> Ask:
    return Ask(
        "desa",
        N_("Di desa atau kelurahan mana? Boleh pilih, tulis namanya, atau lewati."),
        (*(Choice(name, name) for name in _ordered(dict.fromkeys(names))), _UNKNOWN),
        free=Free.PLACE,
        title=N_("Desa atau kelurahan"),
        unlisted=_OTHER,
    )
