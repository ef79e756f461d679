"""The phone in other hands, told in passing or shown by who asks: nothing of the story is shown, nothing is sent first."""

from __future__ import annotations

import pytest

from hotline.engine.asked_back import asked_back, asks_who, claims_the_child, nods, thanks
from hotline.engine.book import Book
from hotline.engine.effects import PutAway, Stopped
from hotline.engine.fold import fold
from hotline.engine.forbids import of_the_phone
from tests.dialogs.host import Host


def child(book: Book, phone: str) -> Host:
    host = Host(book)
    for answer in ("halo", "tidak", "aku anak", phone):
        host.write(answer)
    return host


def teacher(book: Book) -> Host:
    host = Host(book)
    for answer in ("halo", "tidak", "mau cerita", "1", "hanya saya", "boleh"):
        host.write(answer)
    assert host.contacts[-1] == ("mine", "yes", "")
    return host


def put_away(host: Host) -> bool:
    return any(isinstance(effect, PutAway) for effect in host.effects)


@pytest.mark.parametrize("words", ["ini siapa ya", "ini nomor siapa", "ada apa ini", "siapa ini?", "who is this?"])
@pytest.mark.parametrize("phone", ["2", "3"])
def test_who_asks_whose_chat_this_is_sees_nothing_of_it(book: Book, words: str, phone: str) -> None:
    host = child(book, phone)
    question = host.last.text
    host.wait(minutes=2)
    host.write(words)
    assert put_away(host) and question not in host.last.text and host.last.text.startswith("Halo, ini layanan otomatis")


def test_the_owner_who_asks_at_once_is_answered(book: Book) -> None:
    host = child(book, "3")
    host.write("ini siapa?")
    assert not put_away(host) and host.last.text.startswith("Ini layanan otomatis")


@pytest.mark.parametrize("words", ["ini ibunya, siapa ini?", "siapa ini? ini ibunya", "saya bapaknya"])
def test_who_says_to_be_the_child_s_family_sees_nothing_and_is_not_written_to(book: Book, words: str) -> None:
    host = child(book, "hanya aku")
    host.write(words)
    assert put_away(host) and host.contacts[-1][:2] == ("shared", "no")


@pytest.mark.parametrize(
    "words", ["siapa yg chat anak saya?", "ngapain chat anak saya", "ini hp anak saya, siapa kamu", "ini mama nya dinda"]
)
@pytest.mark.parametrize("phone", ["hanya aku", "2", "3"])
def test_whoever_speaks_of_my_child_sees_nothing_of_the_child_s_story(book: Book, phone: str, words: str) -> None:
    host = child(book, phone)
    host.write("disentuh")
    question = host.last.text.splitlines()[-1]
    host.write(words)
    assert put_away(host) and question not in host.last.text and host.contacts[-1][:2] == ("shared", "no")


@pytest.mark.parametrize("phone", ["2", "3"])
def test_words_that_answer_nothing_after_a_pause_are_shown_no_question_of_the_story(book: Book, phone: str) -> None:
    host = child(book, phone)
    host.write("disentuh")
    question = host.last.text.splitlines()[-1]
    host.write("dinda lagi tidur")
    assert question in host.last.text and not put_away(host), "the child itself may have been unclear"
    host.wait(minutes=31)
    host.write("dinda lagi tidur")
    assert put_away(host) and question not in host.last.text and host.told["jenis"] == "seksual"


def test_an_answer_after_a_pause_is_the_child_s_own(book: Book) -> None:
    host = child(book, "3")
    host.write("disentuh")
    host.wait(minutes=31)
    host.write("iya serumah")
    assert not put_away(host) and host.session.answers["R3"] == "serumah"


def test_a_mother_who_tells_of_her_child_is_no_newcomer(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "tidak", "mau cerita", "saya ibunya"):
        host.write(words)
    assert not put_away(host)


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("eh bukan cuma aku, mama juga pegang hp ini", ("shared", "no", "")),
        ("suami saya suka cek hp saya", ("shared", "no", "")),
        ("hp saya kadang dibuka anak saya", ("shared", "no", "")),
    ],
)
def test_others_who_hold_the_phone_close_it_for_pushes(book: Book, words: str, contact: tuple[str, str, str]) -> None:
    host = teacher(book)
    host.write(words)
    assert host.contacts[-1] == contact and host.session.answers["hp"] == "shared" and not host.alarms
    assert "tidak akan menulis lebih dulu" in host.last.text


@pytest.mark.parametrize("words", ["jangan kirim pesan ya", "jangan hubungi saya di sini", "tidak usah telepon", "jangan wa ke sini"])
def test_who_forbids_us_to_write_is_obeyed(book: Book, words: str) -> None:
    host = teacher(book)
    host.write(words)
    assert Stopped(True) in host.effects and not host.alarms


@pytest.mark.parametrize(
    "words", ["suami buka hp saya lalu mencekik saya", "hp ini dipegang bapak, tadi aku ditampar", "mama pegang hp ini dan mukul aku"]
)
def test_danger_beside_what_is_said_of_the_phone_rings_on(book: Book, words: str) -> None:
    host = teacher(book)
    host.write(words)
    assert host.alarms and words in host.said


@pytest.mark.parametrize("words", ["tolong aku", "tolong aku lagi kak"])
def test_a_cry_that_says_nothing_of_the_phone_rings(book: Book, words: str) -> None:
    host = teacher(book)
    host.write(words)
    assert host.alarms


def test_what_answers_with_more_than_the_answer_is_kept(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "tidak", "mau cerita", "1", "hanya saya", "jangan hubungi saya, adik dipukul bapak pakai kayu"):
        host.write(words)
    assert host.session.answers["boleh_kirim"] == "no" and host.said == [words]


@pytest.mark.parametrize("words", ["ini ibunya yang mukul", "aku bapaknya mukul terus", "ini bapaknya temanku mukul dia"])
def test_a_child_who_tells_of_family_stays_in_its_story(book: Book, words: str) -> None:
    host = child(book, "hanya aku")
    host.write(words)
    assert not put_away(host)


@pytest.mark.parametrize("words", ["ini siapa ya kak?", "apa ini"])
def test_before_the_phone_is_told_of_a_child_may_ask_who_we_are(book: Book, words: str) -> None:
    host = Host(book)
    for answer in ("halo", "tidak", "aku anak"):
        host.write(answer)
    host.wait(minutes=2)
    host.write(words)
    assert not put_away(host)


def test_at_the_question_whether_we_may_write_it_is_the_answer(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "tidak", "mau cerita", "1", "hanya saya", "jangan kirim pesan ya, suami saya suka lihat"):
        host.write(words)
    assert host.session.answers["boleh_kirim"] == "no"


@pytest.mark.parametrize(
    "words",
    [
        "jangan telepon bapak ya kak",
        "jangan sms bapak, boleh chat aku",
        "jangan hubungi sekolah",
        "jangan kirim polisi",
        "hanya saya yang pegang hp ini",
        "dia pegang kemaluannya",
        "jangan telepon orang tua",
        "hp saya rusak",
    ],
)
def test_other_words_close_nothing(words: str) -> None:
    assert not of_the_phone(fold(words))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ini siapa?", "asked_who"),
        ("rahasia kan?", "asked_secret"),
        ("apakah ini rahasia?", "asked_secret"),
        ("kapan petugas datang?", "asked_when"),
        ("berapa lama?", "asked_when"),
        ("jangan bilang bapak ya", "asked_home"),
        ("rahasia", ""),
        ("aman", ""),
        ("lama", "asked_when"),
        ("dia bilang jangan pulang", ""),
    ],
)
def test_questions_asked_back_are_known(book: Book, words: str, name: str) -> None:
    assert asked_back(fold(words)) == name
    if name:
        host = teacher(book)
        host.write(words)
        assert host.last.text.startswith(book.phrase(name, "id")[:20]) and words in host.said


def test_words_that_only_look_alike() -> None:
    assert not asks_who(fold("siapa yang memukul")) and not claims_the_child(fold("bapaknya memukul"))
    assert thanks(fold("siap kak")) and thanks(fold("makasih ya kak udah dengerin")) and not thanks(fold("baik, bantu ya"))
    assert not thanks(fold("kak")) and not thanks(fold("terima kasih, dia datang lagi"))


@pytest.mark.parametrize("words", ["ok", "Oke kak", "okay", "👍", "👍🏽", "🙏", "❤️", "ok siap 🙏"])
def test_an_ok_after_the_end_opens_no_question_whose_yes_would_ring(book: Book, words: str) -> None:
    assert nods(words)
    host = teacher(book)
    host.write("BATAL")
    host.write("1") if host.last.options else None
    host.write(words)
    assert not host.last.options and words in host.said
    again = Host(book)
    again.write(words)
    assert again.session.open_key == "R1"


@pytest.mark.parametrize("words", ["", " ", "\u200d", "iya", "ok tolong", "ok dia datang", "😢", "👍 tolong"])
def test_more_than_an_ok_is_none(words: str) -> None:
    assert not nods(words)


def test_thanks_after_the_end_ask_for_nothing(book: Book) -> None:
    host = teacher(book)
    host.write("BATAL")
    host.write("1") if host.last.options else None
    host.write("makasih kak")
    assert host.said[-1] == "makasih kak", "an officer may have asked something"
    assert not host.last.options and "Boleh menulis lagi" in host.last.text
    host.write("halo")
    assert host.last.options, "whoever goes on is met as always"
    fresh = Host(book)
    fresh.write("ok")
    assert "bahaya sekarang?" in fresh.last.text


def wife(book: Book) -> Host:
    """Her husband may look at the phone."""
    host = Host(book)
    for said in ("halo", "Tidak", "Cerita tentang anak", "saya istri", "Orang itu bisa melihat", "Tidak", "Kekerasan fisik"):
        host.write(said)
    return host


@pytest.mark.parametrize(
    ("words", "passed"), [("ini suaminya", 5), ("siapa yang chat istri saya", 90), ("siapa ini", 90), ("kenapa ini", 3600)]
)
def test_a_husband_who_takes_the_phone_is_shown_nothing_of_his_wifes_story(book: Book, words: str, passed: int) -> None:
    host = wife(book)
    assert host.session.open_key == "R3"
    host.wait(seconds=passed)
    host.write(words)
    assert host.session.hidden and host.session.open_key == "R1" and any(isinstance(e, PutAway) for e in host.effects)


def test_what_a_wife_tells_of_her_husband_puts_nothing_away(book: Book) -> None:
    host = wife(book)
    for said in ("suami saya di rumah", "anak saya takut", "suaminya kakak juga"):
        host.write(said)
        assert host.session.open_key == "R3" and not host.session.hidden
