"""The ticket written back: wherever it comes it is CEK, and its PIN stands in nothing that is kept for people."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.messages import Kind
from tests.dialogs.host import CODE, PIN, Host
from tests.dialogs.test_many import go

SPACED = "482 177 359"
ALONE = (
    f"Kode: {SPACED}\nPIN: {PIN}",
    f"CEK 482.177.359, PIN {PIN}",
    f"cek kode {CODE} pin {PIN}",
    f"CEK{CODE}{PIN}",
    f"{SPACED} {PIN}",
    f"{PIN} {CODE}",
    f"/cek@teduh_bot {CODE} {PIN}",
)
AMONG = (
    f"ini tulisannya Kode: {SPACED}\nPIN: {PIN} tolong dilihat",
    f"kodenya {CODE}, pinnya {PIN}, kok tidak bisa",
    f"saya sudah tanya {PIN} {CODE} dua kali",
    f"tolong dilihat {CODE}{PIN} ya",
)
WAYS = {
    "nothing": (),
    "the first question": ("halo",),
    "a story": ("halo", "Tidak", "Cerita tentang anak"),
    "the code": ("halo", "CEK"),
    "the pin": ("CEK 111222333",),
}


def without_code(words: str) -> str:
    """The code of these tests begins with the digits of its PIN."""
    return words.replace(CODE, "")


@pytest.fixture(params=WAYS)
def host(book: Book, request: pytest.FixtureRequest) -> Host:
    made = Host(book)
    go(made, *WAYS[request.param])
    return made


@pytest.mark.parametrize("text", ALONE)
def test_code_and_pin_alone_show_the_status_and_are_kept_nowhere(host: Host, text: str) -> None:
    assert f"Kode {SPACED}: sedang ditelaah." in host.write(text)[0].text
    assert host.said == []


@pytest.mark.parametrize("language", ["Bahasa Indonesia", "English", "Basa Jawa"])
def test_the_whole_ticket_copied_back_in_any_language(book: Book, language: str) -> None:
    host = Host(book)
    go(host, "BAHASA", language, "MENU", "2", "1", "1", "1")
    for _ in range(30):
        if any(f"PIN: {PIN}" in message.text for message in host.tap_token(host.last.options[-1].token)):
            break
    ticket = next(m.text for m in [e.message for e in host.effects if hasattr(e, "message")] if f"PIN: {PIN}" in m.text)
    go(host, "MENU")
    host.write(ticket)
    assert host.session.fetched["look_up"]["found"] == "ok"
    assert not any(PIN in without_code(words) for words in host.said)


@pytest.mark.parametrize("text", AMONG)
@pytest.mark.parametrize("change", [{}, {"edited": True}, {"late": True}])
def test_among_other_words_the_pin_is_struck_out(host: Host, text: str, change: dict[str, bool]) -> None:
    host.send(Kind.TEXT, text=text, **change)
    assert len(host.said) == 1
    assert PIN not in without_code(host.said[0])


@pytest.mark.parametrize("text", [*ALONE[:-1], f"CEK {CODE} {PIN}"])
def test_a_belated_ticket_is_nobodys_to_read(host: Host, text: str) -> None:
    host.send(Kind.TEXT, text=text, late=True)
    assert host.said == []


def test_also_beneath_a_picture_and_while_an_officer_is_in_the_chat(book: Book) -> None:
    host = Host(book)
    host.photo(AMONG[0])
    host.officer("ambil alih")
    for text in (*ALONE, *AMONG):
        host.write(text)
    assert len(host.said) > len(AMONG)
    assert not any(PIN in without_code(words) for words in host.said)


def test_in_an_answer_in_ones_own_words_too(book: Book) -> None:
    host = Host(book)
    go(host, f"CEK {CODE} {PIN}", "Tambah pesan", AMONG[0])
    assert [e for e in host.all if getattr(e, "name", "") == "add_words"]
    assert not any(
        PIN in without_code(value)
        for e in host.all
        for value in getattr(e, "arguments", {}).values()
        if getattr(e, "name", "") == "add_words"
    )


@pytest.mark.parametrize("text", ["0812345678901", "6281234567890", "+62 812-3456-7890"])
def test_a_phone_number_alone_is_kept_for_people(book: Book, text: str) -> None:
    host = Host(book)
    host.write(text)
    assert host.said == [text]


@pytest.mark.parametrize("text", ["0812345678901", "62 812 3456 7890"])
def test_a_phone_number_is_no_code_where_one_is_asked(book: Book, text: str) -> None:
    host = Host(book)
    go(host, "CEK", text)
    assert host.session.open_key == "kode" and host.said == [] and host.wrong == 0


@pytest.mark.parametrize(
    ("text", "asked"), [("/cek@teduh_bot", "kode"), ("/darurat@teduh_bot", "tempat"), (f"/CEK@Teduh2_Bot {CODE}", "pin")]
)
@pytest.mark.parametrize("change", [{}, {"edited": True}])
def test_a_command_that_names_its_bot_is_the_command(book: Book, text: str, asked: str, change: dict[str, bool]) -> None:
    host = Host(book)
    host.send(Kind.TEXT, text=text, **change)
    assert host.session.open_key == asked
    assert bool(host.alarms) is ("darurat" in text)
    assert host.said == []


def test_the_emergency_word_that_names_its_bot_is_heard_late_and_beside_an_officer(book: Book) -> None:
    late, beside = Host(book), Host(book)
    late.send(Kind.TEXT, text="/darurat@teduh_bot", late=True)
    beside.officer("ambil alih")
    beside.write("/darurat@teduh_bot")
    assert late.alarms and beside.alarms


LOST = (
    "Tidak ketemu",
    "1",
    "lupa",
    "hilang",
    "lupa pin",
    "gak punya",
    "tidak punya kodenya",
    "pin saya hilang bagaimana ini",
    "saya lupa kode dan pinnya",
    "ga tau",
    "ora ketemu",
    "I forgot my PIN",
)


@pytest.mark.parametrize("way", ["the code", "the pin"])
@pytest.mark.parametrize("text", LOST)
def test_whoever_has_lost_them_may_ask_officers_and_leave(book: Book, text: str, way: str) -> None:
    host = Host(book)
    go(host, *WAYS[way], text)
    assert "tidak ketemu" in host.last.text and host.session.open_key == "tanpa_kode"
    go(host, "kapan saya dikabari?")
    assert host.said[-1] == "kapan saya dikabari?" and "simpan" in host.last.text
    go(host, "Selesai")
    assert host.session.open_key in ("", "R1") and host.wrong == 0


@pytest.mark.parametrize("text", ["pin", "kode", "kode saya", "pinnya"])
def test_a_word_of_the_question_alone_does_not_say_that_it_is_lost(book: Book, text: str) -> None:
    host = Host(book)
    go(host, "CEK", text)
    assert host.session.open_key == "kode"


def test_what_was_lost_and_is_found_after_all_still_opens_and_is_not_kept(book: Book) -> None:
    host = Host(book)
    go(host, "CEK", "lupa", PIN, CODE, f"pin {PIN}")
    assert not any(PIN in words for words in host.said)
    assert "sedang ditelaah" in host.write(f"{CODE} {PIN}")[0].text


def test_danger_told_where_a_code_was_lost_rings(book: Book) -> None:
    host = Host(book)
    go(host, "CEK", "lupa", "bapak pukul aku lagi sampai berdarah")
    assert host.alarms and host.said == ["bapak pukul aku lagi sampai berdarah"]


def test_leaving_gives_back_to_the_story_that_waits(book: Book) -> None:
    host = Host(book)
    go(host, *WAYS["a story"])
    asked = host.session.open_key
    go(host, "CEK", "Tidak ketemu", "Selesai")
    assert host.session.open_key == asked
