"""The sentences the engine says by itself: not understood, an old button, a danger word. Neither "kamu" nor "Anda" in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hotline.i18n import N_

PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "numbers_1": N_("Bila ada bahaya sekarang, hubungi bila bisa:\n{nomor_darurat}\nPesan ini juga kami teruskan ke petugas."),
        "numbers_2": N_("Hubungi sekarang bila bisa:\n{nomor_darurat}\nIni juga sampai ke petugas."),
        "numbers_3": N_("Bila perlu pertolongan sekarang, telepon:\n{nomor_darurat}\nPesan ini kami teruskan ke petugas."),
        "heard_1": N_("Terima kasih sudah menulis itu. Bila ada bahaya sekarang, kirim DARURAT. Untuk bicara dengan petugas, kirim BANTU."),
        "heard_2": N_("Itu sudah kami teruskan, dan kami tetap di sini. Boleh berhenti dulu, boleh juga lanjut:"),
        "heard_3": N_("Baik, kami mengerti. Petugas bisa membacanya. Kirim DARURAT kapan saja, sekali lagi pun tidak apa-apa."),
        "kept": N_("Terima kasih, pesan ini sudah kami simpan untuk petugas."),
        "hello_1": N_("Halo, kami di sini."),
        "hello_2": N_("Ya, kami masih di sini. Cukup pilih satu jawaban."),
        "hello_3": N_("Kami tetap di sini. Boleh pilih satu jawaban, atau kirim BANTU untuk petugas."),
        "miss_1": N_("Terima kasih, sudah kami simpan. Untuk lanjut, mohon pilih salah satu jawaban di bawah ini."),
        "miss_2": N_("Maaf, kami belum paham jawaban itu. Cukup pilih satu: ketuk, atau tulis angkanya."),
        "miss_3": N_(
            "Tidak apa-apa bila sulit dijawab. Boleh pilih satu jawaban, kirim BANTU untuk petugas, atau MENU untuk pilihan lain."
        ),
        "asked_who": N_("Ini layanan otomatis {nama_netral}. Petugas membaca pesan di sini."),
        "asked_secret": N_(
            "Yang ditulis di sini kami jaga, hanya petugas yang menangani yang membaca. "
            "Bila ada bahaya, kami mungkin harus memberi tahu orang yang bisa melindungi."
        ),
        "asked_when": N_("Petugas membaca semua pesan. Jam petugas: {jam}. Bila ada bahaya sekarang: {nomor_singkat}."),
        "asked_home": N_("Baik, itu kami catat untuk petugas. Layanan ini tidak mengabari keluarga dengan sendirinya."),
        "asked_fault": N_("Ini bukan salah orang yang disakiti. Terima kasih sudah bercerita."),
        "thanks": N_("Terima kasih kembali. Boleh menulis lagi kapan saja."),
        "miss_secret_1": N_("Kode itu sembilan angka, PIN empat angka. Mohon coba lagi."),
        "miss_secret_2": N_("Kode dan PIN ada dalam satu pesan dari kami. Boleh dikirim sekaligus, kode dulu lalu PIN."),
        "miss_secret_3": N_("Tidak apa-apa bila tidak ketemu. Kirim BANTU untuk petugas, atau MENU untuk pilihan lain."),
        "miss_word": N_("Mohon satu kata biasa, empat huruf atau lebih, yang jarang ditulis. Atau pilih Lewati."),
        "stale_story": N_("Tombol itu dari percakapan sebelumnya. Kita lanjut dari sini."),
        "stale": N_("Tombol itu dari pertanyaan sebelumnya. Untuk mengubah jawaban, kirim KEMBALI. Sekarang pertanyaan ini:"),
        "stale_again": N_("Tombol yang lama tidak berlaku lagi. Yang berlaku ada di bawah ini, dan KEMBALI mengubah jawaban."),
        "already": N_("Jawaban itu sudah kami catat. Sekarang pertanyaan ini:"),
        "changed": N_("Pertanyaannya sedikit berubah. Pesan tadi sudah kami simpan. Sekarang:"),
        "welcome_back": N_("Selamat datang kembali. Jawaban sebelumnya masih tersimpan. Kita lanjut dari pertanyaan ini."),
        "at_start": N_("Ini pertanyaan yang pertama, belum ada jawaban yang bisa ditarik."),
        "cancelled": N_("Baik, kita berhenti di sini. Yang sudah ditulis tetap tersimpan. Kirim MENU kapan saja untuk mulai lagi."),
        "closed": N_("Terima kasih, jadwal layanan akan kami infokan."),
        "stopped": N_("Baik. Kami tidak akan menulis lebih dulu ke sini. Pesan ke sini tetap dibaca, kapan saja."),
        "picture": N_("Foto dan berkas tidak diperlukan di sini. Yang terkirim kami simpan aman. Kata-kata sudah cukup."),
        "voice": N_("Pesan suara kami simpan aman untuk petugas. Supaya lebih cepat terbaca, tulis juga intinya."),
        "picture_aid": N_("Foto kami simpan aman untuk petugas."),
        "file_aid": N_("Berkas kami simpan aman untuk petugas."),
        "voice_aid": N_("Pesan suara kami simpan aman. Petugas bisa mendengarnya."),
        "file_too_large": N_("Berkas tadi terlalu besar, jadi tidak tersimpan. Tidak apa-apa, kata-kata sudah cukup."),
        "file_kind": N_("Jenis berkas tadi tidak bisa kami simpan. Tidak apa-apa, kata-kata sudah cukup."),
        "file_infected": N_("Berkas tadi tidak bisa kami simpan, mungkin rusak. Tidak apa-apa, kata-kata sudah cukup."),
        "file_too_many": N_("Sudah banyak berkas hari ini, jadi yang terakhir tidak tersimpan. Kata-kata sudah cukup."),
        "edited": N_("Perubahan itu kami catat untuk petugas. Jawaban yang sudah dipilih tidak berubah; untuk mengubahnya kirim KEMBALI."),
        "which_place": N_("Ada lebih dari satu tempat bernama itu. Mohon pilih kecamatannya."),
        "more_places": N_("Lainnya ›"),
        "place_needs_name": N_("Dari lokasi saja kecamatannya belum kami tahu. Mohon pilih atau tulis namanya."),
        "place_near": N_("Dari lokasi itu, mungkin ini di kecamatan {kecamatan}. Benar? Bila bukan, pilih atau tulis yang lain."),
        "place_child": N_("Lokasi tidak diperlukan di sini. Yang terkirim kami simpan tertutup. Kata-kata sudah cukup."),
        "place": N_("Terima kasih, lokasinya sudah kami simpan untuk petugas."),
        "unreadable": N_("Maaf, yang itu belum bisa kami baca. Mohon tulis dengan kata-kata, atau pilih jawabannya."),
        "unreadable_again": N_("Itu juga belum bisa kami baca. Boleh ditulis singkat saja, atau kirim BANTU untuk petugas."),
        "fallback": N_(
            "Maaf, ada gangguan di pihak kami. Pesan ini tersimpan dan petugas akan membacanya. Bila ada bahaya sekarang: {nomor_singkat}."
        ),
        "unanswered": N_("Sampai saat ini petugas kami belum menjawab. Bila ada bahaya sekarang, telepon {nomor_singkat} bila bisa."),
        "person_here": N_("Petugas sekarang membaca dan menjawab di sini."),
        "person_reads": N_("Petugas sedang membaca di sini. Tulis saja. Bila ada bahaya sekarang: {nomor_singkat}."),
        "person_gone": N_("Petugas selesai di sini untuk sekarang. Kita lanjut dari pertanyaan ini:"),
        "person_left": N_("Petugas selesai di sini untuk sekarang. Boleh menulis lagi kapan saja."),
        "another_time": N_("Baik, lain waktu saja. Terima kasih."),
        "ok": N_("Sudah benar"),
        "ubah": N_("Ubah jawaban"),
        "which": N_("Jawaban mana yang ingin diubah?"),
        "back_to_summary": N_("Tidak ada, kembali"),
        "more": N_("Ada lagi? Bila sudah cukup, pilih yang terakhir."),
        "enough": N_("Cukup"),
        "danger_words": N_("Kata bahaya dalam pesan"),
        "danger_words_ya": N_("Ya, ada bahaya"),
        "danger_words_belum_dijawab": N_("Ditulis, belum ditanyakan"),
        "danger_words_tidak": N_("Tidak, sudah ditanyakan"),
        "danger_words_found": N_("Kata yang ditemukan"),
    }
)
