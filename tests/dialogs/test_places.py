"""Where it is, as people say it: pages of names, typing errors, a desa instead of its kecamatan, places outside, a shared location.

The conversations in `tests/transcripts/places` are repeated word for word, with buttons and with numbered choices.
"""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dialogs
from hotline.engine.book import Book
from hotline.engine.dialog import LIST_ITEMS
from hotline.engine.effects import Said
from hotline.engine.nodes import UNLISTED
from hotline.messages import CHANNELS, numbered
from hotline.regions import load_profile
from tests.dialogs.host import Host
from tests.dialogs.region import Region
from tests.dialogs.transcript import BUTTONS, FOLDER, NUMBERED, inputs, play

VILLAGES = {
    "Tirta Barat": ("Banyuasih", "Karangsari", "Sumberan"),
    "Tirta Timur": ("Karangsari", "Tegalrejo"),
    "Gunungsari": tuple(
        f"Gunung {name}" for name in ("Agung", "Batu", "Cilik", "Duwur", "Endah", "Gede", "Jati", "Kidul", "Lor", "Pring", "Wetan")
    ),
    "Pesisir": ("Pesisir", "Ujung"),
    "Pesisir Lor": ("Muara",),
    "Wanasari": (),
    **{f"Kali {name}": () for name in ("Anyar", "Bening", "Cerme", "Dawa", "Jernih", "Kuning", "Lanang", "Putih", "Winong")},
}
WIDE = dialogs.book(Region(villages=VILLAGES, elsewhere=("Kabupaten Segara", "Kota Segara", "Kota Batam", "Provinsi Jauh")))
PLACES = FOLDER / "places"
SCRIPTS = sorted((PLACES / BUTTONS).glob("*.txt"))


@pytest.mark.parametrize("rendering", [BUTTONS, NUMBERED])
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_the_conversation_is_the_one_written_down(path: Path, rendering: str, request: pytest.FixtureRequest) -> None:
    golden = PLACES / rendering / path.name
    played = play(WIDE, WIDE, inputs(path.read_text(encoding="utf-8")), buttons=rendering == BUTTONS)

    if request.config.getoption("--update", default=False):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(played, encoding="utf-8")
    assert played == golden.read_text(encoding="utf-8")


def test_both_renderings_are_there() -> None:
    assert len(SCRIPTS) >= 8
    assert [p.name for p in SCRIPTS] == sorted(p.name for p in (PLACES / NUMBERED).glob("*.txt"))


OUT = ("Jangan", "Tidak", "Tidak tahu / lewati", "Lewati", "Cukup", "Tidak ada", "Tidak tahu", "Orang itu bisa melihat")


def asked(book: Book, *ways: str) -> Host:
    """Somebody who was just asked for the kecamatan, after the shortest answers."""
    host = Host(book)
    for said in ways:
        host.write(said)
    for _ in range(40):
        if host.session.open_key == "kecamatan":
            return host
        labels = [o.label for o in host.last.options]
        host.write(next((label for label in OUT if label in labels), labels[-1] if labels else "lewati"))
    raise AssertionError(host.session.open_key)


AID, NEIGHBOUR = ("halo", "2", "3"), ("halo", "2", "2", "2")


def place(host: Host) -> tuple[str, str]:
    return host.session.answers.get("kecamatan", ""), host.session.answers.get("desa", "")


@pytest.mark.parametrize("slug", ["kendal", "luwu-timur"])
def test_all_places_of_a_real_region_are_reached_by_pages_that_fit_every_channel(slug: str) -> None:
    profile = load_profile(slug)
    book = dialogs.book(profile)
    host, seen = asked(book, *AID), set[str]()
    for _ in range(len(profile.districts)):
        assert len(host.last.options) <= LIST_ITEMS
        assert len(numbered(host.last)) <= min(c.text_limit for c in CHANNELS.values())
        seen |= {o.label for o in host.last.options}
        host.tap("Lainnya ›")
    assert set(profile.districts) <= seen


def test_a_number_means_what_the_open_page_shows() -> None:
    for page in range(3):
        host = asked(WIDE, *AID)
        for _ in range(page):
            host.write("lainnya")
        labels = [o.label for o in host.last.options]
        number = page + 2
        host.write(str(number))
        assert place(host)[0] == labels[number - 1]


def test_a_button_of_an_earlier_page_still_means_its_place() -> None:
    host = asked(WIDE, *AID)
    first = host.last.options[0]
    host.tap("Lainnya ›")
    host.tap_token(first.token)
    assert place(host)[0] == first.label


@pytest.mark.parametrize("code", [">99", ">", "><", ">1>", ">-1", "> 1", ">²"])
def test_a_page_that_is_not_there_leads_nowhere_else(code: str) -> None:
    host = asked(WIDE, *AID)
    host.tap_token(host.last.options[0].token.rpartition(".")[0] + "." + code)
    assert host.session.open_key == "kecamatan"
    assert 0 < len(host.last.options) <= LIST_ITEMS


@pytest.mark.parametrize(
    ("said", "kecamatan", "desa"),
    [
        ("tirta brat", "Tirta Barat", ""),
        ("kec. pesisir lor", "Pesisir Lor", ""),
        ("tegalrejo", "Tirta Timur", "Tegalrejo"),
        ("desa tegalrjo", "Tirta Timur", "Tegalrejo"),
        ("desa pesisir", "Pesisir", "Pesisir"),
        ("karangsari tirta barat", "Tirta Barat", "Karangsari"),
        ("kali jrnih", "Kali Jernih", ""),
        ("rumahku di gunungsari dekat pasar", "Gunungsari", ""),
        ("saya di segara", "Segara", ""),
        ("kota batam", "Kota Batam", ""),
    ],
)
def test_a_place_is_taken_as_it_is_said(said: str, kecamatan: str, desa: str) -> None:
    host = asked(WIDE, *NEIGHBOUR)
    host.write(said)
    assert place(host) == (kecamatan, desa)


def test_a_desa_of_two_kecamatan_is_asked_for_and_then_known() -> None:
    host = asked(WIDE, *NEIGHBOUR)
    host.write("karangsari")
    assert [o.label for o in host.last.options] == ["Tirta Barat", "Tirta Timur", "Tidak tahu / lewati"]
    host.write("2")
    assert place(host) == ("Tirta Timur", "Karangsari")
    assert host.session.open_key != "desa"


def test_a_desa_goes_when_the_kecamatan_changes() -> None:
    host = asked(WIDE, *NEIGHBOUR)
    host.write("tegalrejo")
    for _ in range(2):
        host.write("KEMBALI")
        if host.session.open_key == "kecamatan":
            break
    host.write("Pesisir")
    assert place(host) == ("Pesisir", "")
    assert host.session.open_key == "desa"


def test_words_that_no_list_knows_are_kept_with_the_story_and_are_never_the_answer() -> None:
    """The answer stands on officers' phones."""
    host = asked(WIDE, *NEIGHBOUR)
    host.write("belakang rumah Wati")
    assert place(host)[0] == ""
    host.write("belakang rumah Wati")
    assert place(host) == (UNLISTED, "")
    assert "belakang rumah Wati" in host.said
    assert "Tempat lain" not in host.last.text or "Wati" not in host.last.text


@pytest.mark.parametrize("number", ["16", "99", "0", "2026"])
def test_a_number_beyond_the_page_is_no_place(number: str) -> None:
    host = asked(WIDE, *AID)
    host.write(number)
    host.write(number)
    assert place(host) == ("", "")


def test_danger_in_the_answer_is_heard_first() -> None:
    host = asked(WIDE, *NEIGHBOUR)
    host.write("di karangsari, dia bawa parang")
    assert host.alarms


@pytest.mark.requirement("KAU-28")
def test_a_location_is_exact_only_for_aid() -> None:
    aid, child = asked(WIDE, *AID), asked(WIDE, *NEIGHBOUR)
    for host in (aid, child):
        host.place()
        assert host.session.open_key == "kecamatan"
    assert aid.said[-1] == "[lokasi: -6.90000, 110.20000]"
    assert child.said[-1] == "[lokasi kira-kira: -6.9, 110.2]"


def test_a_location_sent_in_danger_that_goes_on_is_kept_as_it_is() -> None:
    host = Host(WIDE)
    host.write("halo")
    host.tap("Ya")
    host.place()
    assert host.told["tempat"] == "-6.90000, 110.20000"
    host.place()
    assert host.said[-1] == "[lokasi: -6.90000, 110.20000]"


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_one_typing_error_is_forgiven_in_the_whole_conversation(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(name for name in VILLAGES if len(name) > 5)))
    at = data.draw(st.integers(1, len(name) - 2))
    typed = name[:at] + data.draw(st.sampled_from(["", *string.ascii_lowercase])) + name[at + 1 :]
    host = asked(WIDE, *NEIGHBOUR)
    host.write(typed)
    options = {o.label for o in host.last.options}
    # “Kali Being” may be two of them: then both are offered.
    assert place(host)[0] == name or {name, "Tidak tahu / lewati"} <= options or (place(host)[0] in VILLAGES and typed != name)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60) | st.sampled_from(["lainnya", "2", "karangsari", "8", "9", "KEMBALI", "pesisir"]), max_size=6))
def test_whatever_is_written_is_answered_and_kept(said: list[str]) -> None:
    host = asked(WIDE, *NEIGHBOUR)
    for text in said:
        messages = host.write(text)
        assert messages and all(m.text.strip() for m in messages)
        assert host.session.open_key not in ("kecamatan", "desa") or len(messages[-1].options) <= LIST_ITEMS
        assert not any(isinstance(e, Said) and not e.text for e in host.effects)
