"""A region may say a text in its own words, in Indonesian; what it misnames stops the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs import book as build
from dialogs import dialogs
from dialogs.replaced import UnknownText, flaws
from hotline.regions import load_profile, located, profiles
from tests.dialogs.host import Host
from tests.dialogs.region import Region


def test_a_question_a_ready_text_and_a_sentence_are_replaced_in_the_source_language_only() -> None:
    texts = {"report.pelapor": "Kulo nuwun, siapa yang bercerita?", "layanan": "Halo dari {nama_netral}.", "miss_1": "Mohon pilih."}
    host = Host(build(Region(texts=texts)))
    host.write("halo")
    assert "Halo dari Layanan Warga Tirta." in host.write("Tidak")[-1].text
    assert host.write("Cerita tentang anak")[-1].text == "Kulo nuwun, siapa yang bercerita?"
    assert host.write("xyz")[-1].text.startswith("Mohon pilih.")
    host.write("BAHASA")
    assert host.write("English")[-1].text.endswith("Who is telling this?")


WRONG = [
    ("salam", "Halo", r'tidak ada teks bernama "salam"; pakai salah satu dari: \w+'),
    ("report.R33", "Halo", r'bernama "report.R33"; pakai salah satu dari: report\.R3'),
    ("layanan", "Halo dari {namanya}.", r'isian "\{namanya\}" tidak ada yang mengisi; pakai .*\{nama_netral\}'),
    ("tiket", "Kode: {open_case.code}", r'isian "\{open_case.pin\}" hilang; tulis "\{open_case.pin\}"'),
    ("report.R3", "Kenapa bisa terjadi?", r"tidak boleh dikatakan kepada warga: pertanyaan mengapa"),
    ("batas", "Ceritanya dijamin rahasia.", r"janji rahasia penuh"),
    ("aid.nama", "Berapa nomor KTP Anda?", r"nomor identitas"),
    ("closed", "Terima kasih sudah lapor.", r"dilihat orang lain dan menyebut: lapor"),
    ("closed", "Terima kasih dari {kantor_anak}.", r'isian "\{kantor_anak\}" tidak ada yang mengisi'),
    ("welcome.menu_lagi", "Ada laporan yang belum selesai, dari {nama_netral}.", r"dilihat orang lain dan menyebut: lapor"),
    ("welcome.menu_lagi", "Halo dari perlindungan anak.", r"dilihat orang lain dan menyebut: .*anak"),
    ("report.R3", "Bisakah? " * 30, r'teks "report.R3" terlalu panjang: 270 huruf; paling panjang 130'),
    ("layanan", "kata " * 30, r'kalimat "kata .*" sulit dibaca; pakai kalimat'),
]


@pytest.mark.parametrize(("name", "words", "said"), WRONG, ids=[f"{name}: {words[:20]}" for name, words, _ in WRONG])
def test_a_text_that_does_not_fit_stops_the_start_and_says_the_cure(name: str, words: str, said: str) -> None:
    with pytest.raises(UnknownText, match=said):
        build(Region(texts={name: words}))


def test_every_wrong_text_is_named_at_once_with_file_and_line(tmp_path: Path) -> None:
    profile = tmp_path / "tirta.toml"
    profile.write_text('[teks]\nnama_netral = "Layanan"\n\n[teks.ganti]\n"batas" = "Mengapa?"\n"salam" = "Halo"\n', encoding="utf-8")
    region = Region()
    wrong = tuple(flaws({"batas": "Mengapa?", "salam": "Halo"}, dialogs(region), region.facts))
    found = [problem.text() for problem in located("tirta", wrong, tmp_path)]
    assert [text.partition(":")[0] for text in found] == ["tirta.toml, baris 5", "tirta.toml, baris 6"]


def test_facts_of_the_region_may_be_named_in_any_text() -> None:
    host = Host(build(Region(texts={"layanan": "Halo dari {kantor_anak}. Jam: {jam}."})))
    host.write("halo")
    assert "Halo dari Dinas Tirta." in host.write("Tidak")[-1].text


@pytest.mark.parametrize("slug", profiles())
def test_every_region_of_the_product_has_its_book(slug: str) -> None:
    profile = load_profile(slug)
    book = build(profile)
    host = Host(book)
    assert profile.facts["nama_netral"] in host.write("halo")[0].text
    assert set(book.languages) == {"id", *profile.languages}
    assert {f"kecamatan={name}" for name in profile.districts} <= {
        f"kecamatan={code}" for code in book.programs["report"].questions["kecamatan"].codes
    }
    numbers = host.write("DARURAT")[0].text
    assert all(number.number in numbers for number in profile.numbers)


def test_facts_are_spoken_in_the_persons_language_where_their_words_are_known() -> None:
    facts = {**Region().facts, "jam": "pada hari dan jam kerja", "nomor_darurat": "110 (polisi)\n119 (ambulans)"}
    host = Host(build(Region(facts=facts)))
    host.write("LANGUAGE")
    host.write("English")
    told = host.write("help")[0].text
    assert "on working days during office hours" in told
    assert "110 (police)\n119 (ambulance)" in told
