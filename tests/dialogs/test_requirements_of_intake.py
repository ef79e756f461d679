"""What the five regulations ask of the intake, each shown in a conversation or in the dialogs as a region has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs import book as build
from hotline.case import Track
from hotline.engine.book import Book
from hotline.engine.effects import Send
from hotline.engine.nodes import Ask, Stay
from hotline.messages import numbers
from tests.dialogs.host import Host
from tests.dialogs.region import Region
from tests.dialogs.test_many import TO_CRITERIA, go

FIVE = {"R1", "R3", "R4", "R5", "R8"}
EVERYONE = {"hp", "boleh_kirim", "jenis", "pelapor", "R14", "kecamatan", "cerita"}


@pytest.fixture
def host(book: Book) -> Host:
    return Host(book)


def codes(book: Book, dialog: str, key: str) -> set[str]:
    return {c for op in book.programs[dialog].ops if op.question is not None and op.key == key for c in op.question.codes}


def labels(host: Host) -> list[str]:
    return [option.label for option in host.last.options]


def reads(host: Host) -> str:
    return "\n".join(e.message.text for e in host.all if isinstance(e, Send))


def to_the_ticket(host: Host) -> list[str]:
    """Deny or skip whatever is asked until the code; gives the questions in their order."""
    easy = ("Tidak", "Tidak ada yang sesuai", "Tidak ada", "Lewati", "Belum ada", "Sudah benar")
    for _ in range(40):
        if "PIN:" in reads(host):
            break
        shown = labels(host)
        host.tap(next((label for label in easy if label in shown), shown[0]))
    return list(host.told)


@pytest.mark.requirement("BLO-01", "LUT-02")
def test_an_unborn_child_is_a_child_so_is_everybody_under_eighteen_and_nobody_else(book: Book) -> None:
    assert codes(book, "report", "R4") == {"0-5", "6-12", "13-17", "kandungan", "dewasa", "tidak_tahu"}
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", "Tetangga / warga", "Tidak tahu", "Kekerasan fisik", "21 tahun", "Tidak")
    assert host.book.track(host.session) is Track.LAYANAN, "18 and more leaves the child track"


@pytest.mark.requirement("BLO-18", "BLO-27")
def test_information_makes_no_case(host: Host) -> None:
    go(host, "halo", "Tidak", "Informasi", "Siapa boleh bercerita", "Program yang ada", "Kembali ke menu")
    assert host.book.track(host.session) is None and not host.finished


@pytest.mark.requirement("BLO-20")
def test_a_complaint_by_chat_is_a_case_of_the_child_track(host: Host) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak", "Tetangga / warga")
    assert host.book.track(host.session) is Track.ANAK
    to_the_ticket(host)
    assert "482 177 359" in reads(host)


@pytest.mark.requirement("KAU-26")
def test_no_answer_keeps_anybody_out(book: Book) -> None:
    for want in ("Bantuan sosial", "Cerita tentang anak"):
        first, last = Host(book), Host(book)
        for host, place in ((first, 0), (last, -1)):
            go(host, "halo", "Tidak", want)
            for _ in range(60):
                if "PIN:" in reads(host) or not host.last.options:
                    break
                host.tap_token(host.last.options[place if len(host.last.options) > 1 else 0].token)
                if labels(host)[:1] == ["Sudah benar"]:
                    host.tap("Sudah benar")
            assert "PIN:" in reads(host)


@pytest.mark.requirement("KAU-08")
def test_the_aid_menu_has_the_six_areas(host: Host) -> None:
    go(host, *TO_CRITERIA[:-1])
    assert labels(host) == [
        "Pendidikan",
        "Kesehatan",
        "Kependudukan (KTP, KK)",
        "Sosial",
        "Ekonomi dan usaha",
        "Kebutuhan dasar lain",
    ]


@pytest.mark.requirement("ASA-04", "KEN-12", "KAU-04")
def test_aid_is_for_a_person_a_family_a_group_or_a_community(book: Book) -> None:
    assert codes(book, "aid", "untuk") == {"sendiri", "keluarga", "orang_lain", "kelompok", "masyarakat", "tidak_tahu"}


@pytest.mark.requirement("ASA-16")
@pytest.mark.parametrize("who", ["Saya sendiri", "Orang lain"])
def test_eleven_kinds_of_persons_under_labels_nobody_need_be_ashamed_of(host: Host, who: str) -> None:
    go(host, *TO_CRITERIA[:3], who, *TO_CRITERIA[4:], "Disabilitas", "Cukup")
    assert host.session.open_key == "ppks" and len(labels(host)) == 12
    shamed = ("susila", "gelandangan", "pengemis", "mantan", "penyimpangan", "miskin", "terlantar")
    assert [label for label in labels(host) for word in shamed if word in label.casefold()] == []


@pytest.mark.requirement("ASA-17")
def test_five_kinds_of_families(host: Host) -> None:
    go(host, *TO_CRITERIA, "1, 3")
    assert host.session.open_key == "ppks" and len(labels(host)) == 6


@pytest.mark.requirement("ASA-39")
def test_aid_is_never_promised(host: Host) -> None:
    go(host, "halo", "Tidak", "Bantuan sosial", "Keluarga saya")
    to_the_ticket(host)
    assert "sesuai syarat dan kemampuan keuangan daerah" in reads(host)
    assert not any(word in reads(host).casefold() for word in ("rupiah", "pasti dapat", "akan menerima"))


@pytest.mark.requirement("KAU-28")
def test_papers_and_a_photo_of_the_house_are_asked_for_in_the_aid_track_only(book: Book) -> None:
    assert codes(book, "aid", "dokumen") == {"ktp", "kk", "surat_desa", "foto_rumah", "belum", "lewati"}
    for program in book.programs.values():
        texts = [op.question.source for op in program.ops if op.question is not None]
        labels_ = [c.label for op in program.ops if op.question is not None for c in op.question.choices.values()]
        asks = [t for t in (*texts, *labels_) if any(word in t.casefold() for word in ("ktp", "dokumen", "foto rumah", "koordinat"))]
        assert program.dialog.name == "aid" or asks == [], program.dialog.name


@pytest.mark.requirement("KAU-35")
def test_a_request_in_words_counts_as_one_without_any_paper(host: Host) -> None:
    go(host, "halo", "Tidak", "Bantuan sosial", "Keluarga saya")
    assert "dokumen" in to_the_ticket(host)
    assert host.told["dokumen"] == "belum" and "Tanpa dokumen pun permintaan tetap kami terima" in reads(host)


@pytest.mark.requirement("KEN-25", "KEN-24")
def test_the_next_steps_and_a_number_are_told_at_registration(host: Host) -> None:
    go(host, "halo", "Tidak", "Bantuan sosial", "Keluarga saya")
    to_the_ticket(host)
    assert "Petugas memeriksa data dan syaratnya, lalu memberi kabar" in reads(host)
    assert "Kode: 482 177 359" in reads(host)


@pytest.mark.requirement("KEN-02")
@pytest.mark.parametrize(("said", "code"), [("Butuh bantuan", "kebutuhan_program"), ("Keluhan layanan", "layanan")])
def test_a_need_and_a_complaint_are_told_apart(host: Host, said: str, code: str) -> None:
    go(host, *TO_CRITERIA[:5], said)
    to_the_ticket(host)
    assert host.told["jenis"] == code and "PIN:" in reads(host)


@pytest.mark.requirement("KAU-20", "KEN-37")
def test_who_wants_the_register_put_right_says_so_and_in_which_desa() -> None:
    wide = Host(build(replace(Region(), villages={"Tirta Barat": ("Karangsari", "Mulyo")})))
    go(wide, *TO_CRITERIA[:5], "Perbaikan data")
    to_the_ticket(wide)
    assert (wide.told["jenis"], wide.told["kecamatan"], wide.told["desa"]) == ("pemutakhiran_data", "Tirta Barat", "Karangsari")


PROFILE = {"untuk", "bidang", "kriteria", "ppks", "anggota", "kecamatan", "nama"}


@pytest.mark.requirement("KEN-29")
@pytest.mark.parametrize("registered", ["Ya", "Tidak", "Tidak tahu"])
def test_who_stands_in_no_register_gives_the_basic_profile_and_goes_on_like_everybody(host: Host, registered: str) -> None:
    go(host, *TO_CRITERIA, "Penghasilan tidak cukup", "Cukup")
    for _ in range(5):
        if host.session.open_key == "dtsen":
            break
        host.tap(labels(host)[0])
    host.tap(registered)
    asked = set(to_the_ticket(host))
    assert asked >= PROFILE and "PIN:" in reads(host)
    assert not any(word in reads(host).casefold() for word in ("tidak dapat", "ditolak", "tidak memenuhi"))


@pytest.mark.requirement("KEN-26")
def test_programmes_of_all_four_sources_are_told(host: Host) -> None:
    go(host, "halo", "Tidak", "Informasi", "Program yang ada")
    assert all(source in host.last.text for source in ("pusat", "provinsi", "kabupaten", "lembaga masyarakat"))


def test_chat_is_a_way_in_beside_the_office(book: Book) -> None:
    assert {"report", "aid", "status", "information"} <= set(book.programs)


@pytest.mark.requirement("LUT-20")
def test_victim_family_public_and_institutions_may_tell_it(book: Book) -> None:
    assert codes(book, "report", "pelapor") == {"anak", "keluarga", "warga", "guru", "instansi", "penyintas", "dewasa"}


@pytest.mark.requirement("LUT-21")
@pytest.mark.parametrize("letter", ["Sudah ada", "Menyusul", "Belum tahu"])
def test_an_institutions_letter_is_asked_for_and_delays_nothing(host: Host, letter: str) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak", "Instansi / lembaga", "Tidak tahu")
    for _ in range(20):
        if host.session.open_key == "surat":
            break
        host.tap(next((x for x in ("Tidak ada yang sesuai", "Tidak", "Lewati") if x in labels(host)), labels(host)[0]))
    assert "surat permohonan dan informasi kasus" in host.last.text and "Kepala Dinas Tirta" in host.last.text
    assert "tanpa menunggu surat" in host.last.text
    host.tap(letter)
    to_the_ticket(host)
    assert "PIN:" in reads(host)


@pytest.mark.requirement("LUT-49")
@pytest.mark.parametrize("who", ["Orang tua / keluarga", "Guru / sekolah", "Instansi / lembaga"])
def test_a_child_sent_away_from_school_can_be_told_of(book: Book, who: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", who, "Tidak tahu")
    for _ in range(20):
        if host.session.open_key == "tanda":
            break
        host.tap(next((x for x in ("Tidak", "Lewati") if x in labels(host)), labels(host)[0]))
    go(host, "Terancam putus sekolah", "Cukup", "Ya, sudah")
    assert host.told["dikeluarkan_sekolah"] == "ya"


@pytest.mark.requirement("LUT-05", "LUT-03")
def test_violence_and_child_labour_have_codes_of_their_own(book: Book) -> None:
    assert {"fisik", "psikis", "seksual", "pekerja_anak"} <= codes(book, "report", "jenis")


@pytest.mark.parametrize("who", ["Orang tua / keluarga", "Tetangga / warga", "Guru / sekolah", "Instansi / lembaga"])
def test_a_grown_up_is_asked_the_five_of_everybody_and_few_things_more(book: Book, who: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", who, "Hanya saya yang pegang", "Boleh", "Kekerasan fisik", "6-12 tahun")
    go(host, "Ya, mereka serumah")
    asked = to_the_ticket(host)
    assert set(asked) >= FIVE | EVERYONE
    settled = {"R7", "R9", "R11", "R12", "R6", "disabilitas", "dikeluarkan_sekolah"}
    assert len([key for key in asked if key not in settled]) <= 18, asked


def test_a_neighbour_and_an_institution_are_not_asked_about_thoughts_of_dying(book: Book) -> None:
    for who in ("Tetangga / warga", "Instansi / lembaga"):
        host = Host(book)
        go(host, "halo", "Tidak", "Cerita tentang anak", who)
        assert "R6" not in to_the_ticket(host)


def test_every_dialog_ends_and_every_choice_is_understood_by_its_number(book: Book) -> None:
    for program in book.programs.values():
        for op in program.ops:
            if op.run in (Ask, Stay) and op.question is not None and not op.question.many:
                shown = numbers(op.question.options(1, "id"))
                for number, code in zip(shown, op.question.codes, strict=True):
                    assert number is None or op.question.match.exact(str(number)) == code
