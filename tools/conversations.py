"""Takes the pictures of two whole conversations in the simulator: a child's report and a request for aid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.people import Citizen

CHILD: Sequence[str] = (
    "Tidak",
    "Aku anak, butuh bantuan",
    "Cuma aku yang pegang",
    "Dipukul atau disakiti",
    "Ya, kami serumah",
    "10-12 tahun",
    "Boleh",
    "Tidak",
    "Tidak",
    "Tidak",
    "Aku takut pulang",
    "Cukup",
    "Ya",
    "Tidak",
    "Tidak tahu / lewati",
    "Jangan",
    "Lewati",
    "Lewati",
    "Tanpa nama",
    "Lewati",
    "Sudah benar",
)
AID: Sequence[str] = (
    "Tidak",
    "Bantuan sosial",
    "Keluarga saya",
    "Tidak ada",
    "Ikut program",
    "Ekonomi dan usaha",
    "Penghasilan tidak cukup",
    "Cukup",
    "Penghasilan tak tentu",
    "4 orang",
    "Tidak tahu",
    "KTP",
    "Foto rumah",
    "Cukup",
    "Tidak tahu / lewati",
    "Hanya saya yang pegang",
    "Boleh",
    "Lewati",
    "Lewati",
    "Sudah benar",
)
# The phone grows to the length of what was said on it; nothing else of its look changes.
_WHOLE = """chat => {
  for (let part = chat; part; part = part.parentElement) {
    Object.assign(part.style, {height: 'auto', maxHeight: 'none', minHeight: '0', overflow: 'visible', flex: 'none'});
  }
}"""


def take(page: Page, url: str, folder: Path) -> None:
    """Both conversations, each from the first word to the code and what comes after it."""
    page.goto(f"{url}/simulator")
    expect(page.locator(".phone")).to_have_count(2)
    for place, answers in enumerate((CHILD, AID)):
        citizen = Citizen(page, place)
        citizen.write("halo")
        for answer in answers:
            citizen.tap(answer)
        page.wait_for_timeout(1200)
    for place, name in enumerate(("child-report", "aid-request")):
        chat = Citizen(page, place).phone.locator(".chat")
        chat.evaluate(_WHOLE)
        chat.screenshot(path=folder / f"{name}.png", animations="disabled")
