"""A running emergency as its operator meets it: answers arrive one by one, and the conversation can be taken over and given back."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from hotline.staff import Role
from hotline.store import outbox, sign_ins
from hotline.store.outbox import Outcome
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.talk import TalkKeeper
from tests.panel.conftest import Enter
from tests.panel.site import Site, desks, visible_text
from tests.support.house import DANGEROUS, House

SOON = 15_000
_contact, _case, _outbox = Contact.__table__, CaseFile.__table__, Outbox.__table__  # type: ignore[attr-defined]


class Reporter:
    """Somebody at the other end of the chat; speaks from a thread of its own, since the browser keeps this one's event loop."""

    def __init__(self, site: Site) -> None:
        self.house = House(site.database, site.seal, site.clock, {"kendal": desks()["kendal"]})

    def answers(self, *labels: str) -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(self.house.answer, "+62", *labels).result(20)

    def hears(self) -> list[str]:
        return [message.text for message in self.house.heard("+62")]

    def code(self, site: Site) -> str:
        """The code of the case they made."""
        with site.database.read() as conn:
            return str(conn.execute(select(_case.c.code)).scalar_one())


def deliver(site: Site, outcome: str = outbox.SENT, reason: str = "") -> None:
    """The provider takes, or refuses, everything that waits."""
    with site.database.write() as conn:
        waiting = conn.execute(select(_outbox.c.id).where(_outbox.c.state == outbox.DUE)).scalars().all()
        outbox.settle(conn, [Outcome(id=i, at=site.clock(), outcome=reason or "sent", state=outcome, reason=reason) for i in waiting])


def open_case(page: Page, code: str) -> None:
    page.goto(f"/panel/kasus/{code}")
    expect(page.locator("#wire")).to_contain_text("diperbarui")


def test_the_answers_of_a_running_emergency_arrive_one_by_one(small: Site, enter: Enter) -> None:
    reporter, page = Reporter(small), enter()
    reporter.answers("DARURAT")
    code = reporter.code(small)
    open_case(page, code)
    page.evaluate("window.stayed = true")
    for words in ("Desa Sukorejo dekat masjid", "Aman"):
        reporter.answers(words)
        expect(page.locator("#story")).to_contain_text(words, timeout=SOON)
    reporter.answers("ibu saya pingsan")
    expect(page.locator("#story")).to_contain_text("ibu saya pingsan", timeout=SOON)
    assert page.evaluate("window.stayed") is True


def test_an_operator_takes_the_chat_over_writes_and_gives_it_back(small: Site, enter: Enter) -> None:
    reporter, page = Reporter(small), enter()
    reporter.answers(*DANGEROUS)
    code = reporter.code(small)
    deliver(small)
    open_case(page, code)
    expect(page.locator("#talk-state")).to_contain_text("Pertanyaan yang terbuka")
    expect(page.locator(".speak")).to_be_hidden()
    page.get_by_role("button", name="Ambil alih percakapan").click()
    expect(page.locator("#talk-state")).to_contain_text("Anda menjawab di obrolan ini")
    assert reporter.hears()[-1] == "Petugas sekarang membaca dan menjawab di sini."
    page.get_by_label("Langsung ke obrolan pelapor").fill("Saya petugas. Apakah Ibu aman sekarang?")
    page.get_by_role("button", name="Kirim ke obrolan").click()
    expect(page.locator(".entry.spoken")).to_contain_text("Apakah Ibu aman sekarang?")
    expect(page.locator(".entry.spoken")).to_contain_text("menunggu dikirim")
    assert reporter.hears()[-1] == "Saya petugas. Apakah Ibu aman sekarang?"
    deliver(small)
    expect(page.locator(".entry.spoken")).to_contain_text("terkirim", timeout=SOON)
    # What is being written stays while an answer arrives.
    page.get_by_label("Langsung ke obrolan pelapor").fill("Baik, kami")
    reporter.answers("aman, saya di rumah tetangga")
    expect(page.locator(".entry.said").last).to_contain_text("aman, saya di rumah tetangga", timeout=SOON)
    expect(page.get_by_label("Langsung ke obrolan pelapor")).to_have_value("Baik, kami")
    page.get_by_role("button", name="Selesai, layanan otomatis lanjut").click()
    expect(page.locator("#talk-state")).to_contain_text("Terakhir: obrolan dikembalikan")
    expect(page.get_by_role("button", name="Ambil alih percakapan")).to_be_visible()
    assert reporter.hears()[-1].startswith("Petugas selesai di sini untuk sekarang. Kita lanjut dari pertanyaan ini:")
    assert [a for a in small.actions() if a.startswith("talk.")] == ["talk.take", "talk.speak", "talk.give_back"]


def test_the_second_operator_sees_who_answers_and_a_supervisor_may_take_over(small: Site, enter: Enter) -> None:
    reporter, sari, budi, boss = Reporter(small), enter("sari"), enter("budi"), enter("wati", Role.SUPERVISOR)
    reporter.answers(*DANGEROUS)
    code = reporter.code(small)
    for page in (sari, budi, boss):
        open_case(page, code)
    sari.get_by_role("button", name="Ambil alih percakapan").click()
    expect(budi.locator("#talk-state")).to_contain_text("Bu Sari menjawab di obrolan ini sejak", timeout=SOON)
    expect(budi.get_by_role("button", name="Ambil alih")).to_have_count(0)
    boss.get_by_role("button", name="Ambil alih dari Bu Sari").click()
    expect(boss.locator("#talk-state")).to_contain_text("Anda menjawab di obrolan ini")
    expect(sari.locator("#talk-state")).to_contain_text("Bu Wati menjawab di obrolan ini", timeout=SOON)
    expect(sari.locator(".speak")).to_be_hidden()


def test_who_is_too_late_loses_no_words_and_sends_none(small: Site, enter: Enter) -> None:
    reporter, page = Reporter(small), enter()
    reporter.answers(*DANGEROUS)
    code = reporter.code(small)
    open_case(page, code)
    page.get_by_role("button", name="Ambil alih percakapan").click()
    page.get_by_label("Langsung ke obrolan pelapor").fill("Jangan khawatir, kami")
    reporter.answers("TUTUP")
    expect(page.locator("#talk-state")).to_contain_text("pelapor keluar cepat", timeout=SOON)
    before = reporter.hears()
    page.locator(".speak").evaluate("form => form.requestSubmit()")
    expect(page.locator("#notice")).to_contain_text("Obrolan ini tidak lagi di tangan Anda")
    expect(page.locator("#talk-words")).to_have_value("Jangan khawatir, kami")
    assert reporter.hears() == before


def test_a_silent_reporter_on_a_phone_of_others_cannot_be_written_to(site: Site) -> None:
    reporter, who = Reporter(site), site.operator()
    reporter.answers(*DANGEROUS)
    code = reporter.code(site)
    with site.database.write() as conn:
        conn.execute(update(_contact).values(phone="watched", push="no"))
    site.clock.shift(minutes=20)
    page = site.signed_in(who).get(f"/kasus/{code}").text
    assert "HP ini tidak boleh dikirimi lebih dulu" in visible_text(page)
    assert "bicara/ambil" not in page
    answer = site.signed_in(who).post(f"/kasus/{code}/bicara/ambil")
    assert answer.status_code == 409
    assert "HP pelapor tidak boleh dikirimi sekarang" in visible_text(answer.text)


def test_failed_and_held_words_are_shown_as_such(site: Site) -> None:
    reporter, who = Reporter(site), site.operator()
    reporter.answers(*DANGEROUS)
    code = reporter.code(site)
    deliver(site)
    browser = site.signed_in(who)
    assert browser.post(f"/kasus/{code}/bicara/ambil").status_code == 303
    deliver(site)
    for text, state, reason, shown in (
        ("Satu.", outbox.DEAD, "blocked", "gagal, tidak dicoba lagi: pelapor memblokir layanan ini"),
        ("Dua.", outbox.HELD, "late_reply_unsafe_phone", "ditahan demi keamanan: jawaban terlambat untuk HP yang tidak aman"),
    ):
        assert browser.post(f"/kasus/{code}/bicara/kirim", {"isi": text}).status_code == 303
        deliver(site, state, reason)
        found = re.search(rf"{re.escape(text)}(.{{0,300}})", visible_text(browser.get(f"/kasus/{code}").text))
        assert found is not None
        assert shown in found[1]


def test_bad_input_is_refused_in_words(site: Site) -> None:
    reporter, who = Reporter(site), site.operator()
    reporter.answers(*DANGEROUS)
    code = reporter.code(site)
    browser = site.signed_in(who)
    assert browser.post(f"/kasus/{code}/bicara/kirim", {"isi": "Halo"}).status_code == 409
    assert browser.post(f"/kasus/{code}/bicara/lepas").status_code == 409
    assert browser.post(f"/kasus/{code}/bicara/ambil").status_code == 303
    for wrong in ("", " ", "x" * 1001, "x" * 30_000):
        assert browser.post(f"/kasus/{code}/bicara/kirim", {"isi": wrong}).status_code == 400
    assert browser.post("/kasus/999999999/bicara/ambil").status_code == 404
    other = site.signed_in(site.operator("andi", region="luwu-timur"))
    assert other.post(f"/kasus/{code}/bicara/ambil").status_code == 404
    with site.database.write() as conn:
        sign_ins.end_all(conn, who.id)
        assert TalkKeeper(desks(), site.seal, site.clock).end_forgotten(conn) == 1


def test_who_is_kept_from_the_case_while_they_answer_in_its_chat_leaves_the_reporter_to_the_dialog(site: Site) -> None:
    reporter, sari = Reporter(site), site.operator("sari")
    reporter.answers(*DANGEROUS)
    code = reporter.code(site)
    boss, other = site.signed_in(site.operator("wati", Role.SUPERVISOR)), site.signed_in(site.operator("budi"))
    assert site.signed_in(sari).post(f"/kasus/{code}/bicara/ambil").status_code == 303
    refused = boss.post(f"/kasus/{code}/kecualikan", {"petugas": str(sari.id), "alasan": " "})
    assert refused.status_code == 400 and "Bu Sari menjawab" in visible_text(other.get(f"/kasus/{code}").text)
    assert boss.post(f"/kasus/{code}/kecualikan", {"petugas": str(sari.id), "alasan": "saudara pelaku"}).status_code == 303
    assert reporter.hears()[-1].startswith("Petugas selesai di sini untuk sekarang. Kita lanjut dari pertanyaan ini:")
    before = len(reporter.hears())
    reporter.answers("tolong pak, halo?")
    assert len(reporter.hears()) > before, "the dialog answers"
    assert other.post(f"/kasus/{code}/bicara/ambil").status_code == 303
