"""Which place somebody's words name: every name of two real kabupaten, misspelt, and what must never be taken for a place."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.engine.fold import fold
from hotline.engine.places import Named, Places, Spot, forgiven
from hotline.regions import load_profile
from hotline.regions.profile import Profile

REGIONS = {slug: load_profile(slug) for slug in ("kendal", "luwu-timur")}


def places(profile: Profile) -> Places:
    return Places(profile.villages, profile.elsewhere, profile.name)


KNOWN = {slug: places(profile) for slug, profile in REGIONS.items()}
KENDAL = KNOWN["kendal"]


def found(text: str, known: Places = KENDAL) -> Named:
    return known.find(fold(text))


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("Boja", "Boja", ""),
        ("kec. boja", "Boja", ""),
        ("BOJA, KENDAL", "Boja", ""),
        ("desa boja", "Boja", "Boja"),
        ("kendal", "Kendal", ""),
        ("sigorojo", "Singorojo", ""),
        ("kec singorejo", "Singorojo", ""),
        ("kaliwungu", "Kaliwungu", ""),
        ("kaliwunguselatan", "Kaliwungu Selatan", ""),
        ("kaliwungu kidul", "Kaliwungu Selatan", ""),
        ("Kaliwungu Slatan", "Kaliwungu Selatan", ""),
        ("weleri dekat pasar", "Weleri", ""),
        ("meteseh", "Boja", "Meteseh"),
        ("rumah saya di desa meteseh kecamatan boja dekat mushola", "Boja", "Meteseh"),
        ("purwosari patebon", "Patebon", "Purwosari"),
        ("aku tinggal di sukorjo bu", "Sukorejo", ""),
    ],
)
def test_a_place_is_found_as_people_write_it(text: str, code: str, part: str) -> None:
    assert found(text) == Named((Spot(code, part),))


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        ("purwosari", {("Patebon", "Purwosari"), ("Sukorejo", "Purwosari")}),
        ("desa purwosari", {("Patebon", "Purwosari"), ("Sukorejo", "Purwosari")}),
        ("perbatasan boja dan limbangan", {("Boja", ""), ("Limbangan", "")}),
    ],
)
def test_what_fits_several_places_is_never_guessed(text: str, spots: set[tuple[str, str]]) -> None:
    assert {(spot.code, spot.part) for spot in found(text).spots} == spots


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kota semarang", "Kota Semarang"),
        ("semarang", "Semarang"),
        ("kab. batang", "Kabupaten Batang"),
        ("saya di batam", "Kota Batam"),
        ("Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("papua pegunungan", "Papua Pegunungan"),
    ],
)
def test_a_place_elsewhere_is_known_for_what_it_is(text: str, name: str) -> None:
    assert found(text) == Named(elsewhere=name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "15",
        "rumah",
        "sekolah",
        "besok aja",
        "sama ibu",
        "di dekat pasar lama sana",
        "kab kendal",
        "jawa tengah",
        "mboten ngertos",
        "x" * 400,
    ],
)
def test_other_words_name_no_place(text: str) -> None:
    assert found(text) == Named()


def test_the_region_and_its_province_are_not_elsewhere() -> None:
    assert not {"Kabupaten Kendal", "Jawa Tengah"} & set(REGIONS["kendal"].elsewhere)
    assert {"Kabupaten Luwu Utara", "Kota Semarang"} <= set(REGIONS["luwu-timur"].elsewhere)


@pytest.mark.parametrize("slug", REGIONS)
def test_every_name_finds_its_place(slug: str) -> None:
    for district, villages in REGIONS[slug].villages.items():
        assert found(f"kecamatan {district}", KNOWN[slug]).spots == (Spot(district),)
        for village in villages:
            assert Spot(district, village) in found(f"desa {village}", KNOWN[slug]).spots
            assert Spot(district, village) in found(f"{village}, kec. {district}", KNOWN[slug]).spots


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[str, str, str]:
    """A kecamatan of a region with one letter wrong, missing, too much or swapped."""
    slug = draw(st.sampled_from(sorted(REGIONS)))
    name = draw(st.sampled_from(REGIONS[slug].districts))
    at = draw(st.integers(1, len(name) - 2))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    match draw(st.sampled_from(("wrong", "missing", "more", "swapped"))):
        case "wrong":
            typed = name[:at] + letter + name[at + 1 :]
        case "missing":
            typed = name[:at] + name[at + 1 :]
        case "more":
            typed = name[:at] + letter + name[at:]
        case _:
            typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return slug, name, typed


@given(misspelt())
def test_a_typing_error_still_finds_the_kecamatan(told: tuple[str, str, str]) -> None:
    """Or it makes another name of the same region, or asks between names that are equally near."""
    slug, name, typed = told
    spots = found(f"kec {typed}", KNOWN[slug]).spots
    others = {fold(other) for other in REGIONS[slug].districts if other != name}

    assert forgiven(fold(name), alone=True) >= 1
    assert Spot(name) in spots or any(other in fold(typed) for other in others), (typed, spots)


@given(st.text(max_size=300))
def test_anything_may_be_written(text: str) -> None:
    known = found(text)

    assert not (known.spots and known.elsewhere)
    assert len(set(known.spots)) == len(known.spots)
