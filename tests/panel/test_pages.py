"""The case's page and the rest: it explains itself, keeps what was written, and never shows markup that a person wrote as markup."""

from __future__ import annotations

import re

import pytest

from hotline.case import REPORTER, Event, EventKind, Level
from hotline.deliver import Failure
from hotline.messages import Outgoing
from hotline.staff import Role
from hotline.store import cases, outbox
from panel import words
from tests.panel.site import ADDRESS, PASSWORD, Site, answer, visible_text

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def test_the_page_says_why_it_has_its_level_in_words(site: Site) -> None:
    _, code = site.case(level=Level.DARURAT, reasons=("R3=serumah", "R7=ya", "R6=belum_ditanyakan"))
    text = visible_text(site.signed_in(site.operator()).get(f"/kasus/{code}").text)
    assert "Mengapa DARURAT: orang yang menyakiti tinggal serumah + ada senjata atau ancaman membunuh +" in text
    assert "Keadaan darurat belum diakui" in text
    assert "kebijakan Dinas" in text


def test_the_story_reads_as_questions_and_answers(site: Site) -> None:
    _, code = site.case(more=[answer(site.clock, "cerita", "Ia menangis waktu disebut ayahnya.", question="Ceritakan apa yang terjadi")])
    text = visible_text(site.signed_in(site.operator()).get(f"/kasus/{code}").text)
    assert "Apa yang terjadi? Kekerasan fisik" in text
    assert "Ceritakan apa yang terjadi Ia menangis waktu disebut ayahnya." in text


def test_what_people_write_is_never_markup(site: Site) -> None:
    who = site.operator()
    case_id, code = site.case(more=[answer(site.clock, "cerita", HOSTILE, question=HOSTILE), answer(site.clock, "kecamatan", HOSTILE[:40])])
    site.says(case_id, HOSTILE)
    browser = site.signed_in(who)
    browser.post(f"/kasus/{code}/catat", {"versi": str(site.version(case_id)), "isi": HOSTILE})
    browser.post(f"/kasus/{code}/balas", {"versi": str(site.version(case_id)), "isi": HOSTILE})
    browser.post(f"/kasus/{code}/draf", {"naskah": "reply", "isi": HOSTILE})
    for path in (f"/kasus/{code}", "/", "/daftar/terbuka", f"/cari?kode={HOSTILE}"):
        page = browser.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page, path
    assert site.texts(case_id, EventKind.NOTED) == [HOSTILE]


def test_a_conflict_keeps_the_text_and_shows_what_is_new(site: Site) -> None:
    sari, budi = site.signed_in(site.operator("sari")), site.signed_in(site.operator("budi"))
    case_id, code = site.case()
    assert budi.post(f"/kasus/{code}/catat", {"versi": "3", "isi": "Sudah saya telepon sekolahnya."}).status_code == 303
    answer_ = sari.post(f"/kasus/{code}/balas", {"versi": "3", "isi": "Kami segera datang."})
    text = visible_text(answer_.text)
    assert answer_.status_code == 409
    assert "Kasus ini berubah sejak halaman Anda dibuka" in text
    notice = answer_.text.partition('id="notice"')[2].partition('id="moved"')[0]
    assert "Sudah saya telepon sekolahnya." in notice and "Kekerasan fisik" not in notice
    assert re.search(r'<textarea id="reply"[^>]*>Kami segera datang\.</textarea>', answer_.text)
    assert 'name="versi" value="4"' in answer_.text
    assert site.texts(case_id, EventKind.REPLIED) == []
    assert sari.post(f"/kasus/{code}/balas", {"versi": "4", "isi": "Kami segera datang."}).status_code == 303
    assert site.texts(case_id, EventKind.REPLIED) == ["Kami segera datang."]


def test_a_refused_act_says_why_and_keeps_the_text(site: Site) -> None:
    _, code = site.case(level=Level.DARURAT)
    browser = site.signed_in(site.operator("budi", Role.SUPERVISOR))
    browser.post(f"/kasus/{code}/turunkan", {"versi": "3", "tingkat": "1", "alasan": "salah tekan"})
    own = browser.post(f"/kasus/{code}/setujui", {"versi": "4"})
    assert (own.status_code, "Yang mengusulkan tidak boleh menyetujui sendiri" in own.text) == (409, True)
    empty = browser.post(f"/kasus/{code}/catat", {"versi": "4", "isi": " "})
    assert (empty.status_code, "Isinya masih kosong" in empty.text) == (400, True)
    wrong = browser.post(f"/kasus/{code}/tutup", {"versi": "4", "alasan": "", "keterangan": "sudah diteruskan ke provinsi"})
    assert (wrong.status_code, "sudah diteruskan ke provinsi" in wrong.text) == (400, True)


def test_a_stranger_number_is_a_friendly_page(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    for fields in ({"isi": "x"}, {"versi": "banyak", "isi": "x"}, {"versi": "-1", "isi": "x"}):
        answer_ = browser.post(f"/kasus/{code}/catat", fields)
        assert (answer_.status_code, "Isian tidak terbaca" in answer_.text) == (400, True)
    for level in ("9", "4", "", "DARURAT"):
        assert browser.post(f"/kasus/{code}/naikkan", {"tingkat": level}).status_code == 400


@pytest.mark.parametrize("path", ["/tidak-ada", "/kasus/111222333", "/daftar/semua"])
def test_what_is_not_there_is_said_kindly(path: str, small: Site) -> None:
    answer_ = small.signed_in(small.operator()).get(path)
    assert answer_.status_code in (400, 404)
    assert "Ke antrean" in answer_.text and "Traceback" not in answer_.text


def test_every_look_is_audited_but_a_refresh_is_the_same_look(site: Site) -> None:
    case_id, code = site.case()
    browser = site.signed_in(site.operator())
    browser.get(f"/kasus/{code}")
    for _ in range(3):
        site.clock.shift(minutes=4)
        browser.get(f"/kasus/{code}", x_teduh_refresh="1")
    assert site.actions(case_id) == ["case.view", "case.view"]  # the third refresh is twelve minutes later
    browser.get(f"/kasus/{code}")
    assert site.actions(case_id) == ["case.view"] * 3


def test_whoever_reads_a_case_by_an_act_that_is_refused_is_audited_all_the_same(site: Site) -> None:
    case_id, code = site.case(more=[answer(site.clock, "cerita", "Ia menangis waktu disebut ayahnya.")])
    browser = site.signed_in(site.operator())
    for path, fields in (("catat", {"versi": "1", "isi": "x"}), ("identitas", {"alasan": "x"})):
        assert "Ia menangis" in browser.post(f"/kasus/{code}/{path}", fields).text
        assert site.actions(case_id) == ["case.view"]  # the second within ten minutes is the same look


def test_whoever_says_refresh_first_is_audited_all_the_same(site: Site) -> None:
    case_id, code = site.case()
    site.signed_in(site.operator()).get(f"/kasus/{code}", x_teduh_refresh="1")
    assert site.actions(case_id) == ["case.view"]


def test_a_supervisor_sees_who_opened_a_case_and_an_operator_does_not(site: Site) -> None:
    _, code = site.case()
    operator, leader = site.signed_in(site.operator("sari")), site.signed_in(site.operator("budi", Role.SUPERVISOR))
    assert "Jejak" not in operator.get(f"/kasus/{code}").text
    assert "Bu Sari membuka kasus" in visible_text(leader.get(f"/kasus/{code}").text)


def test_the_address_shows_once_after_a_reason(site: Site) -> None:
    _, code = site.case(contact=site.contact())
    browser = site.signed_in(site.operator())
    assert ADDRESS not in browser.get(f"/kasus/{code}").text
    refused = browser.post(f"/kasus/{code}/identitas", {"alasan": "mau"})
    assert (refused.status_code, ADDRESS in refused.text) == (400, False)
    assert ADDRESS in browser.post(f"/kasus/{code}/identitas", {"alasan": "harus ditelepon sekarang"}).text
    assert ADDRESS not in browser.get(f"/kasus/{code}").text


def test_a_draft_waits_for_its_writer_only(site: Site) -> None:
    _, code = site.case()
    sari, budi = site.signed_in(site.operator("sari")), site.signed_in(site.operator("budi"))
    said = sari.post(f"/kasus/{code}/draf", {"naskah": "note", "isi": "belum selesai"})
    assert (said.status_code, said.text) == (200, "Draf tersimpan 09.00")
    assert "belum selesai" in sari.get(f"/kasus/{code}").text
    assert "belum selesai" not in budi.get(f"/kasus/{code}").text
    sari.post(f"/kasus/{code}/catat", {"versi": "3", "isi": "selesai"})
    assert "belum selesai" not in sari.get(f"/kasus/{code}").text
    assert sari.post(f"/kasus/{code}/draf", {"naskah": "lain", "isi": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("phone", "push", "said"),
    [
        ("mine", "yes", "Kabar tanpa isi dikirim ke HP pelapor"),
        ("shared", "yes", "Tidak ada yang dikirim ke HP ini"),
        ("mine", "no", "Tidak ada yang dikirim ke HP ini"),
        ("unknown", "unasked", "Tidak ada yang dikirim ke HP ini"),
    ],
)
def test_the_reply_form_tells_whether_the_phone_will_hear(phone: str, push: str, said: str, small: Site) -> None:
    _, code = small.case(contact=small.contact(phone=phone, push=push))
    text = visible_text(small.signed_in(small.operator()).get(f"/kasus/{code}").text)
    assert said in text and "tidak menghentikan alarm" not in text


@pytest.mark.parametrize(("phone", "push", "ends"), [("mine", "yes", True), ("unknown", "unasked", False), ("mine", "no", False)])
def test_in_an_emergency_the_form_tells_that_words_which_wait_end_no_alarm(phone: str, push: str, ends: bool, small: Site) -> None:
    _, code = small.case(contact=small.contact(phone=phone, push=push), level=Level.DARURAT)
    text = visible_text(small.signed_in(small.operator()).get(f"/kasus/{code}").text)
    assert ("tidak menghentikan alarm" in text) is not ends


def test_the_page_tells_what_became_of_a_notice(site: Site) -> None:
    contact = site.contact()
    case_id, code = site.case(contact=contact)
    browser = site.signed_in(site.operator())
    outcomes = [
        ("held", "unsafe_phone", "ditahan demi keamanan: HP tidak dipastikan aman"),
        ("dead", "blocked", "gagal, tidak dicoba lagi: pelapor memblokir"),
        ("sent", "", "terkirim"),
    ]
    for state, reason, said in outcomes:
        with site.database.write() as conn:
            letter = outbox.put(conn, site.seal, contact, Outgoing(text="x"), purpose=outbox.PUSH, case_id=case_id, now=site.clock())
            outbox.settle(
                conn,
                [
                    outbox.Outcome(
                        id=letter,
                        at=site.clock(),
                        took=site.clock() - site.clock(),
                        outcome=reason or "sent",
                        state=state,
                        reason=reason,
                        provider_id="SM1",
                    )
                ],
            )
        assert said in visible_text(browser.get(f"/kasus/{code}").text)


def test_a_closed_window_is_told(small: Site) -> None:
    _, code = small.case(contact=small.contact())
    browser = small.signed_in(small.operator())
    assert "jendela 24 jam terbuka" in browser.get(f"/kasus/{code}").text
    small.clock.shift(hours=25)
    browser = small.signed_in(small.operator("budi"))
    assert "jendela 24 jam tertutup" in browser.get(f"/kasus/{code}").text


def test_dead_letters_show_no_words_and_can_be_tried_again(site: Site) -> None:
    contact = site.contact()
    case_id, _ = site.case(contact=contact)
    browser = site.signed_in(site.operator())
    with site.database.write() as conn:
        letter = outbox.put(
            conn, site.seal, contact, Outgoing(text="kata-kata rahasia"), purpose=outbox.PUSH, case_id=case_id, now=site.clock()
        )
        outbox.settle(
            conn,
            [
                outbox.Outcome(
                    id=letter,
                    at=site.clock(),
                    took=site.clock() - site.clock(),
                    outcome="refused",
                    state=outbox.DEAD,
                    reason="refused",
                    detail="63016",
                )
            ],
        )
    page = browser.get("/pesan-gagal").text
    assert "ditolak penyedia" in page and "63016" in page and "rahasia" not in page
    assert browser.post(f"/pesan-gagal/{letter}/kirim-ulang").status_code == 303
    assert "Semua pesan ke pelapor terkirim" in browser.get("/pesan-gagal").text
    assert site.actions(case_id) == ["letter.resend"]


def test_every_verb_of_the_page_works_without_a_script(site: Site) -> None:
    """The forms alone: post, follow the redirect, see the result."""
    case_id, code = site.case(level=Level.DARURAT, contact=site.contact())
    browser = site.signed_in(site.operator("budi", Role.SUPERVISOR))

    def send(verb: str, **fields: str) -> str:
        sent = browser.post(f"/kasus/{code}/{verb}", {"versi": str(site.version(case_id))} | fields)
        assert (sent.status_code, sent.headers["location"]) == (303, f"/panel/kasus/{code}"), (verb, visible_text(sent.text)[:400])
        return visible_text(browser.get(f"/kasus/{code}").text)

    assert "Keadaan darurat belum diakui" not in send("akui")
    assert "Dipegang Bu Budi" in send("ambil")
    assert "Catatan satu" in send("catat", isi="Catatan satu")
    assert "Balasan satu" in send("balas", isi="Balasan satu")
    assert "Keadaan darurat: selesai" in send("tindakan", isi="Dijemput petugas", selesai="ya")
    stage = re.search(r'<option value="(\w+)">', browser.get(f"/kasus/{code}").text.partition('id="stage"')[2])
    assert stage and "memindahkan ke tahap" in send("pindah", tahap=stage[1])
    assert "Usulan menurunkan tingkat" in send("turunkan", tingkat="3", alasan="sudah aman")
    assert "menolak penurunan tingkat: belum" in send("tolak", alasan="belum")
    assert "Belum diambil" in send("lepas", alasan="ganti giliran")


def test_every_code_that_can_be_shown_has_words() -> None:
    assert set(words.LEVELS) == set(Level)
    assert set(words.ROLES) == set(Role)
    assert {failure.value for failure in Failure} <= set(words.LETTER_REASONS)


def test_the_first_load_is_small(small: Site) -> None:
    for number in range(20):
        small.case(level=(Level.RENDAH, Level.TINGGI, Level.DARURAT)[number % 3])
    browser = small.signed_in(small.operator())
    page = browser.get("/").text
    total = len(page.encode())
    for path in set(re.findall(r'(?:src|href)="/panel(/static/[^"]+)"', page)):
        answer_ = browser.get(path, accept_encoding="gzip")
        assert answer_.status_code == 200
        total += int(answer_.headers["content-length"])
    assert total <= 100_000


def test_the_sign_in_page_needs_no_account_and_shows_none(small: Site) -> None:
    small.operator("sari")
    page = small.client().get("/masuk?bahasa=en")
    assert page.status_code == 200
    assert "sari" not in page.text.lower() and PASSWORD not in page.text
    assert "teduh_bahasa=en" in page.headers["set-cookie"]


def test_a_withdrawal_and_a_reading_are_told(small: Site) -> None:
    case_id, code = small.case()
    told = [Event(kind=kind, at=small.clock(), author=REPORTER, body={}) for kind in (EventKind.READ, EventKind.WITHDRAWN)]
    small.do(lambda conn: cases.append(conn, small.seal, case_id, told))
    text = visible_text(small.signed_in(small.operator()).get(f"/kasus/{code}").text)
    assert "Pelapor membaca kabar" in text and "Pelapor menarik laporannya" in text
