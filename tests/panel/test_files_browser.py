"""Files of a case in a real browser: a picture without its metadata in its own tab, and a closed one only behind a reason."""

from __future__ import annotations

import asyncio
import threading

from playwright.sync_api import Page, expect

from hotline.case import Level
from hotline.media.scrub import working_copy
from hotline.staff import Role
from tests.media import pictures
from tests.panel.conftest import Enter
from tests.panel.site import Site
from tests.panel.test_files import PHOTO, REASON, keep


def clean() -> bytes:
    """The working copy, made in a thread of its own: playwright's loop runs in this one."""
    made: list[bytes | None] = []
    thread = threading.Thread(target=lambda: made.append(asyncio.run(working_copy(PHOTO))))
    thread.start()
    thread.join()
    assert made[0] is not None
    return made[0]


def seen(tab: Page) -> tuple[int, int]:
    """The size of the picture that a tab shows."""
    tab.wait_for_load_state()
    width, height = tab.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
    return width, height


def test_a_picture_of_an_aid_case_opens_in_a_tab_and_its_original_is_a_download(small: Site, enter: Enter) -> None:
    case_id, code = small.case(level=Level.RENDAH, track="layanan", reasons=())
    keep(small, case_id, PHOTO, clean=clean())
    keep(small, case_id, pictures.VOICE)
    page = enter()
    page.goto(f"/panel/kasus/{code}")
    with page.expect_popup() as tab:
        page.locator("#files").get_by_role("link", name="Lihat").click()
    assert seen(tab.value) == (700, 900)
    with page.expect_download() as download:
        page.locator("#files").get_by_role("link", name="Unduh asli").click()
    assert download.value.suggested_filename.startswith(code) and download.value.path().read_bytes() == PHOTO


def test_a_closed_file_is_opened_for_a_reason_in_a_tab_of_its_own(small: Site, enter: Enter) -> None:
    case_id, code = small.case(level=Level.TINGGI)
    keep(small, case_id, PHOTO, clean=clean())
    page = enter(role=Role.SUPERVISOR)
    page.goto(f"/panel/kasus/{code}")
    files = page.locator("#files")
    expect(files).to_contain_text("Tidak diminta, jadi tetap tertutup")
    expect(files.locator("img")).to_have_count(0)
    files.get_by_text("Buka lampiran tertutup").click()
    files.get_by_role("button", name="Lihat salinan").click()
    assert small.actions(case_id) == ["case.view"], "the browser asks for the reason first"
    files.get_by_label("Mengapa harus dibuka").fill(REASON)
    with page.expect_popup() as tab:
        files.get_by_role("button", name="Lihat salinan").click()
    assert seen(tab.value) == (700, 900)
    assert "file.open" in small.actions(case_id)
    page.reload()
    expect(files).to_contain_text("Dibuka Bu")
