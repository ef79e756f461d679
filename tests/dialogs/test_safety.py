"""Danger outranks every dialog, a tap counts once, and a phone that is not safe is never written to first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.case import Track
from hotline.engine.advance import advance
from hotline.engine.book import Book
from hotline.engine.effects import Alarm, Answered, Fetch, Fetched, Finished, SafeContact, Said, Stopped
from hotline.engine.session import Session
from hotline.messages import Incoming
from tests.dialogs.host import START, Host

PLACES = {
    "before anything": (),
    "at the danger question": ("halo",),
    "in the menu": ("halo", "Tidak"),
    "in the report": ("halo", "Tidak", "Cerita tentang anak"),
    "at the free story's confidentiality": ("halo", "Tidak", "Cerita tentang anak", "Guru / sekolah", "Tidak tahu"),
    "in the child's story": ("halo", "Tidak", "Aku anak, butuh bantuan"),
    "asking for aid": ("halo", "Tidak", "Bantuan sosial", "Saya sendiri"),
    "at the PIN": ("CEK 482177359",),
    "in the status": ("CEK 482177359 4821",),
    "in the information": ("halo", "Tidak", "Informasi"),
    "in the language": ("halo", "BAHASA"),
    "about to cancel": ("halo", "Tidak", "Bantuan sosial", "Saya sendiri", "Tidak", "BATAL"),
    "in the menu of a story": ("halo", "Tidak", "Bantuan sosial", "MENU"),
    "after leaving": ("halo", "TUTUP"),
}


@pytest.fixture
def host(book: Book) -> Host:
    return Host(book)


def go(host: Host, *texts: str) -> None:
    for text in texts:
        host.write(text)


@pytest.mark.requirement("LUT-22")
@pytest.mark.parametrize("before", PLACES.values(), ids=PLACES.keys())
def test_darurat_rings_and_shows_numbers_everywhere(host: Host, before: tuple[str, ...]) -> None:
    go(host, *before)
    told = host.write("Darurat")
    assert [a.source for a in host.effects if isinstance(a, Alarm)] == ["word"]
    assert "110" in told[0].text
    assert host.session.dialog == "darurat" and host.session.answers["kata_bahaya"] == "ya"
    assert host.book.track(host.session) is not None


@pytest.mark.parametrize("before", PLACES.values(), ids=PLACES.keys())
def test_a_danger_word_rings_everywhere_and_is_asked_about_once(host: Host, before: tuple[str, ...]) -> None:
    go(host, *before)
    told = host.write("dia datang bawa parang")
    alarms = [a for a in host.effects if isinstance(a, Alarm)]
    assert [a.source for a in alarms] == ["text"] and alarms[0].words
    assert "110" in told[0].text
    assert host.session.open_key == "salah_tangkap"
    assert host.session.answers["kata_bahaya"] == "belum_dijawab"
    host.write("Tidak, lanjut")
    assert host.session.answers["kata_bahaya"] == "tidak"
    assert host.session.open_key != "salah_tangkap"
    host.write("dia bawa parang lagi")
    assert host.session.open_key != "salah_tangkap", "the same word is not asked about again"
    host.write("sekarang adikku pingsan")
    assert host.alarms[-1].words == ("pingsan",), "it rings again"
    assert host.session.open_key == "salah_tangkap", "another danger is asked about once more"
    assert host.session.answers["kata_bahaya"] == "belum_dijawab"
    host.write("Tidak, lanjut")
    host.write("dia mau dibakar bapaknya")
    assert host.alarms[-1].words == ("dibakar",)
    assert host.session.open_key != "salah_tangkap", "but never a third time in a story"


def test_a_label_that_is_a_danger_word_is_an_answer_not_an_alarm(host: Host) -> None:
    go(host, "halo", "Tidak", "Bantuan sosial", "Saya sendiri")
    host.write("Ya")
    assert host.alarms == []


def test_danger_said_in_the_answer_is_kept_as_the_answer(host: Host) -> None:
    go(host, "CEK 482177359 4821", "Tambah pesan", "dia pegang parang di depan rumah")
    assert host.session.open_key == "salah_tangkap"
    assert any(isinstance(e, Alarm) for e in host.effects)
    host.write("Tidak, lanjut")
    assert host.session.open_key == "kabar", "and the words had gone to the case before it was asked"


@pytest.mark.parametrize(
    ("code", "sure"),
    [
        ("mengancam_jiwa", "R2"),
        ("<=72_jam", "R5"),
        ("<=24_jam", "R11"),
        ("sedang_mencoba", "R6"),
        ("rencana_atau_alat", "R6"),
        ("ya", "R1"),
    ],
)
def test_answers_that_are_an_emergency_by_themselves_carry_the_alarm(book: Book, code: str, sure: str) -> None:
    for program in book.programs.values():
        for op in program.ops:
            if op.question is not None and op.key == sure and code in op.question.choices:
                assert op.question.choices[code].alarm, f"{program.dialog.name}.{sure}={code}"


def test_which_track_a_story_belongs_to(book: Book) -> None:
    assert book.track(Session()) is None
    assert book.track(Session(answers={"R1": "tidak"})) is None
    assert book.track(Session(answers={"R1": "ya"})) is Track.ANAK
    assert book.track(Session(dialog="aid")) is Track.LAYANAN
    assert book.track(Session(dialog="status", resume="aid")) is Track.LAYANAN
    assert book.track(Session(dialog="darurat", resume="aid>salah_tangkap")) is Track.LAYANAN
    assert book.track(Session(dialog="darurat")) is Track.ANAK
    assert book.track(Session(dialog="bantu", resume="welcome")) is None


def test_private_answers_never_reach_the_story(host: Host) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak", "Guru / sekolah", "CEK 482177359 4821")
    assert {a.key for a in host.book.story(host.session)} == {"R1", "pelapor"}
    shown = [e for e in host.all if isinstance(e, Answered) and e.key in ("kode", "pin", "menu")]
    assert all(e.private for e in shown)


def test_the_story_reads_as_it_was_asked(host: Host) -> None:
    go(host, "halo", "Tidak", "Aku anak, butuh bantuan", "Cuma aku yang pegang", "Dipukul atau disakiti", "Ya, kami serumah")
    story = {a.key: a for a in host.book.story(host.session)}
    assert story["R3"].question == "Bisakah orang itu bertemu kamu hari ini atau besok?"
    assert (story["R3"].value, story["R3"].label) == ("serumah", "Ya, kami serumah")
    assert story["pelapor"].value == "anak"


@pytest.mark.parametrize(
    ("label", "phone"), [("Dipakai orang lain juga", "shared"), ("Orang itu bisa melihat", "watched"), ("Tidak tahu", "unknown")]
)
def test_a_phone_that_is_not_the_persons_alone_is_never_written_to_first(host: Host, label: str, phone: str) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak", "Guru / sekolah", label)
    contact = [e for e in host.all if isinstance(e, SafeContact)]
    assert contact == [SafeContact(phone, "no", "")]
    assert host.session.open_key == "jenis", "and whether we may write is not even asked"


def test_a_phone_called_unsafe_stays_so_after_an_emergency(host: Host) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak", "Guru / sekolah", "Orang itu bisa melihat", "DARURAT", "balai desa", "Aman")
    assert [e.push for e in host.all if isinstance(e, SafeContact)] == ["no"]


def test_hours_are_told_to_the_host(host: Host) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak", "Guru / sekolah", "Hanya saya yang pegang", "Hanya jam tertentu", "Pagi, jam 8-12")
    assert [e for e in host.all if isinstance(e, SafeContact)][-1] == SafeContact("mine", "hours", "08-12")


def test_stop_is_an_effect_and_the_story_stays(host: Host) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak")
    host.write("STOP")
    assert Stopped(True) in host.effects
    assert host.session.dialog == "report"


def test_a_double_tap_counts_once(host: Host) -> None:
    host.write("halo")
    token = host.last.options[1].token
    host.tap_token(token)
    told = host.tap_token(token)
    assert not any(isinstance(e, Answered) for e in host.effects)
    assert host.session.open_key == "menu" and len(told) == 1


def test_an_answer_taken_back_is_told_to_the_host(host: Host) -> None:
    go(host, "halo", "Tidak", "Aku anak, butuh bantuan")
    host.write("kembali")
    assert [(e.key, e.value) for e in host.effects if isinstance(e, Answered)] == [("menu", ""), ("pelapor", "")]
    assert host.session.answers == {"R1": "tidak"}


def test_a_told_story_ends_with_the_session_it_had(host: Host) -> None:
    go(host, "halo", "Tidak", "Bantuan sosial", "Saya sendiri", "BATAL")
    [finished] = [e for e in host.all if isinstance(e, Finished)]
    assert finished.cancelled and finished.last.answers["untuk"] == "sendiri"
    assert host.session.answers == {}


def test_nothing_given_is_changed_and_the_same_step_gives_the_same_result(book: Book) -> None:
    session = Session(dialog="report", answers={"R1": "tidak", "pelapor": "guru"}, open_key="hp", seen=int(START.timestamp()))
    before = session.to_json()
    incoming = Incoming(region="r", channel="c", sender="s", message_id="1", received_at=START, text="1")
    once, again = (advance(book, session, incoming, START + timedelta(minutes=1)) for _ in range(2))
    assert session.to_json() == before
    assert once == again


def test_the_host_may_be_asked_again_after_it_failed(book: Book) -> None:
    incoming = Incoming(region="r", channel="c", sender="s", message_id="1", received_at=START, text="halo")
    asked, effects = advance(book, Session(), incoming, START)
    assert [e for e in effects if isinstance(e, Fetch)] == [Fetch("own_case")]
    # The transaction failed after the question was stored and the person writes again.
    later, effects = advance(book, asked, incoming, START)
    assert Fetch("own_case") in effects
    done, effects = advance(book, later, Fetched("own_case", {"has": "no", "code": "", "told": ""}), START)
    assert done.open_key == "R1"


def test_every_word_that_is_no_answer_is_kept(host: Host) -> None:
    go(
        host,
        "tetangga saya sering menangis malam-malam",
        "saya bingung mulai dari mana",
        "Tidak",
        "begini ceritanya",
        "Cerita tentang anak",
    )
    assert host.said == ["tetangga saya sering menangis malam-malam", "saya bingung mulai dari mana", "begini ceritanya"]
    host.photo("ini rumahnya")
    assert [e for e in host.effects if isinstance(e, Said)] == [Said("[lampiran: image/jpeg]"), Said("ini rumahnya")]


OLD_YES = {
    "of the same conversation": ("Tidak",),
    "when the story is over": ("Tidak", "Informasi", "STOP", "BATAL"),
    "while a story is told": ("Tidak", "Cerita tentang anak", "Guru / sekolah"),
    "after leaving": ("TUTUP",),
}


@pytest.mark.requirement("LUT-22")
@pytest.mark.parametrize("after", OLD_YES.values(), ids=OLD_YES.keys())
def test_a_danger_button_rings_however_old_it_is(host: Host, after: tuple[str, ...]) -> None:
    go(host, "halo")
    yes = host.last.options[0].token
    go(host, *after)
    told = host.tap_token(yes)
    assert [a.source for a in host.effects if isinstance(a, Alarm)] == ["word"]
    assert "110" in told[0].text and host.session.dialog == "darurat"


def test_a_danger_button_tapped_twice_rings_once(host: Host) -> None:
    go(host, "halo")
    yes = host.last.options[0].token
    host.tap_token(yes)
    host.tap_token(yes)
    assert len(host.alarms) == 1


def test_another_old_button_says_so_in_other_words_each_time(host: Host) -> None:
    go(host, "halo")
    unsure = host.last.options[2].token
    go(host, "Tidak")
    said = [host.tap_token(unsure)[0].text.partition("\n")[0] for _ in range(3)]
    assert said[0] != said[1] != said[2] and not host.alarms


def test_what_cannot_be_read_is_answered_in_other_words_each_time(host: Host) -> None:
    go(host, "halo", "Tidak")
    said = [host.sticker()[0].text.partition("\n")[0] for _ in range(3)]
    assert said[0] != said[1] != said[2]


@pytest.mark.parametrize("before", [(), ("halo",), ("halo", "Tidak"), ("halo", "Tidak", "Aku anak, butuh bantuan"), ("CEK 482177359",)])
def test_a_cry_for_help_is_kept_wherever_it_is_written(host: Host, before: tuple[str, ...]) -> None:
    go(host, *before)
    told = host.write("tolong")
    assert "tolong" in host.said or [a.source for a in host.alarms] == ["answer"], "at the question on danger it is a yes"
    assert "110" in told[0].text and host.session.open_key


@pytest.mark.parametrize("before", [(), ("halo", "Tidak", "Aku anak, butuh bantuan")])
def test_tears_are_kept_and_nothing_is_kept_of_nothing(host: Host, before: tuple[str, ...]) -> None:
    go(host, *before)
    host.write("😭😭")
    assert host.said[-1:] == ["😭😭"]
    told = host.write("\u200b  ")
    assert host.said[-1:] == ["😭😭"] and "simpan" not in told[0].text
