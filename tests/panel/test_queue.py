"""The queue: the order of urgency, lanes, pages by key, counts, and nothing of another region through any of them."""

from __future__ import annotations

import pytest

from hotline.case import SYSTEM, Event, EventKind, Level
from hotline.casework.acting import NothingToDo
from hotline.operate import acknowledge, claim, close, reply
from hotline.staff import Role, Who
from hotline.store import cases, queue, reasons
from hotline.store.queue import Lane
from hotline.workflow import closing_reasons
from tests.panel.site import Site, answer, desks, visible_text

KENDAL = desks()["kendal"]


def codes(site: Site, who: Who, lane: Lane, most: int = 50) -> list[str]:
    with site.database.read() as conn:
        return [line.code for line in queue.page(conn, who, lane, now=site.clock(), most=most).lines]


def walk(site: Site, who: Who, lane: Lane, most: int) -> list[str]:
    found: list[str] = []
    after = ""
    while True:
        with site.database.read() as conn:
            page = queue.page(conn, who, lane, now=site.clock(), after=after, most=most)
        found += [line.code for line in page.lines]
        after = page.next
        if not after:
            return found


def test_the_order_is_urgency_and_not_arrival(site: Site) -> None:
    who = site.operator()
    quiet_id, quiet = site.case(level=Level.RENDAH)
    _, waiting = site.case(level=Level.SEDANG)
    site.clock.shift(minutes=1)
    _, waiting_later = site.case(level=Level.SEDANG)
    site.clock.shift(hours=7)  # the deadlines of SEDANG pass
    _, high = site.case(level=Level.TINGGI)
    taken_id, taken = site.case(level=Level.DARURAT)
    _, ringing = site.case(level=Level.DARURAT_TELAAH)
    with site.database.write() as conn:
        acknowledge(conn, site.seal, who, taken_id, now=site.clock())
    with site.database.write() as conn:
        reply(conn, site.seal, KENDAL, who, quiet_id, version=3, text="Sudah kami terima.", now=site.clock())
    assert codes(site, who, Lane.TERBUKA) == [ringing, taken, waiting, waiting_later, high, quiet]


def test_a_reporter_who_writes_again_neither_jumps_nor_falls_back(site: Site) -> None:
    who = site.operator()
    first_id, first = site.case()
    site.clock.shift(minutes=1)
    _, second = site.case()
    site.clock.shift(minutes=1)
    site.says(first_id, "Halo, masih di sana?")
    assert codes(site, who, Lane.BARU) == [first, second]


def test_who_asked_to_speak_with_an_officer_is_marked_until_they_are_answered(site: Site) -> None:
    who = site.operator()
    wish = answer(site.clock, "minta_petugas", "ya", "Ya", "Apakah ingin bicara langsung dengan petugas?")
    asks_id, asks = site.case(more=[wish])
    _, asks_not = site.case()

    def marked() -> dict[str, bool]:
        with site.database.read() as conn:
            return {line.code: line.wants_talk for line in queue.page(conn, who, Lane.TERBUKA, now=site.clock()).lines}

    assert marked() == {asks: True, asks_not: False}
    pages = [visible_text(site.signed_in(who).get(path).text) for path in ("/", f"/kasus/{asks}", f"/kasus/{asks_not}")]
    assert [page.count("ingin bicara dengan petugas") for page in pages] == [1, 1, 0]
    site.do(lambda c: reply(c, site.seal, KENDAL, who, asks_id, version=4, text="Sudah kami terima.", now=site.clock()))
    assert marked() == {asks: False, asks_not: False}
    site.says(asks_id, "Masih ingin bicara")
    assert marked()[asks]


def test_lanes_hold_what_they_say(site: Site) -> None:
    sari, budi = site.operator("sari"), site.operator("budi")
    mine_id, mine = site.case()
    theirs_id, theirs = site.case()
    _, new = site.case()
    _, ringing = site.case(level=Level.DARURAT)
    ended_id, ended = site.case()
    with site.database.write() as conn:
        claim(conn, site.seal, sari, mine_id, now=site.clock())
    with site.database.write() as conn:
        claim(conn, site.seal, budi, theirs_id, now=site.clock())
    with site.database.write() as conn:
        close(conn, site.seal, KENDAL, sari, ended_id, version=3, reason=_reason(site, ended_id), text="diteruskan", now=site.clock())
    lanes = {lane: codes(site, sari, lane) for lane in Lane}
    assert lanes == {Lane.DARURAT: [ringing], Lane.BARU: [new], Lane.SAYA: [mine], Lane.TERBUKA: lanes[Lane.TERBUKA], Lane.DITUTUP: [ended]}
    assert set(lanes[Lane.TERBUKA]) == {mine, theirs, new, ringing}
    with site.database.read() as conn:
        assert dict(queue.counts(conn, sari)) == {Lane.DARURAT: 1, Lane.BARU: 1, Lane.SAYA: 1, Lane.TERBUKA: 4}


def _reason(site: Site, case_id: int) -> str:
    with site.database.read() as conn:
        state = cases.load_state(conn, site.seal, case_id)
    return closing_reasons(KENDAL.profile, state)[0].code


@pytest.mark.parametrize("lane", [Lane.TERBUKA, Lane.BARU, Lane.DITUTUP])
def test_pages_by_key_show_every_case_once(lane: Lane, site: Site) -> None:
    who = site.operator()
    made = []
    for number in range(23):
        case_id, code = site.case(level=(Level.RENDAH, Level.SEDANG, Level.TINGGI)[number % 3])
        made.append(code)
        if number % 4 == 0:
            site.clock.shift(minutes=3)
        if lane is Lane.DITUTUP:
            ended = Event(kind=EventKind.CLOSED, at=site.clock(), author=SYSTEM, body={"reason": "selesai"})
            with site.database.write() as conn:
                cases.append(conn, site.seal, case_id, [ended])
    walked = walk(site, who, lane, most=5)
    assert (sorted(walked), len(walked)) == (sorted(made), 23)
    assert walked == codes(site, who, lane)


def test_a_page_keeps_its_order_while_deadlines_pass(site: Site) -> None:
    who = site.operator()
    for _ in range(6):
        site.case(level=Level.TINGGI)
    with site.database.read() as conn:
        first = queue.page(conn, who, Lane.BARU, now=site.clock(), most=3)
    site.clock.shift(days=2)
    with site.database.read() as conn:
        second = queue.page(conn, who, Lane.BARU, now=site.clock(), after=first.next, most=3)
    assert len({line.code for line in (*first.lines, *second.lines)}) == 6


@pytest.mark.parametrize("mark", ["1", "a.b.c.d", "1.2.3", "1.2.3.4.5", "1.2.3.99999999999999999999", "-1.0.0.0", "1.2.3.4'--"])
def test_a_forged_mark_is_refused(mark: str, small: Site) -> None:
    answer_ = small.signed_in(small.operator()).get(f"/daftar/terbuka?sesudah={mark}")
    assert answer_.status_code == 404


def test_the_line_tells_categories_and_reasons_but_no_words(site: Site) -> None:
    who = site.operator()
    story = "Ayahnya memukul dengan ikat pinggang"
    case_id, code = site.case(
        contact=site.contact(),
        more=[
            answer(site.clock, "kecamatan", "Weleri"),
            answer(site.clock, "R4", "6-12"),
            answer(site.clock, "pelapor", "guru"),
            answer(site.clock, "cerita", story),
        ],
    )
    page = site.signed_in(who).get("/").text
    for part in (
        "Kekerasan fisik",
        "6–12 tahun",
        "Weleri",
        "guru atau sekolah",
        "orang yang menyakiti tinggal serumah",
        "TINGGI",
        "WhatsApp",
    ):
        assert part in page, part
    assert story not in page
    with site.database.read() as conn:
        assert reasons.of_cases(conn, site.seal, [case_id]) == {case_id: ("R3=serumah", "R7=ya")}
    assert f'data-code="{code}"' in page


def test_nothing_of_another_region_shows_in_any_list_count_or_search(site: Site) -> None:
    kendal, luwu = site.operator("sari"), site.operator("andi", region="luwu-timur")
    _, own = site.case(level=Level.DARURAT)
    other_id, other = site.case(level=Level.DARURAT, region="luwu-timur")
    browser = site.signed_in(kendal)
    for path in ("/", "/daftar/terbuka", "/daftar/darurat", "/daftar/ditutup", "/denyut", f"/cari?kode={other}", "/pesan-gagal"):
        page = browser.get(path).text.replace(f"“{other}”", "")  # the search repeats what was typed
        assert other not in page and f"{other[:3]} {other[3:6]} {other[6:]}" not in page, path
    with site.database.read() as conn:
        assert (queue.counts(conn, kendal)[Lane.DARURAT], queue.counts(conn, luwu)[Lane.DARURAT]) == (1, 1)
        with pytest.raises(cases.CaseNotFound):
            queue.by_id(conn, kendal, other_id)
    assert browser.get(f"/cari?kode={own}").headers["location"] == f"/panel/kasus/{own}"


def test_the_search_takes_a_code_as_people_write_it(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    for written in (code, f"{code[:3]} {code[3:6]} {code[6:]}", f"{code[:3]}-{code[3:6]}-{code[6:]}", f" {code} "):
        assert browser.get(f"/cari?kode={written}").headers["location"] == f"/panel/kasus/{code}"
    for wrong in ("", "12345678", "abcdefghi", code + "1", "٤٨٢١٧٧٣٥٩"):
        assert browser.get(f"/cari?kode={wrong}").status_code == 404


def test_a_role_without_cases_gets_none_from_the_store_either(site: Site) -> None:
    case_id, _ = site.case(level=Level.DARURAT)
    for role in (Role.ADMIN, Role.DATA, Role.PENGAWAS):
        who = site.operator(role.value.lower(), role)
        with site.database.read() as conn:
            assert set(queue.counts(conn, who).values()) == {0}
            with pytest.raises(cases.CaseNotFound):
                queue.by_id(conn, who, case_id)


def test_nothing_to_do_is_told_apart_from_taken(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case()
    with site.database.write() as conn:
        claim(conn, site.seal, who, case_id, now=site.clock())
    with pytest.raises(NothingToDo), site.database.write() as conn:
        claim(conn, site.seal, who, case_id, now=site.clock())


def test_a_request_of_no_kind_yet_is_one_for_aid_and_a_closed_case_has_met_no_deadline(site: Site) -> None:
    unknown = answer(site.clock, "jenis", "", "", "Apa yang terjadi?")
    aid, code = site.case(track="layanan", more=[unknown])
    browser = site.signed_in(site.operator())
    assert "Bantuan sosial" in visible_text(browser.get("/").text)
    with site.database.write() as conn:
        ended = Event(kind=EventKind.CLOSED, at=site.clock(), author=SYSTEM, body={"reason": "selesai"})
        cases.append(conn, site.seal, aid, [ended])
    text = visible_text(browser.get(f"/kasus/{code}").text)
    assert "terpenuhi" not in text and "tidak berjalan lagi" in text
