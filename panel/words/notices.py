"""Refusals on the pages of accounts, roster and officers' chats: what is wrong with the form, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.i18n import N_
from hotline.office import accounts, duty
from hotline.store import operators
from hotline.store.alarm import roster
from panel.words.refusals import Said


class MomentInvalid(Exception):
    """A day, an hour or a choice of the form cannot be read."""


ACCOUNT_NOTICES: Mapping[type[Exception], Said] = {
    accounts.NameInvalid: Said(
        400, N_("Nama masuk tidak bisa dipakai"), N_("Pakai 2 sampai 63 huruf kecil, angka, titik, strip, atau garis bawah, tanpa spasi.")
    ),
    accounts.DisplayNameInvalid: Said(
        400, N_("Nama untuk rekan belum benar"), N_("Tulis nama yang dilihat rekan, paling panjang 120 huruf.")
    ),
    accounts.OwnAccount: Said(
        409,
        N_("Ini akun Anda sendiri"),
        N_("Peran dan status akun sendiri diubah oleh rekan. Kata sandi sendiri diganti lewat menu Ganti kata sandi."),
    ),
    accounts.LastOfTheirKind: Said(
        409,
        N_("Ini orang terakhir dengan wewenang itu"),
        N_("Sesudahnya tidak ada lagi yang bisa mengurus akun atau memimpin. Beri dulu peran itu kepada orang lain."),
    ),
    operators.NameTaken: Said(409, N_("Nama masuk itu sudah dipakai"), N_("Pilih nama lain, misalnya dengan nama belakang.")),
    operators.RoleUnknown: Said(400, N_("Peran belum dipilih"), N_("Pilih salah satu peran dari daftar.")),
    operators.OperatorUnknown: Said(404, N_("Akun tidak ditemukan"), N_("Akun itu tidak ada, atau bukan bagian wilayah Anda.")),
}

ROSTER_NOTICES: Mapping[type[Exception], Said] = {
    MomentInvalid: Said(400, N_("Isian belum lengkap"), N_("Pilih petugas, lalu isi hari dan jam mulai serta selesai.")),
    roster.DutyInvalid: Said(
        400, N_("Jam selesai harus sesudah jam mulai"), N_("Periksa hari dan jamnya. Piket malam selesai esok harinya.")
    ),
    roster.DutyTwice: Said(
        409,
        N_("Petugas ini sudah bertugas pada jam itu"),
        N_("Dalam posisi yang sama jamnya bertumpuk. Hapus dulu yang lama, atau ubah jamnya."),
    ),
    roster.OfficerUnknown: Said(400, N_("Petugas belum dipilih"), N_("Pilih petugas yang akunnya aktif dari daftar.")),
    duty.DutyOver: Said(400, N_("Waktunya sudah lewat"), N_("Tugas yang sudah berakhir tidak bisa dicatat lagi.")),
    duty.DutyTooLong: Said(400, N_("Terlalu panjang"), N_("Satu tugas paling lama 14 hari. Catat dalam beberapa bagian.")),
    duty.WeeksInvalid: Said(400, N_("Pengulangan terlalu banyak"), N_("Ulangi paling banyak 26 minggu.")),
    duty.DutyGone: Said(
        404, N_("Tugas itu sudah tidak ada"), N_("Barangkali rekan Anda lebih cepat. Halaman ini menunjukkan keadaan terbaru.")
    ),
    duty.HolidayInvalid: Said(400, N_("Hari libur belum lengkap"), N_("Isi tanggal dan nama liburnya, paling jauh dua tahun lagi.")),
}


def notice_of(notices: Mapping[type[Exception], Said], error: Exception) -> Said:
    """The words for a refusal: those of its own kind, else of the kind it belongs to."""
    return next(notices[kind] for kind in type(error).__mro__ if kind in notices)
