"""Takes the README's pictures of the running program: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.support import parts
from tests.support.browser import launched, opened
from tests.support.people import TEACHER, Citizen, Clerk, first_operator
from tests.support.program import Program
from tests.support.source import ROOT
from tools import conversations

FOLDER = ROOT / "docs" / "pictures"
LOOK = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1.5, "color_scheme": "light"}


def tell(page: Page, url: str) -> None:
    """Four people on four phones: a danger now, a teacher to the end, a neighbour who stops, a request for aid."""
    page.goto(f"{url}/simulator")
    expect(page.locator(".phone")).to_have_count(2)
    for app in ("HP Telegram", "HP WhatsApp"):
        page.get_by_role("button", name=app).click()
    danger = Citizen(page, 2)
    danger.write("halo")
    danger.tap("Ya")
    danger.write("belakang pasar Weleri")
    danger.tap("Aman")
    aid = Citizen(page, 3)
    aid.write("Assalamualaikum")
    aid.tap("Tidak")
    aid.tap("Bantuan sosial")
    for place in (3, 2):
        page.locator(".phone").nth(place).locator("[data-tool=silence]").click()
        page.wait_for_timeout(500)
    teacher = Citizen(page, 0)
    teacher.write("halo")
    for answer in TEACHER:
        teacher.tap(answer)
    teacher.write("Lengannya memar, dan ia tidak mau bercerita.")
    page.wait_for_timeout(500)
    if "bahaya sekarang" in teacher.reads():  # the bruises in her words
        teacher.tap("Tidak, lanjut")
    teacher.tap("Sudah benar")
    teacher.tap("Tidak, cukup")
    neighbour = Citizen(page, 1)
    neighbour.write("Selamat malam")
    for answer in (*TEACHER[:2], "Tetangga / warga", *TEACHER[3:5]):
        neighbour.tap(answer)


def put_on_duty(desk: Page, phone: Page, url: str) -> None:
    """The operator registers a phone with the code that the panel shows, and is on the roster from now on."""
    desk.goto(f"{url}/panel/hp-piket")
    desk.get_by_role("button", name="Daftarkan HP ini").click()
    phone.goto(f"{url}/simulator")
    Citizen(phone, 0).write(desk.locator("#invite").inner_text())
    desk.goto(f"{url}/panel/piket")
    desk.get_by_label("Petugas").select_option(index=1)
    desk.get_by_role("button", name="Tambah", exact=True).click()
    expect(desk.locator(".turn").first).to_be_visible()


def take(browser: Browser, url: str, operator: tuple[str, str]) -> None:
    """All pictures."""
    with opened(browser, **LOOK) as page, opened(browser, **LOOK) as phone, opened(browser, **LOOK) as desk:
        Clerk(desk, url).signs_in(*operator)
        page.goto(f"{url}/simulator")
        expect(page.locator(".phone")).to_have_count(2)  # its own two, before there is anybody else's
        put_on_duty(desk, phone, url)
        tell(page, url)
        desk.locator("h1").click()  # sound on: the strip that offers it goes
        desk.get_by_role("button", name="Jangan").click()
        desk.reload()
        desk.locator("h1").click()
        desk.wait_for_timeout(3000)
        desk.screenshot(path=FOLDER / "duty.png")
        desk.goto(f"{url}/panel/")
        desk.set_viewport_size({"width": 1280, "height": 560})
        desk.wait_for_timeout(3000)
        desk.screenshot(path=FOLDER / "panel.png")
        for _ in range(2):
            page.locator(".phone").last.locator("[data-tool=close]").click()
        page.wait_for_timeout(1500)
        page.screenshot(path=FOLDER / "simulator.png")


def main() -> int:
    """Take all pictures, each lot of a fresh program."""
    executable = parts.CHROMIUM.find()
    if executable is None:
        print(f"Chromium is missing: {parts.CHROMIUM.cure}", file=sys.stderr)  # noqa: T201
        return 1
    FOLDER.mkdir(exist_ok=True)
    with launched(executable) as browser:
        with fresh() as program:
            take(browser, program.url, first_operator(program))
        with fresh() as program, opened(browser, **LOOK | {"device_scale_factor": 1}) as page:
            conversations.take(page, program.url, FOLDER)
    return 0


@contextmanager
def fresh() -> Iterator[Program]:
    """A program that nobody has spoken to yet."""
    with tempfile.TemporaryDirectory() as folder:
        program = Program(Path(folder), f"sqlite:///{folder}/teduh.db")
        program.start()
        try:
            yield program
        finally:
            program.stop()


if __name__ == "__main__":
    sys.exit(main())
