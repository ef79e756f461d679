"""The database, the disk under it, and the people who may sign in."""

from __future__ import annotations

import contextlib
import os
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from sqlalchemy import make_url

from bot.check.report import Finding, Group
from hotline.i18n import N_
from hotline.seal import Seal
from hotline.settings import Settings
from hotline.store import figures, readiness
from hotline.store.database import Database, DatabaseUnavailable, DatabaseUnwritable
from hotline.store.schema import SchemaNewer, pending
from hotline.times import now

_HERE = Group.DATA
_SYNCS, _SLOW_MS = 20, 20.0
"""A turn costs one such wait: at 20 ms one process keeps about 50 commits a second."""


def examine(settings: Settings) -> list[Finding]:
    """Reachable, at the right schema, opened by the key, on a disk that is quick enough, with somebody to answer."""
    if not settings.database_there:
        return [Finding.bad(_HERE, N_("Basis data belum dibuat."), N_("Jalankan: teduh migrate")), *_disk(settings)]
    with contextlib.closing(Database(settings.database_url)) as database:
        try:
            if pending(database):
                return [Finding.bad(_HERE, N_("Basis data belum mutakhir."), N_("Jalankan: teduh migrate")), *_disk(settings)]
            return [*_engine(database), *_private(database), *_sealed(settings, database), *_people(settings, database), *_disk(settings)]
        except SchemaNewer:
            text = N_("Basis data ini milik versi program yang lebih baru.")
            return [Finding.bad(_HERE, text, N_("Pasang versi program itu.")), *_disk(settings)]
        except DatabaseUnwritable:
            text = N_("Basis data tidak dapat ditulisi: cakramnya penuh, atau berkas dan foldernya tidak boleh ditulisi.")
            cure = N_("Kosongkan cakram, atau periksa izin folder pada TEDUH_DATABASE_URL atau TEDUH_DATA_DIR.")
            return [Finding.bad(_HERE, text, cure), *_disk(settings)]
        except DatabaseUnavailable:
            return [Finding.bad(_HERE, N_("Basis data tidak menjawab."), N_("Periksa TEDUH_DATABASE_URL, dan apakah basis data berjalan."))]


def _engine(database: Database) -> Iterator[Finding]:
    if database.dialect == "postgresql":
        yield Finding.good(_HERE, N_("PostgreSQL menjawab dan mutakhir."))
        return
    text = N_("SQLite mutakhir: cukup untuk satu komputer, tetapi tidak untuk beberapa.")
    yield Finding.needed(_HERE, text, N_("Untuk beberapa proses atau komputer, isi TEDUH_DATABASE_URL dengan PostgreSQL."))


def _private(database: Database) -> Iterator[Finding]:
    """Whether other accounts of this computer can read SQLite's file: who wrote when, and how grave it was, is not sealed."""
    file = Path(make_url(database.url).database or "")
    if database.dialect == "sqlite" and file.is_file() and file.stat().st_mode & 0o077:
        text = N_("Berkas basis data dapat dibuka akun lain di komputer ini: {berkas}")
        yield Finding.bad(_HERE, text, N_("Jalankan: chmod 600 {berkas}*"), berkas=str(file))


def _sealed(settings: Settings, database: Database) -> Iterator[Finding]:
    if not settings.secret_keys:
        return
    with database.read() as conn:
        opens = readiness.key_opens(conn, Seal(settings.secret_keys))
    if opens is None:
        yield Finding.good(_HERE, N_("Belum ada percakapan."))
    elif opens:
        yield Finding.good(_HERE, N_("Kunci rahasia membuka data yang tersimpan."))
    else:
        cure = N_("Periksa TEDUH_SECRET_KEY; kunci lama ditulis di belakang kunci baru.")
        yield Finding.bad(_HERE, N_("Kunci rahasia tidak membuka data yang tersimpan."), cure)


def _people(settings: Settings, database: Database) -> Iterator[Finding]:
    with database.read() as conn:
        for slug in settings.regions:
            able, unused = readiness.operators(conn, slug)
            if not able:
                yield Finding.bad(
                    _HERE, N_("{wilayah}: belum ada petugas."), N_("Jalankan: teduh operator add NAMA --region {wilayah}"), wilayah=slug
                )
                continue
            yield Finding.good(_HERE, N_("{wilayah}: {jumlah} petugas dapat masuk."), wilayah=slug, jumlah=str(able))
            if unused:
                text = N_("{wilayah}: {jumlah} sandi sekali pakai belum diganti.")
                cure = N_("Minta orangnya masuk, atau nonaktifkan akunnya.")
                yield Finding.needed(_HERE, text, cure, wilayah=slug, jumlah=str(unused))
        waiting = figures.gauges(conn, now())["teduh_outbox_dead"]
    if waiting:
        text = N_("{jumlah} pesan tidak dapat dikirim.")
        yield Finding.needed(_HERE, text, N_("Lihat di panel, bagian pesan tak terkirim."), jumlah=str(int(waiting)))


def _disk(settings: Settings) -> Iterator[Finding]:
    """How long a write takes to be on the disk, in the data directory (or where it would be made)."""
    folder = next(f for f in (settings.data_dir, *settings.data_dir.parents) if f.is_dir())
    try:
        took = _median_sync_ms(folder)
    except OSError:
        text = N_("Folder data tidak dapat ditulisi: {folder}")
        yield Finding.bad(_HERE, text, N_("Periksa izin TEDUH_DATA_DIR."), folder=str(folder))
        return
    shown = f"{took:.1f}"
    if took <= _SLOW_MS:
        yield Finding.good(_HERE, N_("Satu tulisan sampai di cakram dalam {ms} ms."), ms=shown)
    else:
        cure = N_("Pindahkan data ke cakram yang lebih cepat (SSD lokal).")
        yield Finding.needed(_HERE, N_("Cakram lambat: satu tulisan perlu {ms} ms."), cure, ms=shown)


def _median_sync_ms(folder: Path) -> float:
    times = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(_SYNCS):
            began = perf_counter()
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())
            times.append((perf_counter() - began) * 1000)
    return statistics.median(times)
