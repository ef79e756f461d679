"""What the five regulations ask of those who work on a case, each shown in the panel as they use it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hotline.case import Event, EventKind, Level, Track, operator_author
from hotline.staff import Role, Who
from hotline.store import audit, cases, queue
from hotline.store.queue import Lane
from hotline.triage import assess
from tests.panel.site import Site, answer, desks, visible_text
from tests.support.house import PASSING, House

KENDAL = desks()["kendal"]
OFFICE = {"fo": Role.OPERATOR, "bo": Role.PENELAAH, "spv": Role.SUPERVISOR, "bos": Role.MANAJER}


def request(site: Site, **more: object) -> tuple[int, str]:
    about = answer(site.clock, "jenis", "kebutuhan_program", "Butuh bantuan")
    return site.case(track="layanan", level=Level.SEDANG, reasons=("krisis_bantuan=ya",), more=[about], **more)  # type: ignore[arg-type]


def post(site: Site, who: Who, case: tuple[int, str], path: str, **fields: str) -> int:
    sent = {"versi": str(site.version(case[0])), **fields}
    return site.signed_in(who).post(f"/kasus/{case[1]}/{path}", sent).status_code


def events(site: Site, case_id: int, kind: EventKind) -> list[Event]:
    with site.database.read() as conn:
        return [event for event in cases.load_events(conn, site.seal, case_id) if event.kind is kind]


def steps(site: Site, case: tuple[int, str], people: Mapping[str, Who], *way: tuple[str, str, str]) -> None:
    """(who, stage, words) one after another, five minutes apart."""
    for name, stage, words in way:
        site.clock.shift(minutes=5)
        assert post(site, people[name], case, "pindah", tahap=stage, keterangan=words) == 303, (name, stage)


@pytest.mark.requirement("KEN-50", "KEN-51", "KAU-36", "KEN-46", "BLO-39")
def test_from_office_to_office_every_step_says_who_when_and_what_they_found(small: Site) -> None:
    people = {name: small.operator(name, role) for name, role in OFFICE.items()}
    case = request(small)
    steps(small, case, people, ("fo", "CEK_DATA", ""), ("fo", "ANALISIS_BACK_OFFICE", "Tercatat di DTSEN"))
    assert post(small, people["fo"], case, "lepas", alasan="diteruskan ke back office") == 303
    assert post(small, people["bo"], case, "ambil") == 303
    found, back = "Penghasilan tidak tetap, tiga anak sekolah", "Lengkapi: umur anak-anaknya"
    way = [("bo", "PERSETUJUAN_SUPERVISOR", found), ("spv", "ANALISIS_BACK_OFFICE", back), ("bo", "PERSETUJUAN_SUPERVISOR", "7, 9, 13")]
    steps(small, case, people, *way, ("spv", "DI_SLRT_KABUPATEN", "Disetujui"))
    assert post(small, people["bos"], case, "alihkan", alasan="diputuskan Manajer") == 303

    moved = [(e.author, e.text("stage"), e.text("note")) for e in events(small, case[0], EventKind.MOVED)]
    assert moved[2:4] == [(operator_author(people[n].id), stage, words) for n, stage, words in way[:2]]
    read = visible_text(small.signed_in(people["bos"]).get(f"/kasus/{case[1]}").text)
    assert found in read and back in read and "diteruskan ke back office" in read
    with small.database.read() as conn:
        audit.verify(conn, small.seal)
        trail = [(e.action, e.operator_id) for e in audit.of_case(conn, small.seal, case[0]) if e.action != "case.view"]
    handed = [("case.release", people["fo"].id), ("case.claim", people["bo"].id), ("case.take_over", people["bos"].id)]
    assert [step for step in trail if step[0] != "case.move"] in (handed, handed[::-1])
    assert [who for action, who in trail if action == "case.move"].count(people["spv"].id) == 2


def tell(house: House, *story: str) -> tuple[str, str]:
    """A story on a phone of one's own that may be written to: code and PIN."""
    house.answer("a", *story)
    for _ in range(40):
        ticket = next((m.text for m in house.heard("a")[-3:] if "PIN:" in m.text), "")
        if ticket:
            digits = "".join(c for c in ticket if c.isdigit())
            return digits[:9], digits[9:13]
        labels = [option.label for option in house.heard("a")[-1].options]
        house.answer("a", next((x for x in ("Hanya saya yang pegang", "Boleh", *PASSING) if x in labels), labels[0]))
    raise AssertionError("the story has no end")


@pytest.mark.requirement("ASA-06", "KAU-21", "KEN-31")
def test_a_request_lies_with_slrt_and_ends_with_an_answer_that_its_citizen_reads(small: Site) -> None:
    house = House(small.database, small.seal, small.clock, {"kendal": KENDAL})
    code, pin = tell(house, "halo", "Tidak", "Bantuan sosial", "Keluarga saya", "5", "Butuh bantuan")
    back, boss = small.operator("bo", Role.PENELAAH), small.operator("bos", Role.MANAJER)
    for who in (back, boss):
        with small.database.read() as conn:
            [line] = queue.page(conn, who, Lane.BARU, now=small.clock()).lines
        assert (line.code, line.track, line.stage) == (code, Track.LAYANAN, "KELUHAN_DITERIMA")
    case = line.id, code
    with small.database.write() as conn:
        at_the_end = Event(kind=EventKind.MOVED, at=small.clock(), author="system", body={"stage": "HASIL_DISAMPAIKAN"})
        cases.append(conn, small.seal, line.id, [at_the_end])
    assert post(small, back, case, "tutup", alasan="HASIL_DISAMPAIKAN") == 409
    assert post(small, back, case, "balas", isi="Bantuan pangan diberikan mulai Januari.") == 303
    assert small.outbox(line.id).count("push") == 1
    assert any("Bantuan pangan diberikan mulai Januari." in m.text for m in house.say("a", f"CEK {code} {pin}"))
    assert post(small, back, case, "tutup", alasan="HASIL_DISAMPAIKAN") == 303


@pytest.mark.requirement("LUT-23")
def test_registering_keeps_the_number_who_did_it_and_when(small: Site) -> None:
    who = small.operator("andi", region="luwu-timur")
    case = small.case(region="luwu-timur")
    steps(small, case, {"andi": who}, ("andi", "TELAAH", ""), ("andi", "REGISTRASI", "Formulir lengkap"))
    registered = events(small, case[0], EventKind.MOVED)[-1]
    assert (registered.text("stage"), registered.author, registered.at) == ("REGISTRASI", operator_author(who.id), small.clock())
    read = visible_text(small.signed_in(who).get(f"/kasus/{case[1]}").text)
    assert f"{case[1][:3]} {case[1][3:6]} {case[1][6:]}" in read
    assert "Bu Andi memindahkan ke tahap Registrasi" in read and "Formulir lengkap" in read


@pytest.mark.requirement("BLO-30")
def test_a_service_given_is_kept_with_its_day_its_words_and_who_gave_it(small: Site) -> None:
    who = small.operator("dewi", Role.PIKET)
    case = small.case()
    for service, words in (("pendampingan", "Ditemani ke puskesmas"), ("penampungan", "Tiga malam, bersama ibunya")):
        assert post(small, who, case, "layanan", layanan=service, keterangan=words) == 303
    given = [(e.text("number"), e.text("note"), e.author, e.at) for e in events(small, case[0], EventKind.RECORDED)]
    by = operator_author(who.id), small.clock()
    assert given == [("pendampingan", "Ditemani ke puskesmas", *by), ("penampungan", "Tiga malam, bersama ibunya", *by)]
    read = visible_text(small.signed_in(who).get(f"/kasus/{case[1]}").text)
    assert "Penampungan sementara" in read and "Tiga malam, bersama ibunya" in read


@pytest.mark.requirement("ASA-14")
def test_who_has_nothing_to_eat_is_flagged_with_the_reason_and_is_due_before_who_can_wait(small: Site) -> None:
    codes = []
    for answers in ({}, {"krisis_bantuan": "ya", "tanpa_makan_hari_ini": "ya"}):
        judged = assess(Track.LAYANAN, answers, unreached=True)
        codes.append(small.case(track="layanan", level=judged.level, reasons=judged.reasons)[1])
    small.clock.shift(hours=7)
    page = small.signed_in(small.operator()).get("/daftar/terbuka").text
    rows = {code: page[page.index(f'data-code="{code}"') :] for code in codes}
    assert len(rows[codes[1]]) > len(rows[codes[0]]), "the later, hungrier one stands first"
    row = visible_text(rows[codes[1]].partition(codes[0])[0])
    assert "SEDANG" in page.partition(codes[0])[0] and "hari ini tanpa makan atau minum" in row


@pytest.mark.requirement("BLO-26", "KAU-44")
def test_who_guides_and_oversees_sees_figures_and_no_case(small: Site) -> None:
    """PENGAWAS: Pengarah, Pembina and Penasehat of Blora, the Camat of Kaur (domain 2.3)."""
    _, code = small.case(level=Level.DARURAT)
    browser = small.signed_in(small.operator("pengawas", Role.PENGAWAS))
    for figures in ("/kecepatan", "/kepuasan", "/latihan"):
        seen = browser.get(figures)
        assert seen.status_code == 200 and code not in seen.text
    for closed in (f"/kasus/{code}", "/daftar/terbuka", f"/cari?kode={code}", "/tenggat"):
        assert browser.get(closed).status_code == 403
    assert code not in browser.get("/").text
