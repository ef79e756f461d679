"""People at screens: a citizen with a phone of the simulator, an operator at the panel. They see what is shown and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support.program import Program

TEACHER: Sequence[str] = (
    *(
        "Tidak",
        "Cerita tentang anak",
        "Guru / sekolah",
        "Hanya saya yang pegang",
        "Boleh",
        "Kekerasan fisik",
        "6-12 tahun",
        "Ya, mereka serumah",
    ),
    *(
        "Tidak",
        "Tidak",
        "Di rumah",
        "Ya, ringan",
        "Takut pulang",
        "Cukup",
        "Lewati",
        "Tidak",
        "Tidak tahu / lewati",
    ),
)
"""What a teacher answers about a pupil who is hit at home, up to the free story."""
PATIENCE = 200
"""Looks for a question that is still to come, a twentieth of a second apart."""


@dataclass
class Citizen:
    """Whoever holds the phone with this position on the simulator's desk."""

    page: Page
    place: int = 0

    @property
    def phone(self) -> Locator:
        """The whole device."""
        return self.page.locator(".phone").nth(self.place)

    def write(self, text: str) -> None:
        """Type a message and send it; returns when an answer has come."""
        before = self.heard
        self.phone.locator("textarea").fill(text)
        self.phone.locator("button.send").click()
        self._answered(before)

    def tap(self, label: str) -> None:
        """Tap this button under the newest answer, or where the messenger has none, send its number. Waits for the question."""
        before, waited = self.heard, 0
        while True:
            button = self._answers().last.get_by_role("button", name=label, exact=True)
            numbers = {text: number for number, text in re.findall(r"^(\d+)[.)] (.+)$", self.reads(), re.MULTILINE)}
            if button.count():
                button.click()
                return self._answered(before)
            if label in numbers:
                return self.write(numbers[label])
            waited += 1
            assert waited < PATIENCE, f"{label!r} is not offered: {self.reads()}"
            self.page.wait_for_timeout(50)

    def reads(self) -> str:
        """The newest answer."""
        return self._answers().last.inner_text()

    def everything(self) -> str:
        """The whole conversation."""
        return self.phone.locator(".chat").inner_text()

    @property
    def heard(self) -> int:
        """How many messages have come."""
        return self._answers().count()

    def hears_more_than(self, count: int) -> None:
        """Until another message comes by itself."""
        expect(self._answers()).not_to_have_count(count)

    def waits_for(self, text: str) -> None:
        """Until these words stand in the conversation."""
        expect(self.phone.locator(".chat")).to_contain_text(text)

    def _answers(self) -> Locator:
        return self.phone.locator(".chat .turn:not(.mine):has(.bubble:not(.typing))")

    def _answered(self, before: int) -> None:
        expect(self._answers()).not_to_have_count(before)


@dataclass
class Clerk:
    """An operator."""

    page: Page
    url: str

    def signs_in(self, name: str, password: str, own: str = "kuda laut hijau pelan") -> None:
        """With the one-time password, then with one of her own."""
        self.page.goto(f"{self.url}/panel/")
        self.page.fill("[name=nama]", name)
        self.page.fill("[name=sandi]", password)
        self.page.locator("main button.primary").click()
        self.page.fill("[name=lama]", password)
        self.page.fill("[name=baru]", own)
        self.page.fill("[name=ulang]", own)
        self.page.locator("main button.primary").click()
        expect(self.page.locator("#lanes")).to_be_visible()

    def opens(self, code: str) -> None:
        """The case with this code, out of the queue."""
        self.page.locator(f"[data-row]:has([data-code='{code}']) a.cover").click()
        expect(self.page.locator("#case")).to_be_visible()

    def takes_it(self) -> None:
        """Claim the open case."""
        self.page.get_by_role("button", name="Ambil kasus").click()
        expect(self.page.locator(".holder")).not_to_have_text("Belum diambil")

    def replies(self, text: str) -> None:
        """Words for the reporter."""
        self.page.locator("label[for=to-reply]").click()
        self.page.locator("#reply").fill(text)
        self.page.get_by_role("button", name="Kirim balasan").click()
        expect(self.page.locator("#story")).to_contain_text(text)

    def notes(self, text: str) -> None:
        """Words for colleagues."""
        self.page.locator("label[for=to-note]").click()
        self.page.locator("#note").fill(text)
        self.page.get_by_role("button", name="Simpan catatan").click()
        expect(self.page.locator("#story")).to_contain_text(text)


def first_operator(program: Program) -> tuple[str, str]:
    """Name and one-time password, as the program prints them at its first start."""
    name = re.search(r"Petugas pertama\s+(\S+)", program.log)
    password = re.search(r"Sandi sekali pakai\s+(\S+)", program.log)
    assert name is not None
    assert password is not None
    return name[1], password[1]


def code_and_pin(text: str) -> tuple[str, str]:
    """The nine digits and the four that a reporter is given."""
    found = re.search(r"Kode: ([\d ]{11})\s+PIN: (\d{4})", text)
    assert found is not None
    return found[1].replace(" ", ""), found[2]
