"""What operators do: each act is one transaction with its events, its notice to the reporter and its audit row, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, select

from hotline import operate, workflow
from hotline.case import Emergency, EventKind, Level
from hotline.casework import acting, disclose, levels
from hotline.compact import loads
from hotline.messages import Outgoing
from hotline.staff import NotAllowed, Role, Who
from hotline.store import cases, queue
from hotline.store.cases import CaseChanged, CaseNotFound
from hotline.store.tables.sending import Outbox
from tests.panel.site import Site, desks

KENDAL = desks()["kendal"]
Act = Callable[[Connection], object]


def test_of_two_who_claim_at_once_one_holds_the_case(site: Site) -> None:
    people = [site.operator(name) for name in ("sari", "budi", "tono", "dewi")]
    case_id, _ = site.case()

    def attempt(who: Who) -> str:
        try:
            site.do(lambda conn: operate.claim(conn, site.seal, who, case_id, now=site.clock()))
        except operate.CaseTaken:
            return "taken"
        return who.name

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(attempt, people))
    [winner] = [name for name in outcomes if name != "taken"]
    assert outcomes.count("taken") == 3
    assert site.kinds(case_id).count(EventKind.CLAIMED) == 1
    with site.database.read() as conn:
        assert queue.by_id(conn, people[0], case_id).owner == f"Bu {winner.title()}"


def test_a_reply_waits_for_the_reporter_and_sends_a_notice_without_a_topic(site: Site) -> None:
    who, contact = site.operator(), site.contact()
    case_id, code = site.case(contact=contact)
    text = "Bu guru, petugas akan datang ke sekolah besok pagi."
    site.do(lambda conn: operate.reply(conn, site.seal, KENDAL, who, case_id, version=3, text=f"  {text}\r\n", now=site.clock()))
    found = site.state(case_id)
    assert (found.waiting_since, found.unread, found.replied, found.owner_id) == (None, 0, True, who.id)
    assert site.texts(case_id, EventKind.REPLIED) == [text]
    [message] = _queued(site)
    assert site.outbox(case_id) == ["push"]
    assert code[:3] in message.text.replace(" ", "")
    assert not any(word in message.text.lower() for word in ("guru", "anak", "lapor", "kekerasan", "petugas"))
    assert site.actions(case_id) == ["case.reply"]


def _queued(site: Site) -> list[Outgoing]:
    table = Outbox.__table__  # type: ignore[attr-defined]
    with site.database.read() as conn:
        return [Outgoing.from_json(loads(site.seal.open(r.body_sealed, "outbox", r.id, "body"))) for r in conn.execute(select(table))]


def test_the_notice_speaks_the_reporters_language_and_is_not_repeated(site: Site) -> None:
    who, contact = site.operator(), site.contact(language="id")
    case_id, _ = site.case(contact=contact)
    for version, text in ((3, "Satu."), (5, "Dua.")):
        site.do(lambda conn, v=version, t=text: operate.reply(conn, site.seal, KENDAL, who, case_id, version=v, text=t, now=site.clock()))
    assert site.texts(case_id, EventKind.REPLIED) == ["Satu.", "Dua."]
    assert site.outbox(case_id) == ["push"]


def test_a_case_without_a_reporter_is_answered_without_a_notice(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case()
    site.do(lambda conn: operate.reply(conn, site.seal, KENDAL, who, case_id, version=3, text="Dicatat.", now=site.clock()))
    assert (site.texts(case_id, EventKind.REPLIED), site.outbox(case_id)) == (["Dicatat."], [])


def stale(site: Site, who: Who, case_id: int) -> dict[str, Act]:
    """Every act that takes a version, on the version before the reporter's last words."""
    seal, now = site.seal, site.clock()
    return {
        "reply": lambda c: operate.reply(c, seal, KENDAL, who, case_id, version=3, text="x", now=now),
        "note": lambda c: operate.note(c, seal, who, case_id, version=3, text="x", now=now),
        "move": lambda c: operate.move(c, seal, KENDAL, who, case_id, version=3, stage="X", text="", now=now),
        "release": lambda c: operate.release(c, seal, who, case_id, version=3, reason="x", now=now),
        "take over": lambda c: operate.take_over(c, seal, who, case_id, version=3, reason="x", now=now),
        "close": lambda c: operate.close(c, seal, KENDAL, who, case_id, version=3, reason="x", text="", now=now),
        "reopen": lambda c: operate.reopen(c, seal, KENDAL, who, case_id, version=3, reason="x", now=now),
        "lower": lambda c: levels.lower(c, seal, who, case_id, version=3, level=Level.RENDAH, reason="x", now=now),
        "approve": lambda c: levels.approve(c, seal, who, case_id, version=3, now=now),
        "decline": lambda c: levels.decline(c, seal, who, case_id, version=3, reason="x", now=now),
    }


@pytest.mark.parametrize("name", ["reply", "note", "move", "release", "take over", "close", "reopen", "lower", "approve", "decline"])
def test_saving_on_an_old_page_keeps_nothing(name: str, site: Site) -> None:
    who = site.operator(role=Role.SUPERVISOR)
    case_id, _ = site.case(contact=site.contact())
    site.says(case_id, "Tolong cepat.")
    before = site.kinds(case_id)
    with pytest.raises(CaseChanged) as refused:
        site.do(stale(site, who, case_id)[name])
    assert (refused.value.expected, refused.value.actual) == (3, 4)
    assert (site.kinds(case_id), site.actions(), site.outbox(case_id)) == (before, [], [])


@pytest.mark.requirement("LUT-22")
def test_what_an_emergency_needs_is_never_held_up_by_an_old_page(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(level=Level.TINGGI)
    seal, now = site.seal, site.clock()
    site.says(case_id, "Tolong cepat.")
    site.do(lambda c: levels.raise_level(c, seal, KENDAL, who, case_id, level=Level.DARURAT, text="ada parang", now=now))
    site.says(case_id, "Dia di depan pintu.")
    assert site.state(case_id).emergency is Emergency.AKTIF
    site.do(lambda c: operate.acknowledge(c, seal, who, case_id, now=now))
    site.do(lambda c: operate.claim(c, seal, who, case_id, now=now))
    site.says(case_id, "Terima kasih.")
    site.do(lambda c: operate.act(c, seal, who, case_id, text="Polsek Weleri menjemput pukul 21.10", ended=True, now=now))
    assert site.state(case_id).emergency is Emergency.SELESAI
    assert site.actions(case_id) == ["level.raise", "emergency.acknowledge", "case.claim", "emergency.act"]


@pytest.mark.requirement("LUT-22")
def test_an_emergency_action_is_recorded_in_any_stage_and_after_closing(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(level=Level.SEDANG)
    with site.database.read() as conn:
        reason = workflow.closing_reasons(KENDAL.profile, cases.load_state(conn, site.seal, case_id))[0].code
    site.do(
        lambda c: operate.close(c, site.seal, KENDAL, who, case_id, version=3, reason=reason, text="sudah diteruskan", now=site.clock()),
    )
    site.do(lambda c: operate.act(c, site.seal, who, case_id, text="Ambulans dipanggil", ended=False, now=site.clock()))
    assert (site.state(case_id).closed, site.state(case_id).emergency) == (True, Emergency.TIDAK)
    assert site.kinds(case_id)[-1] is EventKind.HANDLED


def test_an_emergency_nobody_acknowledged_is_not_closed(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(level=Level.DARURAT)
    with site.database.read() as conn:
        found = cases.load_state(conn, site.seal, case_id)
    reason = next(r for r in KENDAL.profile.closing_reasons(found.track) if r.before).code
    with pytest.raises(workflow.EmergencyOpen):
        site.do(lambda c: operate.close(c, site.seal, KENDAL, who, case_id, version=3, reason=reason, text="x", now=site.clock()))


@pytest.mark.requirement("LUT-22")
def test_claiming_an_emergency_means_having_seen_it(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(level=Level.DARURAT)
    site.do(lambda c: operate.claim(c, site.seal, who, case_id, now=site.clock()))
    assert site.state(case_id).emergency is Emergency.DITANGANI
    with pytest.raises(acting.NothingToDo):
        site.do(lambda c: operate.acknowledge(c, site.seal, who, case_id, now=site.clock()))


def test_moving_follows_the_workflow_and_takes_the_case(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case()
    with site.database.read() as conn:
        allowed = [s.code for s in workflow.next_stages(KENDAL.profile, cases.load_state(conn, site.seal, case_id))]
    with pytest.raises(workflow.MoveNotAllowed):
        site.do(lambda c: operate.move(c, site.seal, KENDAL, who, case_id, version=3, stage="TERMINASI", text="", now=site.clock()))
    site.do(lambda c: operate.move(c, site.seal, KENDAL, who, case_id, version=3, stage=allowed[0], text="lengkap", now=site.clock()))
    assert (site.state(case_id).stage, site.state(case_id).owner_id) == (allowed[0], who.id)


def test_only_the_holder_releases_and_only_a_leader_takes_over(site: Site) -> None:
    sari, budi, bos = site.operator("sari"), site.operator("budi"), site.operator("bos", Role.SUPERVISOR)
    case_id, _ = site.case()
    seal, now = site.seal, site.clock()
    site.do(lambda c: operate.claim(c, seal, sari, case_id, now=now))
    with pytest.raises(operate.CaseTaken):
        site.do(lambda c: operate.release(c, seal, budi, case_id, version=4, reason="x", now=now))
    with pytest.raises(NotAllowed):
        site.do(lambda c: operate.take_over(c, seal, budi, case_id, version=4, reason="x", now=now))
    site.do(lambda c: operate.take_over(c, seal, bos, case_id, version=4, reason="Sari cuti", now=now))
    assert site.state(case_id).owner_id == bos.id
    site.do(lambda c: operate.release(c, seal, bos, case_id, version=6, reason="kembali ke antrean", now=now))
    assert site.state(case_id).owner_id is None


def test_a_closed_case_takes_notes_but_no_reply_until_it_is_reopened(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(level=Level.RENDAH)
    seal, now = site.seal, site.clock()
    reason = workflow.closing_reasons(KENDAL.profile, site.state(case_id))[0].code
    site.do(lambda c: operate.close(c, seal, KENDAL, who, case_id, version=3, reason=reason, text="diteruskan", now=now))
    with pytest.raises(acting.CaseIsClosed):
        site.do(lambda c: operate.reply(c, seal, KENDAL, who, case_id, version=4, text="x", now=now))
    site.do(lambda c: operate.note(c, seal, who, case_id, version=4, text="telepon masuk", now=now))
    site.do(lambda c: operate.reopen(c, seal, KENDAL, who, case_id, version=5, reason="ada kabar baru", now=now))
    site.do(lambda c: operate.reply(c, seal, KENDAL, who, case_id, version=6, text="Kami buka lagi.", now=now))
    assert not site.state(case_id).closed


@pytest.mark.parametrize("reason", ["LAPORAN_PALSU", "", "selesai"])
def test_a_reason_outside_the_profile_does_not_close(reason: str, site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(level=Level.RENDAH)
    with pytest.raises(workflow.ClosingNotAllowed):
        site.do(lambda c: operate.close(c, site.seal, KENDAL, who, case_id, version=3, reason=reason, text="x", now=site.clock()))


def test_no_verb_reaches_a_case_of_another_region(site: Site) -> None:
    stranger = site.operator("andi", Role.SUPERVISOR, region="luwu-timur")
    case_id, _ = site.case(level=Level.DARURAT, contact=site.contact())
    acts: dict[str, Act] = stale(site, stranger, case_id) | {
        "claim": lambda c: operate.claim(c, site.seal, stranger, case_id, now=site.clock()),
        "acknowledge": lambda c: operate.acknowledge(c, site.seal, stranger, case_id, now=site.clock()),
        "act": lambda c: operate.act(c, site.seal, stranger, case_id, text="x", ended=False, now=site.clock()),
        "raise": lambda c: levels.raise_level(c, site.seal, KENDAL, stranger, case_id, level=Level.DARURAT, text="", now=site.clock()),
        "reveal": lambda c: disclose.reveal(c, site.seal, stranger, case_id, reason="ingin tahu siapa", now=site.clock()),
    }
    before = site.kinds(case_id)
    for act in acts.values():
        with pytest.raises(CaseNotFound):
            site.do(act)
    assert (site.kinds(case_id), site.actions(), site.outbox(case_id)) == (before, [], [])


def test_texts_have_limits(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case()
    for text, kind in ((" \n ", acting.TextMissing), ("a" * (acting.REPLY_LIMIT + 1), acting.TextTooLong)):
        with pytest.raises(kind):
            site.do(lambda c, t=text: operate.reply(c, site.seal, KENDAL, who, case_id, version=3, text=t, now=site.clock()))
    site.do(lambda c: operate.reply(c, site.seal, KENDAL, who, case_id, version=3, text="a" * acting.REPLY_LIMIT, now=site.clock()))
