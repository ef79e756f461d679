"""A wrong profile stops with one sentence: the file, the line, what is wrong, the cure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hotline.regions import ProfileInvalid, lint, load_profile
from hotline.regions.load import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the profiles that a test may spoil."""
    shutil.copytree(FOLDER, tmp_path / "regions", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "regions"


def spoil(folder: Path, old: str, new: str, slug: str = "luwu-timur") -> int:
    """Replace the first `old` by `new`; gives the line where that happened."""
    path = folder / f"{slug}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


MISTAKES = [
    ("unknown key", 'nama = "Kabupaten Luwu', 'namma = "Kabupaten Luwu', 'kunci "namma" tidak dikenal; mungkin maksudnya "nama"'),
    ("key of nobody", 'cara = "manual"', 'cara = "manual"\nxyz = 1', '"xyz" tidak dikenal; hapus, atau pakai salah satu dari: nama, alias'),
    ("wrong type", "menit_hening = 30", 'menit_hening = "30"', '"menit_hening" salah jenis; tulis bilangan bulat tanpa tanda kutip'),
    ("wrong type of a flag", "ditetapkan = false", 'ditetapkan = "false"', '"ditetapkan" salah jenis; tulis true atau false'),
    ("a text instead of a list", 'bahasa = ["id", "en"]', 'bahasa = "id"', '"bahasa" salah jenis; tulis daftar dalam kurung siku'),
    ("level missing", "RENDAH = {", "RENDAHH = {", 'kunci "RENDAHH" tidak dikenal; mungkin maksudnya "RENDAH"'),
    ("unknown timezone", '"Asia/Makassar"', '"Asia/Makasar"', 'nilai "Asia/Makasar" untuk "zona_waktu" tidak dikenal; pakai'),
    ("code not Kemendagri's", 'kode = "73.24"', 'kode = "7324"', 'bentuk "7324" untuk "kode" salah; tulis seperti 33.24'),
    ("no areas for the code", 'kode = "73.24"', 'kode = "73.99"', "daftar kecamatan areas/73.99.csv tidak ada; perbaiki kode wilayah"),
    ("too small a number", "menit_hening = 30", "menit_hening = 0", 'nilai "0" untuk "menit_hening" tidak dapat diterima'),
    ("law that is not listed", 'aturan = "inpres_4_2025"', 'aturan = "inpres_5_2025"', '"inpres_5_2025" tidak ada di dasar_hukum; pakai'),
    ("stage leads nowhere", 'ke = ["DITANGANI", "RUJUKAN"]', 'ke = ["DITANGGANI", "RUJUKAN"]', '"DITANGGANI" tidak ada di tahap'),
    ("stage twice", 'kode = "TELAAH"', 'kode = "REGISTRASI"', '"REGISTRASI" sudah dipakai di tahap'),
    ("unknown registration", 'terdaftar_sejak = "REGISTRASI"', 'terdaftar_sejak = "REGISTRASII"', '"REGISTRASII" tidak ada di tahap'),
    ("unknown parent", 'induk = "seksual"', 'induk = "sexual"', '"sexual" tidak ada di jenis'),
    ("document for no stage", 'tahap = "KONTRAK_LAYANAN"', 'tahap = "KONTRAK"', '"KONTRAK" tidak ada di tahap'),
    ("unknown right", '"baca", "kerja", "tutup", "kirim_ulang"', '"bacaa"', 'nilai "bacaa" untuk "hak" tidak dikenal; pakai'),
    ("ladder to nobody", 'kepada = ["KEPALA_UNIT"]', 'kepada = ["KEPALA_UNITT"]', '"KEPALA_UNITT" tidak ada di peran'),
    ("ladder that begins late", "{ menit = 0,", "{ menit = 1,", "anak tangga pertama tidak memanggil petugas pada menit 0; mulai dengan"),
    ("reporter among officers", '["MANAJER"] }', '["MANAJER", "PELAPOR"] }', "PELAPOR tidak boleh satu anak tangga dengan petugas; beri"),
    ("rung for nobody", 'kepada = ["MANAJER"]', "kepada = []", '"kepada"'),
    ("never rings anew", "bunyi_lagi_menit = 10", "bunyi_lagi_menit = 0", 'nilai "0" untuk "bunyi_lagi_menit" tidak dapat diterima'),
    ("escalation to nobody", '120, peran = "SUPERVISOR"', '120, peran = "OPERATER"', '"OPERATER" tidak ada di peran'),
    ("ladder falls", "{ menit = 5,", "{ menit = 16,", "anak tangga 15 menit tidak sesudah yang sebelumnya"),
    ("verified by nobody", "diverifikasi_pada = 2026-11-22\n", "", "nomor 110 disebut terverifikasi tanpa tanggal atau sumber"),
    ("verified and not", 'status = "terverifikasi"', 'status = "belum_diverifikasi"', "nomor 110 belum diverifikasi, tetapi punya tanggal"),
    ("a person's number", 'nama = "Petugas piket"', 'nama = "Petugas piket 0812-3456-7890"', '"nama" tampak berisi nomor atau alamat'),
    ("a person's address", 'catatan = "Jangan', 'catatan = "piket@contoh.go.id. Jangan', '"catatan" tampak berisi nomor atau alamat'),
    ("hours turned round", 'tutup = "15:30"', 'tutup = "07:30"', "jam tutup tidak sesudah jam buka"),
    ("hour that is none", 'buka = "08:00"', 'buka = "8.00"', 'bentuk "8.00" untuk "buka" salah; tulis seperti "08:00"'),
    ("an alarm closed by one", '_tertinggi = "TINGGI"', '_tertinggi = "DARURAT"', '"DUPLIKAT" menutup kasus DARURAT yang belum'),
    ("source language not first", '["id", "en"]', '["en", "id"]', 'bahasa sumber harus yang pertama; tulis "id" di depan'),
    ("word with capitals", '"na pukul: na (', '"Na pukul: na (', "tidak dapat dibaca sebagai kata bahaya; tulis dengan huruf kecil"),
    ("word with an open bracket", "( ka| ki| i)?", "( ka| ki| i?", "tidak dapat dibaca sebagai kata bahaya"),
    ("emergency as a stage", 'kode = "PEMANTAUAN"', 'kode = "KEDARURATAN"', "penanganan kedaruratan harus berjalan di samping semua tahap"),
    ("quote not closed", 'nama = "DTSEN"', 'nama = "DTSEN', "tulisannya bukan TOML yang benar"),
    ("key twice", 'nama = "DTSEN"', 'nama = "DTSEN"\nnama = "DTKS"', "tulisannya bukan TOML yang benar"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_named_with_file_line_and_cure(folder: Path, old: str, new: str, sentence: str) -> None:
    line = spoil(folder, old, new)
    with pytest.raises(ProfileInvalid) as invalid:
        load_profile("luwu-timur", folder)
    found = [problem for problem in invalid.value.problems if sentence in problem.text()]
    assert found, str(invalid.value)
    assert abs(found[0].line - line) <= 1
    text = found[0].text()
    assert text.startswith(f"luwu-timur.toml, baris {found[0].line}: ")
    assert text.endswith(".") and "\n" not in text and "; " in text


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("RENDAH = {", "# RENDAH = {", '"RENDAH" belum diisi; tambahkan "RENDAH" di bagian ini'),
        ('judul = "Peraturan Menteri Sos', '# judul = "Peraturan Menteri Sos', '"judul" belum diisi; tambahkan "judul" di bagian ini'),
        ('nama_netral = "Layanan Info Luwu Timur"', "", '"nama_netral" belum diisi; tambahkan "nama_netral" di bagian ini'),
    ],
)
def test_what_is_missing_is_named_at_the_table_it_belongs_to(folder: Path, old: str, new: str, sentence: str) -> None:
    line = spoil(folder, old, new)
    with pytest.raises(ProfileInvalid, match="belum diisi") as invalid:
        load_profile("luwu-timur", folder)
    (problem,) = invalid.value.problems
    assert sentence in problem.text()
    table = (folder / "luwu-timur.toml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert table.startswith("[") and problem.line < line


@pytest.mark.requirement("KAU-01")
@pytest.mark.parametrize("slug", ["kendal", "luwu-timur"])
def test_a_profile_names_the_office_of_social_welfare_and_the_law_that_says_so(folder: Path, slug: str) -> None:
    assert load_profile(slug, folder).facts["kantor_bantuan"]
    spoil(folder, "[kantor.bantuan_sosial]", "[kantor.lain]", slug=slug)
    with pytest.raises(ProfileInvalid, match='"bantuan_sosial" belum diisi'):
        load_profile(slug, folder)


def test_an_approval_for_an_unknown_stage_or_role_is_named(folder: Path) -> None:
    line = spoil(folder, 'tahap = "DI_SLRT_KABUPATEN", oleh = "SUPERVISOR"', 'tahap = "DI_SLRT", oleh = "SUPERVISER"', slug="kendal")
    with pytest.raises(ProfileInvalid) as invalid:
        load_profile("kendal", folder)
    stage, role = invalid.value.problems
    assert stage.line == role.line == line
    assert '"DI_SLRT" tidak ada di tahap jalur layanan; pakai salah satu dari: KELUHAN_DITERIMA' in stage.text()
    assert '"SUPERVISER" tidak ada di peran' in role.text()


@pytest.mark.parametrize(
    ("needs", "missing"),
    [('["pemegang_kasus"]', "surat_tugas"), ('["surat_tugas"]', "pemegang_kasus"), ("[]", "pemegang_kasus, surat_tugas")],
)
@pytest.mark.parametrize("slug", ["kendal", "luwu-timur"])
def test_the_first_contact_with_a_child_waits_for_a_companion_and_their_letter(folder: Path, slug: str, needs: str, missing: str) -> None:
    line = spoil(folder, 'syarat = ["pemegang_kasus", "surat_tugas"]', f"syarat = {needs}", slug=slug)
    with pytest.raises(ProfileInvalid) as invalid:
        load_profile(slug, folder)
    [problem] = invalid.value.problems
    assert problem.line == line and f'tahap "KONTAK_AWAL" tidak mensyaratkan {missing}' in problem.text()


def test_no_stage_leads_past_the_first_contact(folder: Path) -> None:
    spoil(folder, '{ kode = "PENUGASAN", ', '{ kode = "PENUGASAN", ke = ["KONTAK_AWAL", "ASESMEN"], ')
    with pytest.raises(ProfileInvalid, match='tahap "PENUGASAN" melewati "KONTAK_AWAL"'):
        load_profile("luwu-timur", folder)


POINTS = "\n[titik_kecamatan]\nBoja = [-7.11, 110.27]\nKaliwungu = [-6.97, 110.25]\n"


def test_a_dinas_may_give_the_middle_of_its_kecamatan(folder: Path) -> None:
    path = folder / "kendal.toml"
    path.write_text(path.read_text(encoding="utf-8") + POINTS, encoding="utf-8")
    assert load_profile("kendal", folder).centres == {"Boja": (-7.11, 110.27), "Kaliwungu": (-6.97, 110.25)}
    assert load_profile("luwu-timur", folder).centres == {}


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("Boja = [110.27, -7.11]", "titik Boja tidak di Indonesia"),
        ("Boja = [-7.11]", "titik_kecamatan"),
        ('Boja = ["-7.11", "x"]', "titik_kecamatan"),
        ("Bojja = [-7.11, 110.27]", 'kecamatan "Bojja" tidak ada di daftar wilayah ini'),
        ("Boja = [-7.11, 101.27]", "titik Boja jauh dari kecamatan lain"),
        ("Boja = [nan, 110.27]", "titik Boja tidak di Indonesia"),
    ],
)
def test_a_point_that_cannot_be_right_is_named_with_its_line(folder: Path, point: str, sentence: str) -> None:
    path = folder / "kendal.toml"
    others = "Kaliwungu = [-6.97, 110.25]\nSukorejo = [-7.08, 110.05]\n"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[titik_kecamatan]\n{others}{point}\n", encoding="utf-8")
    with pytest.raises(ProfileInvalid) as invalid:
        load_profile("kendal", folder)
    whole = path.read_text(encoding="utf-8").splitlines()
    for problem in invalid.value.problems:
        assert sentence in problem.text() or "titik_kecamatan" in sentence, problem.text()
        assert whole[problem.line - 1].startswith(("Boj", "[titik_kecamatan]"))


def test_a_stage_that_nothing_leads_to_is_named(folder: Path) -> None:
    spoil(folder, 'ke = ["HASIL_DISAMPAIKAN", "RUJUKAN"]', 'ke = ["HASIL_DISAMPAIKAN"]')
    spoil(folder, 'ke = ["DITANGANI", "RUJUKAN"]', 'ke = ["DITANGANI"]')
    with pytest.raises(ProfileInvalid, match=r'tahap "RUJUKAN" tidak dapat dicapai; sebut "RUJUKAN" dalam "ke" sebuah tahap'):
        load_profile("luwu-timur", folder)


def test_a_track_needs_reasons_to_close_before_and_after_registration(folder: Path) -> None:
    path = folder / "luwu-timur.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("sebelum_registrasi = true", "sebelum_registrasi = false"), encoding="utf-8")
    with pytest.raises(ProfileInvalid, match="tidak ada alasan penutupan sebelum registrasi"):
        load_profile("luwu-timur", folder)


def test_all_mistakes_are_told_at_once_and_for_all_files(folder: Path) -> None:
    spoil(folder, "menit_hening = 30", 'menit_hening = "30"')
    spoil(folder, 'zona_waktu = "Asia/Makassar"', 'zona_waktu = "WITA"')
    spoil(folder, 'nama = "DTSEN"', 'nama = "DTSEN', slug="kendal")
    assert [(problem.file.name, bool(problem.line)) for problem in lint(folder)] == [
        ("kendal.toml", True),
        ("luwu-timur.toml", True),
        ("luwu-timur.toml", True),
    ]


def test_the_words_can_be_translated(folder: Path) -> None:
    spoil(folder, "menit_hening = 30", 'menit_hening = "30"')
    (problem,) = lint(folder)
    words = {
        '"{key}" salah jenis': '"{key}" has the wrong type',
        "tulis {type}": "write {type}",
        "{file}, baris {line}: {wrong}; {cure}.": "{file}, line {line}: {wrong}; {cure}.",
    }
    text = problem.text(lambda text: words.get(text, text))
    assert text.startswith(f"luwu-timur.toml, line {problem.line}: ")
    assert '"menit_hening" has the wrong type; write ' in text


@pytest.mark.parametrize("slug", ["blora", "../kendal", "", "Kendal"])
def test_a_region_without_a_profile_is_told_which_there_are(slug: str) -> None:
    with pytest.raises(ProfileInvalid, match="profil ini tidak ada; pakai salah satu dari: kendal, luwu-timur"):
        load_profile(slug)


def test_a_file_in_another_encoding_is_told_with_its_line(folder: Path) -> None:
    path = folder / "kendal.toml"
    lines = path.read_bytes().split(b"\n")
    lines[4] += " # caf\u00e9".encode("latin-1")
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(ProfileInvalid, match=r"kendal\.toml, baris 5: bukan teks UTF-8"):
        load_profile("kendal", folder)
    assert [problem.line for problem in lint(folder)] == [5]


def test_a_file_cut_off_in_the_middle_is_a_mistake_like_any_other(folder: Path) -> None:
    path = folder / "kendal.toml"
    text = path.read_text(encoding="utf-8")
    for cut in range(0, len(text), 997):
        path.write_text(text[:cut], encoding="utf-8")
        with pytest.raises(ProfileInvalid) as invalid:
            load_profile("kendal", folder)
        assert all(1 <= problem.line <= text[:cut].count("\n") + 1 for problem in invalid.value.problems)
