"""How people say where somebody works."""

from __future__ import annotations

from dialogs.sayings import said

_WORKS = ("", "ya ", "dia ", "dia seorang ", "orangnya ", "bapaknya ", "ya dia ", "seorang ", "kerja di ", "dia kerja di ")
AT_SCHOOL = said(
    "guru|gurunya|guruku|guru sekolah|guru olahraga|kepala sekolah|wali kelas|penjaga sekolah|satpam sekolah|sekolahan|di sekolah", *_WORKS
)
AT_VILLAGE = said(
    (
        "kepala desa|kades|lurah|camat|perangkat desa|pamong desa|kepala dusun"
        "|kadus|ketua rt|pak rt|ketua rw|kantor desa|balai desa|kelurahan"
        "|kecamatan|kantor kecamatan|desa"
    ),
    *_WORKS,
)
ARMED = said("polisi|tni|tentara|abri|polres|polsek|koramil|babinsa|brimob|anggota polisi|anggota tni|polri", *_WORKS)
AT_OFFICE = said("dinas sosial|dinas|dinsos|orang dinas|pegawai dinas|pekerja sosial|petugas dinas", *_WORKS)
