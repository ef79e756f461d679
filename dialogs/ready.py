"""The sentences that carry the most weight, by name: a region may put its own words in their place (`teks.ganti` of its profile)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hotline.i18n import N_

DANGER = N_("Halo, ini layanan otomatis {nama_netral}. Apakah ada yang sedang dalam bahaya sekarang?")
WHAT_THIS_IS = N_("Pesan dijawab otomatis dan dibaca petugas. Jam petugas: {jam}.")
LIMITS_CHILD = N_(
    "Ceritamu kami jaga. Hanya petugas yang menangani yang membaca. Mungkin kami harus memberi tahu orang "
    "yang bisa melindungimu; kami akan bilang dulu "
    "ke kamu jika bisa."
)
LIMITS_ADULT = N_(
    "Cerita ini kami jaga. Hanya petugas yang menangani yang membaca. Jika ada bahaya atau undang-undang "
    "mewajibkan, kami harus memberi tahu pihak "
    "yang bisa melindungi."
)
NICKNAME_CHILD = N_("Tidak perlu nama asli. Kami panggil kamu siapa?")
NICKNAME_ADULT = N_("Tidak perlu menyebut nama asli. Boleh pakai nama panggilan.")
THANKS_CHILD = N_("Terima kasih sudah bercerita. Ini bukan salahmu. Kamu sudah melakukan hal yang benar.")
THANKS_SURVIVOR = N_("Terima kasih sudah bercerita. Itu bukan salah Anda. Tidak perlu membuktikan apa pun.")
THANKS_ADULT = N_("Terima kasih sudah peduli. Anda tidak perlu membuktikan apa pun. Petugas yang akan menilai.")
DO_NOT_INVESTIGATE = N_("Mohon jangan menanyai anak berulang kali dan jangan menemui orang yang menyakitinya.")
TEACHER = N_('Bila anak bercerita: dengarkan, jangan janji merahasiakan, jangan tanya "mengapa", catat kata-katanya.')
CAUGHT = N_("Kata-kata tadi membuat kami khawatir. Maaf bila kami salah mengerti. Apakah ada bahaya sekarang?")
CAUGHT_DYING = N_("Kata-kata tadi membuat kami khawatir. Apakah sekarang ada pikiran untuk mengakhiri hidup?")
TICKET = N_(
    "Kode: {open_case.code}\nPIN: {open_case.pin}\n\nSimpan di tempat aman, atau hafalkan lalu hapus pesan "
    "ini. Untuk melihat kabar, kirim CEK."
)
DONE = N_("Kode {look_up.code}: selesai. Terima kasih. Demi keamanan, rinciannya tidak kami kirim lewat pesan.")
AID_NEXT = N_("Petugas memeriksa data dan syaratnya, lalu memberi kabar. Bantuan diberikan sesuai syarat dan kemampuan keuangan daerah.")

READY: Mapping[str, str] = MappingProxyType(
    {
        "buka": DANGER,
        "layanan": WHAT_THIS_IS,
        "batas_anak": LIMITS_CHILD,
        "batas": LIMITS_ADULT,
        "anonim_anak": NICKNAME_CHILD,
        "anonim": NICKNAME_ADULT,
        "validasi_anak": THANKS_CHILD,
        "validasi_penyintas": THANKS_SURVIVOR,
        "validasi_dewasa": THANKS_ADULT,
        "jangan_selidiki": DO_NOT_INVESTIGATE,
        "guru": TEACHER,
        "salah_tangkap": CAUGHT,
        "salah_tangkap_mati": CAUGHT_DYING,
        "tiket": TICKET,
        "selesai_pelapor": DONE,
        "bantuan_lanjut": AID_NEXT,
    }
)
