"""Every refusal and failure the panel can meet, in words: what happened, and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError

from hotline import operate, passwords, sheets, staff, talk, workflow
from hotline.casework import acting, evidence, missteps, records
from hotline.i18n import N_
from hotline.store import attachments, cases, letters, queue
from hotline.store.database import DatabaseUnavailable
from panel import guard


@dataclass(frozen=True, slots=True)
class Said:
    """A status and the words for it; `cure` says what to do."""

    status: int
    title: str
    cure: str


FORBIDDEN = Said(
    403, N_("Tidak termasuk peran Anda"), N_("Peran Anda tidak mencakup halaman atau tindakan ini. Bila memang perlu, hubungi supervisor.")
)
FOREIGN = Said(
    403, N_("Permintaan ditolak"), N_("Permintaan ini tidak berasal dari halaman panel. Buka kembali panel dan ulangi dari sana.")
)
STALE = Said(403, N_("Halaman ini sudah lama"), N_("Tanda pengaman halaman tidak berlaku lagi. Kembali, muat ulang halaman, lalu ulangi."))
CLOSED_FILE = Said(
    403,
    N_("Lampiran ini tertutup"),
    N_("Dalam kasus anak, lampiran hanya dibuka satu orang yang berwenang, dari halaman kasus dan dengan alasan."),
)
MISSING = Said(404, N_("Tidak ditemukan"), N_("Halaman atau kasus ini tidak ada, atau bukan bagian wilayah Anda. Periksa kembali kodenya."))
SLOWED = Said(429, N_("Terlalu banyak percobaan"), N_("Kata sandi salah beberapa kali. Tunggu sebentar, lalu coba lagi."))
DOWN = Said(
    503,
    N_("Basis data tidak menjawab"),
    N_("Tindakan terakhir tidak tersimpan. Tunggu sebentar, lalu coba lagi; pesan pelapor tetap aman."),
)
BROKEN = Said(
    500, N_("Ada kesalahan di pihak kami"), N_("Tindakan ini tidak tersimpan. Coba lagi; bila berulang, beri tahu admin jam kejadiannya.")
)
UNREADABLE = Said(400, N_("Isian tidak terbaca"), N_("Muat ulang halaman dan isi kembali formulirnya."))
OTHERS_SAVED = Said(
    409,
    N_("Kasus ini berubah sejak halaman Anda dibuka"),
    N_("Tidak ada yang tertimpa dan tulisan Anda masih ada. Baca dulu yang baru, lalu simpan lagi bila masih sesuai."),
)

PAGES: Mapping[type[Exception], Said] = {
    staff.NotAllowed: FORBIDDEN,
    guard.NoPolicy: FORBIDDEN,
    guard.CrossSite: FOREIGN,
    guard.TokenWrong: STALE,
    cases.CaseNotFound: MISSING,
    letters.LetterNotFound: MISSING,
    attachments.FileNotFound: MISSING,
    evidence.FileClosed: CLOSED_FILE,
    queue.CursorInvalid: MISSING,
    DatabaseUnavailable: DOWN,
    RequestValidationError: UNREADABLE,
}
"""Failures that get a page of their own."""

NOTICES: Mapping[type[Exception], Said] = {
    acting.TextMissing: Said(
        400,
        N_("Isinya masih kosong atau terlalu singkat"),
        N_("Tulis dulu isinya atau alasannya. Alasan membuka alamat paling sedikit 10 huruf."),
    ),
    acting.TextTooLong: Said(400, N_("Tulisan terlalu panjang"), N_("Ringkas, atau bagi menjadi dua.")),
    acting.CaseIsClosed: Said(409, N_("Kasus sudah ditutup"), N_("Buka kembali kasusnya bila memang perlu ditindaklanjuti.")),
    talk.NobodyInTheChat: Said(
        409, N_("Tidak ada pelapor di obrolan"), N_("Kasus ini dicatat petugas: tidak ada obrolan yang bisa diambil alih.")
    ),
    talk.SessionOver: Said(
        409,
        N_("Percakapan pelapor sudah berakhir"),
        N_("Pelapor tidak menulis sejak sehari, atau meminta tidak dikirimi. Tulis lewat Balasan; ia membacanya dengan CEK."),
    ),
    talk.TellsOfSomethingElse: Said(
        409, N_("Pelapor sedang bercerita tentang hal lain"), N_("Cari kasus terbarunya di antrean, atau tulis lewat Balasan.")
    ),
    talk.NotSafeToWrite: Said(
        409,
        N_("HP pelapor tidak boleh dikirimi sekarang"),
        N_("Ia sudah diam sebentar. Tulis lewat Balasan; ia membacanya saat aman, dengan CEK."),
    ),
    talk.TalkTaken: Said(409, N_("Rekan Anda sedang menjawab di obrolan ini"), N_("Baca bersama di halaman ini, atau hubungi rekan itu.")),
    talk.NotHeld: Said(
        409,
        N_("Obrolan ini tidak lagi di tangan Anda"),
        N_("Tidak ada yang terkirim. Percakapan sudah kembali ke layanan otomatis, atau pelapor keluar. Ambil alih lagi bila perlu."),
    ),
    talk.NotAgreedYet: Said(
        409, N_("Pelapor belum menjawab sapaan"), N_("Tidak ada yang terkirim. Tunggu sampai ia mengatakan sekarang waktu yang baik.")
    ),
    acting.NothingToDo: Said(
        409, N_("Sudah demikian adanya"), N_("Barangkali rekan Anda lebih cepat. Halaman ini menunjukkan keadaan terbaru.")
    ),
    evidence.FileHeld: Said(
        409,
        N_("Lampiran ini sudah dibuka orang lain"),
        N_("Yang membukanya bertanggung jawab atasnya. Hanya manajer yang boleh mengambil alih."),
    ),
    missteps.TooLateToTakeBack: Said(
        409,
        N_("Langkah itu tidak bisa dibatalkan lagi"),
        N_("Hanya yang memindahkan, paling lama 15 menit sesudahnya, dan sebelum ada perpindahan lain."),
    ),
    operate.CaseTaken: Said(
        409, N_("Kasus sudah dipegang orang lain"), N_("Minta pemegangnya melepas, atau minta supervisor mengalihkan.")
    ),
    workflow.CaseClosed: Said(409, N_("Kasus sudah ditutup"), N_("Buka kembali kasusnya bila memang perlu ditindaklanjuti.")),
    workflow.RoleMayNotMove: FORBIDDEN,
    workflow.ApprovalNeeded: Said(
        409,
        N_("Perlu persetujuan peran lain"),
        N_("Menurut profil wilayah, tahap itu dibuka oleh peran yang disebut di daftar tahap. Minta ia yang memindahkan."),
    ),
    workflow.LetterMissing: Said(
        409,
        N_("Surat tugas belum dicatat"),
        N_("Sebelum kontak awal, catat surat tugas pendamping di “Tugaskan pendamping”. Tindakan darurat tidak menunggunya."),
    ),
    workflow.CompanionOwed: Said(
        409,
        N_("Kasus ini harus selalu punya pendamping"),
        N_("Pendamping sudah bekerja dengan anak. Tugaskan penggantinya di “Tugaskan pendamping”; yang lama lepas dengan sendirinya."),
    ),
    workflow.PlanMissing: Said(
        409, N_("Rencana layanan belum ada"), N_("Isi dulu lembar kerja Pembahasan kasus. Tindakan darurat tidak menunggu rencana.")
    ),
    workflow.MediationBarred: Said(
        409,
        N_("Mediasi tidak untuk kekerasan seksual"),
        N_(
            "Perkaranya tidak diselesaikan di luar peradilan (UU 12/2022 Pasal 23). Bila pelakunya anak, Manajer mencatatnya dengan alasan."
        ),
    ),
    workflow.ServiceNotAllowed: Said(400, N_("Layanan belum dipilih"), N_("Pilih salah satu layanan dari daftar.")),
    records.FactUnknown: Said(400, N_("Pilihan itu tidak dikenal"), N_("Pilih jenis dan kecamatan dari daftar.")),
    records.CompanionUnknown: Said(400, N_("Pendamping belum dipilih"), N_("Pilih rekan dari daftar.")),
    records.LetterMissing: Said(
        400, N_("Berkas surat tugas belum ada"), N_("Lampirkan suratnya (PDF, Word, atau foto), atau tandai sebagai draf yang menyusul.")
    ),
    records.LetterUnreadable: Said(
        400, N_("Berkas surat tugas tidak dapat disimpan"), N_("Yang diterima: PDF, Word tanpa makro, atau foto, paling besar 5 MB.")
    ),
    records.MomentInvalid: Said(
        400, N_("Tanggal belum benar"), N_("Isi tanggal dan jam yang sudah lewat. Untuk surat tugas, tanggal suratnya.")
    ),
    sheets.SheetIncomplete: Said(400, N_("Lembar belum lengkap"), N_("Isi yang masih kosong; yang sudah ditulis tetap ada.")),
    sheets.StageFirst: Said(
        409, N_("Lembar ini menunggu tahapnya"), N_("Pindahkan dulu kasusnya ke tahap itu; bila perlu, mintakan persetujuan.")
    ),
    sheets.SheetFilledMeanwhile: Said(
        409,
        N_("Lembar ini sudah diisi rekan Anda sejak halaman ini dibuka"),
        N_("Tulisan Anda masih ada dan belum tersimpan. Baca dulu isi lembar terbaru, sesuaikan, lalu simpan lagi."),
    ),
    sheets.AnswerTooLong: Said(400, N_("Tulisan terlalu panjang"), N_("Ringkas, atau bagi menjadi dua.")),
    workflow.NobodyHolds: Said(
        409, N_("Belum ada yang memegang kasus"), N_("Tahap itu menuntut seorang pemegang kasus. Ambil dulu kasusnya.")
    ),
    workflow.MoveNotAllowed: Said(
        409, N_("Tahap ini belum bisa dituju"), N_("Alur kerja wilayah tidak mengizinkan perpindahan itu dari tahap sekarang.")
    ),
    workflow.RoleMayNotClose: FORBIDDEN,
    workflow.TooGrave: Said(
        409,
        N_("Tingkatnya masih terlalu tinggi"),
        N_("Dengan alasan itu, kasus setinggi ini tidak ditutup. Turunkan tingkatnya bersama orang kedua, atau pilih alasan lain."),
    ),
    workflow.ResultOwed: Said(
        409, N_("Pelapor belum diberi jawaban"), N_("Balas dulu, atau tulis di keterangan mengapa hasil tidak disampaikan.")
    ),
    workflow.GraveNeedsNote: Said(
        400,
        N_("Keterangan belum ditulis"),
        N_("Kasus DARURAT atau TINGGI hanya ditutup dengan keterangan: apa yang dipastikan, oleh siapa."),
    ),
    workflow.NoteMissing: Said(400, N_("Keterangan belum ditulis"), N_("Alasan itu perlu keterangan.")),
    workflow.EmergencyOpen: Said(
        409,
        N_("Keadaan darurat belum ditangani"),
        N_("Catat dulu tindakannya di “Catat tindakan darurat”, baru tutup kasusnya. Alarm palsu: turunkan bersama orang kedua."),
    ),
    workflow.ClosingNotAllowed: Said(400, N_("Alasan belum dipilih"), N_("Pilih salah satu alasan dari daftar.")),
    workflow.SecondPersonNeeded: Said(
        409, N_("Perlu orang kedua"), N_("Yang mengusulkan tidak boleh menyetujui sendiri. Minta supervisor atau manajer lain.")
    ),
    workflow.LoweringNotAllowed: Said(
        409, N_("Tingkat tidak bisa diturunkan ke situ"), N_("Pilih tingkat yang lebih rendah dari sekarang, dengan alasan.")
    ),
}
"""Refusals of an act, told on the case's own page, where the operator's text is kept."""

PASSWORDS: Mapping[type[Exception], str] = {
    passwords.PasswordTooShort: N_("Kata sandi sekurang-kurangnya 12 karakter. Beberapa kata biasa lebih baik daripada satu kata rumit."),
    passwords.PasswordTooPlain: N_("Kata sandi ini mudah ditebak: terlalu sedikit huruf berbeda, atau memuat nama masuk Anda."),
    passwords.PasswordUnchanged: N_("Kata sandi baru harus berbeda dari yang lama."),
}


def notice(error: Exception) -> Said:
    """The words for a refused act: those of its own kind, else of the kind it belongs to."""
    return next(NOTICES[kind] for kind in type(error).__mro__ if kind in NOTICES)
