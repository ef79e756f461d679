"""`teduh drill`: a marked fake emergency to the registered officers, watched call by call, with a verdict; and the report of a month."""

from __future__ import annotations

import contextlib
import re
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from bot import cli
from bot.speech import N_, speech

if TYPE_CHECKING:
    from hotline.drill import Call, Drill, Measured
    from hotline.regions import Profile
    from hotline.seal import Seal
    from hotline.store.database import Database

_ = speech()
LOOK_SECONDS, ALIVE_SECONDS = 0.5, 10.0
_LONGEST = 24 * 60
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_STEPS = {
    "queued": N_("masuk antrean"),
    "sent": N_("diterima penyedia"),
    "delivered": N_("sampai di HP"),
    "answered": N_("dijawab"),
    "failed": N_("TIDAK TERKIRIM"),
}
FAULTS = {
    "nobody": N_("anak tangga pertama tidak memanggil siapa pun: periksa jadwal piket dan HP yang terdaftar"),
    "not_sent": N_("panggilan pertama tidak terkirim: apakah `teduh worker` berjalan dan kanalnya terpasang?"),
    "rung_not_sent": N_("ada anak tangga berikutnya yang panggilannya tidak terkirim sama sekali"),
    "slow": N_("panggilan pertama baru terkirim setelah lebih dari 10 detik"),
    "unanswered": N_("tidak ada yang menjawab"),
    "late": N_("dijawab, tetapi lebih lambat daripada yang diminta Dinas untuk DARURAT"),
}


def add_drill_command(app: typer.Typer) -> None:
    """Hang it on the application."""
    app.command(help=_("Latihan: panggilan piket yang ditandai LATIHAN lewat kanal sungguhan, diukur satu per satu."))(drill)


def drill(
    region: str = typer.Option("", help=_("Profil wilayah; bawaannya yang pertama di TEDUH_REGION.")),
    minutes: int = typer.Option(0, help=_("Paling lama menunggu jawaban; bawaannya sampai seluruh tangga selesai."), min=0, max=_LONGEST),
    all_rungs: bool = typer.Option(False, "--all-rungs", help=_("Jangan berhenti pada jawaban pertama: ukur setiap anak tangga.")),
    report: str = typer.Option("", help=_("Tidak melatih, hanya menunjukkan laporan satu bulan, misalnya 2026-11.")),
) -> None:
    """Exit code 0: it passed (or the report was shown); 1: it did not."""
    month = _month(report) if report else None
    settings = cli.settings()
    from hotline.regions import load_profile
    from hotline.seal import Seal
    from hotline.settings import require_secret_key

    profile = load_profile(region or settings.regions[0])
    if region and profile.slug not in settings.regions:
        raise typer.BadParameter(_("Wilayah itu tidak dilayani di sini (TEDUH_REGION)."))
    with contextlib.closing(cli.migrated(settings)) as database:
        if month is not None:
            _report(database, profile, month)
            return
        seal = Seal(require_secret_key(settings).secret_keys)
        if not _run(database, seal, profile, minutes, all_rungs=all_rungs):
            raise typer.Exit(1)


def _month(written: str) -> tuple[int, int]:
    found = _MONTH.fullmatch(written.strip())
    if found is None:
        raise typer.BadParameter(_("Tulis bulan sebagai 2026-11."))
    return int(found[1]), int(found[2])


def _run(database: Database, seal: Seal, profile: Profile, minutes: int, *, all_rungs: bool) -> bool:
    from hotline.alarm.ladder import REPORTER, Ladder
    from hotline.case import Level
    from hotline.store.alarm import alarms, drills
    from hotline.times import now

    ladder = Ladder.of(profile.file.on_call)
    with database.write() as conn:
        drill_id = drills.begin(conn, seal, profile.slug, ladder, now(), all_rungs=all_rungs)
    typer.echo(
        _("LATIHAN dimulai di {wilayah}. Petugas melihat kata LATIHAN; tidak ada kasus yang terbentuk.").format(wilayah=profile.name)
    )
    officers = [step.minutes for step in ladder.steps if REPORTER not in step.targets]
    within = timedelta(minutes=profile.sla(Level.DARURAT).acknowledge_minutes)
    # The last rung has as long to answer as the first.
    longest = timedelta(minutes=max(officers)) + within if all_rungs else timedelta(minutes=max(s.minutes for s in ladder.steps) + 1)
    wait = timedelta(minutes=minutes) or longest
    typer.echo(
        _("Paling lama {menit} menit; Ctrl+C mengakhirinya. Yang mengirim panggilan adalah `teduh run` atau `teduh worker`.").format(
            menit=round(wait.total_seconds() / 60)
        )
    )
    try:
        last = _watch(database, drill_id, wait, rungs=len(officers) if all_rungs else 0)
    finally:
        with database.write() as conn:
            alarms.end(conn, drill_id, now())
    return _verdict(last, within)


def _watch(database: Database, drill_id: int, wait: timedelta, *, rungs: int) -> Drill:
    """Tell each step of the drill as it is seen, until it is answered (each of so many `rungs`; 0: by anybody), it ends, or the time is
    over; gives it as it then is."""
    from hotline.drill import steps
    from hotline.store.alarm import drills
    from hotline.times import now

    calls: tuple[Call, ...] = ()
    until = time.monotonic() + wait.total_seconds()
    lasting, said = None, 0.0
    while True:
        if time.monotonic() - said > ALIVE_SECONDS:
            with database.write() as conn:
                drills.alive(conn, drill_id, now())
            said = time.monotonic()
        with database.read() as conn:
            found = drills.read(conn, drill_id)
        assert found is not None
        for call, what, at in steps(calls, found.calls):
            typer.echo(_line(found, call, what, at))
        calls = found.calls
        if _answered(found, rungs) and lasting is None:
            lasting = time.monotonic() + 4 * LOOK_SECONDS  # receipts that are just coming in
        if found.ended_at is not None or time.monotonic() > min(until, lasting or until):
            return found
        time.sleep(LOOK_SECONDS)


def _answered(drill: Drill, rungs: int) -> bool:
    from hotline.drill import measured

    if not rungs:
        return drill.acknowledged_at is not None
    return len(drill.rang) >= rungs and all(one.answered is not None for one in measured(drill))


def _line(drill: Drill, call: Call, what: str, at: datetime) -> str:
    seconds = (at - drill.started_at).total_seconds()
    reason = f" ({call.reason})" if what == "failed" and call.reason else ""
    who = f"{call.name}, {call.channel}" if call.channel else call.name
    line = _("{detik} detik  anak tangga {nomor}  {siapa}: {keadaan}")
    return "  " + line.format(detik=f"{seconds:8.1f}", nomor=call.rung, siapa=who, keadaan=_(_STEPS[what]) + reason)


def _verdict(drill: Drill, within: timedelta) -> bool:
    from hotline.drill import faults, measured

    for reason in drill.empty:
        typer.echo("  " + _("Anak tangga tanpa orang: {sebab}").format(sebab=reason))
    if drill.acknowledged_at is not None:
        seconds = (drill.acknowledged_at - drill.started_at).total_seconds()
        typer.echo(_("Dijawab {nama} setelah {n} detik.").format(nama=drill.acknowledged_by, n=f"{seconds:.1f}"))
    for one in measured(drill):
        typer.echo("  " + _rung_line(one))
    found = faults(drill, within)
    for fault in found:
        typer.echo("- " + _(FAULTS[fault.value]))
    typer.echo(_("Putusan: TIDAK LULUS") if found else _("Putusan: LULUS"))
    return not found


def _rung_line(one: Measured) -> str:
    moments = (one.rang, one.sent, one.delivered, one.answered)
    rang, sent, delivered, answered = ("-" if m is None else f"{m.total_seconds():.1f}" for m in moments)
    line = _("Anak tangga {nomor}: berbunyi {bunyi}, terkirim {kirim}, sampai {sampai}, dijawab {jawab} (detik sejak mulai)")
    return line.format(nomor=one.number, bunyi=rang, kirim=sent, sampai=delivered, jawab=answered)


def _report(database: Database, profile: Profile, month: tuple[int, int]) -> None:
    from hotline.case import Level
    from hotline.drill import faults
    from hotline.store.alarm import drills

    zone = ZoneInfo(profile.timezone)
    start = datetime(*month, 1, tzinfo=zone)
    end = (start + timedelta(days=32)).replace(day=1)
    with database.read() as conn:
        found = drills.between(conn, profile.slug, start, end)
    typer.echo(_("Latihan {wilayah}, {bulan}: {n}").format(wilayah=profile.name, bulan=f"{start:%Y-%m}", n=len(found)))
    within = timedelta(minutes=profile.sla(Level.DARURAT).acknowledge_minutes)
    for one in found:
        wrong = faults(one, within)
        said = _("lulus") if not wrong else "; ".join(_(FAULTS[fault.value]) for fault in wrong)
        typer.echo(f"{one.started_at.astimezone(zone):%Y-%m-%d %H.%M}  {said}")
        for call in one.calls:
            moments = (("queued", call.queued_at), ("sent", call.sent_at), ("delivered", call.delivered_at), ("answered", call.answered_at))
            for what, at in moments:
                if at is not None:
                    typer.echo(_line(one, call, what, at))
