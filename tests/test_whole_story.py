"""The main job as people see it, in a real browser: a citizen reports, an operator answers, the citizen hears back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import opened
from tests.support.people import TEACHER, Citizen, Clerk, code_and_pin, first_operator
from tests.support.program import Program

STORY = "Murid saya punya memar lama di lengan. Katanya dari ayahnya, bulan lalu."
ANSWER = "Petugas kami akan menemui Ibu di sekolah besok pukul delapan."
# Words that must not stand on a phone that somebody else may pick up.
TOPICS = ("anak", "kekerasan", "lapor", "kasus", "dinas", "perlindungan", "pukul")


@pytest.fixture
def program(tmp_path: Path, sqlite_url: str) -> Iterator[Program]:
    program = Program(tmp_path, sqlite_url)
    program.start()
    yield program
    program.stop()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


@pytest.mark.parametrize("phone", [0, 1], ids=["buttons", "numbers"])
def test_a_teacher_reports_an_operator_answers_and_the_teacher_hears_back(program: Program, page: Page, desk: Page, phone: int) -> None:
    # Given an operator who looks at an empty queue
    clerk = Clerk(desk, program.url)
    clerk.signs_in(*first_operator(program))
    expect(desk.locator("[data-row]")).to_have_count(0)

    # When a teacher tells of a pupil, one question at a time
    page.goto(f"{program.url}/simulator")
    teacher = Citizen(page, phone)
    teacher.write("halo")
    assert "bahaya" in teacher.reads()
    for answer in TEACHER:
        teacher.tap(answer)
    teacher.write(STORY)
    assert STORY in teacher.everything()
    teacher.tap("Sudah benar")
    teacher.waits_for("PIN:")
    code, pin = code_and_pin(teacher.everything())

    # Then the case stands in the queue without a reload, with its level and the reason
    row = desk.locator(f"[data-row]:has([data-code='{code}'])")
    expect(row).to_be_visible()
    expect(row.locator(".level")).not_to_be_empty()
    expect(row.locator(".why")).to_contain_text("serumah")

    # And the operator can read, take and answer it
    clerk.opens(code)
    expect(desk.locator("#story")).to_contain_text(STORY)
    clerk.takes_it()
    clerk.notes("Sudah menelepon kepala sekolah.")
    before = teacher.heard
    clerk.replies(ANSWER)

    # And the phone receives a push that names no topic
    teacher.hears_more_than(before)
    told = teacher.reads().lower()
    assert [word for word in TOPICS if word in told] == []
    assert ANSWER not in teacher.everything()

    # And code and PIN show the status and the operator's words, and nothing of the note
    teacher.write("CEK")
    teacher.write(code)
    teacher.write(pin)
    teacher.waits_for(ANSWER)
    assert "menelepon" not in teacher.everything()

    # And what the teacher answers is seen by the operator without a reload
    teacher.write("Baik, saya tunggu di ruang guru.")
    expect(desk.locator("#story")).to_contain_text("ruang guru")
