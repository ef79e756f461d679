"""Watching the watcher: every process looks whether the scheduler and any worker still live, and the first to miss one tells people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from hotline.alarm import words
from hotline.i18n import N_, SOURCE
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.staff import Right
from hotline.store import accounts, officers, outages, outbox
from hotline.store.alarm import pushes, roster

GRACE = outages.SILENT_AFTER
"""A process judges nobody before it has itself lived so long: all parts of a new start come up in their time."""
_SAY = {
    outages.SCHEDULER: N_("Gangguan sistem piket: penjadwal berhenti, panggilan darurat tidak berlanjut. Buka panel."),
    outages.WORKER: N_("Gangguan sistem piket: pengirim pesan berhenti. Buka panel."),
}
_WHAT = N_("gangguan sistem")


def look(conn: Connection, seal: Seal, regions: Iterable[str], by: str, now: datetime) -> list[str]:
    """Note what has stopped and what is back; gives the parts that are silent. Officers are told once for each outage."""
    silent = outages.silent(conn, now)
    for part, heard_at in silent.items():
        made = outages.begin(conn, part, heard_at, by, now)
        if made is not None:
            outages.set_told(conn, made, sum(_tell(conn, seal, region, part, now) for region in regions))
    for part in outages.PARTS:
        if part not in silent:
            outages.end(conn, part, now)
    return list(silent)


def _tell(conn: Connection, seal: Seal, region: str, part: str, now: datetime) -> int:
    whom = _whom(conn, region, now)
    phones = [chat.contact_id for chats in officers.chats(conn, whom).values() for chat in chats]
    owners = officers.owners(conn, phones)
    languages = {owner.operator_id: owner.language for owner in owners.values()}
    told = {contact_id: owner.language for contact_id, owner in owners.items()}
    told |= {chat.contact_id: languages.get(who, SOURCE) for who, chats in pushes.armed(conn, whom).items() for chat in chats}
    for contact_id, language in told.items():
        template = ("Teduh", words.say(language, _WHAT).text, "-")
        message = Outgoing(text=words.say(language, _SAY[part]).text, alert=template)
        outbox.put(conn, seal, contact_id, message, purpose=outbox.ALERT, case_id=None, now=now)
    return len(owners)


def _whom(conn: Connection, region: str, now: datetime) -> set[int]:
    """Who is on duty and can be reached; if that is nobody, those who lead or keep the accounts."""
    on_duty = {duty.operator_id for duty in roster.on_duty(conn, region, now)}
    if officers.chats(conn, on_duty):
        return on_duty
    leads = (Right.APPROVE, Right.ACCOUNTS)
    return {a.id for a in accounts.accounts(conn, region) if not a.disabled and any(accounts.may(a, right) for right in leads)}
