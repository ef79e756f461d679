"""What went wrong, in one sentence for the person at the terminal, and the exit code."""

from __future__ import annotations

from bot.speech import speech

FAILED, ASKED_WRONGLY = 1, 2
_ = speech()
_Sentences = dict[type[Exception], tuple[str, int]]


def sentence(error: Exception) -> tuple[str, int]:
    """Text and exit code. The words of an error nobody foresaw are not shown: they may quote a person."""
    from hotline.regions import ProfileInvalid
    from hotline.settings import SettingInvalid

    if isinstance(error, SettingInvalid):
        return _("Pengaturan belum benar:") + "\n" + _indented(error.text(_)), ASKED_WRONGLY
    if isinstance(error, ProfileInvalid):
        return _("Profil wilayah belum benar:") + "\n" + _indented(error.text(_)), ASKED_WRONGLY
    known = _known(error)
    if known:
        return known
    from hotline.redaction import told

    where = told(error)
    place = (where["at"] or ["?"])[-1]  # type: ignore[index]
    return _("Ada kesalahan yang tidak diduga: {jenis} di {tempat}.").format(jenis=where["error"], tempat=place), FAILED


def _known(error: Exception) -> tuple[str, int] | None:
    sentences = {**_of_program(error), **_of_data(), **_of_people()}
    return next((told for kind, told in sentences.items() if isinstance(error, kind)), None)


def _of_program(error: Exception) -> _Sentences:
    from bot.web.door import DoorTaken, DoorUnusable
    from hotline.engine.dialog import DialogInvalid
    from hotline.engine.text import UnknownField
    from hotline.store.schema import MigrationsMissing

    return {
        DoorTaken: (_("Alamat itu sedang dipakai program lain. Hentikan program itu, atau pilih TEDUH_PORT yang lain."), FAILED),
        DoorUnusable: (
            _(
                "Di alamat itu komputer ini tidak dapat menerima sambungan. Isi TEDUH_HOST dengan alamat komputer ini, misalnya 127.0.0.1 "
                "(atau 0.0.0.0 untuk semuanya), dan TEDUH_PORT dengan bilangan mulai 1024: yang lebih kecil hanya untuk administrator."
            ),
            FAILED,
        ),
        MigrationsMissing: (_("Berkas migrasi tidak ditemukan di samping program: pemasangannya tidak lengkap."), FAILED),
        DialogInvalid: (_("Dialog belum benar: {sebab}").format(sebab=error), FAILED),
        UnknownField: (_("Dialog belum benar: {sebab}").format(sebab=error), FAILED),
        PermissionError: (_("Berkas atau folder tidak boleh dibaca atau ditulis. Periksa izin TEDUH_DATA_DIR."), FAILED),
    }


def _of_data() -> _Sentences:
    from bot.cli import SchemaOutdated
    from hotline.seal import SealError
    from hotline.store.database import DatabaseFileUnusable, DatabaseUnavailable, DatabaseUnwritable
    from hotline.store.schema import SchemaNewer

    return {
        SchemaOutdated: (_("Basis data belum mutakhir. Jalankan: teduh migrate"), FAILED),
        SchemaNewer: (_("Basis data ini milik versi program yang lebih baru.") + " " + _("Pasang versi program itu."), FAILED),
        DatabaseUnwritable: (
            _("Basis data tidak dapat ditulisi: cakramnya penuh, atau berkas dan foldernya tidak boleh ditulisi.")
            + " "
            + _("Kosongkan cakram, atau periksa izin folder pada TEDUH_DATABASE_URL atau TEDUH_DATA_DIR."),
            FAILED,
        ),
        DatabaseUnavailable: (
            _("Basis data tidak menjawab. Periksa TEDUH_DATABASE_URL (nama, sandi), dan apakah basis data berjalan dan sudah dibuat."),
            FAILED,
        ),
        DatabaseFileUnusable: (
            _("Berkas basis data tidak dapat dibuat, atau bukan basis data SQLite. Periksa TEDUH_DATABASE_URL dan TEDUH_DATA_DIR."),
            FAILED,
        ),
        SealError: (_("Data ini disegel dengan kunci lain. Periksa TEDUH_SECRET_KEY; kunci lama ditulis di belakang kunci baru."), FAILED),
    }


def _of_people() -> _Sentences:
    from hotline.office.accounts import DisplayNameInvalid, NameInvalid
    from hotline.store.alarm.drills import DrillRuns
    from hotline.store.operators import NameTaken, OperatorUnknown, RoleUnknown

    # As the panel says them, there in two sentences.
    name = (_("Nama masuk tidak bisa dipakai"), _("Pakai 2 sampai 63 huruf kecil, angka, titik, strip, atau garis bawah, tanpa spasi."))
    shown = (_("Nama untuk rekan belum benar"), _("Tulis nama yang dilihat rekan, paling panjang 120 huruf."))
    return {
        DrillRuns: (_("Di wilayah itu sedang ada latihan. Tunggu sampai selesai, atau akhiri di panel."), FAILED),
        NameInvalid: (". ".join(name), ASKED_WRONGLY),
        DisplayNameInvalid: (". ".join(shown), ASKED_WRONGLY),
        NameTaken: (_("Nama masuk itu sudah dipakai."), FAILED),
        OperatorUnknown: (_("Tidak ada petugas dengan nama masuk itu."), FAILED),
        RoleUnknown: (_("Peran itu tidak dikenal."), ASKED_WRONGLY),
    }


def _indented(text: str) -> str:
    return "\n".join("  " + line for line in text.splitlines())
