"""A region may say a text in its own words, in Indonesian; what it misnames stops the start."""

from __future__ import annotations

import pytest

from dialogs import book as build
from dialogs.replaced import UnknownText
from hotline.regions import load_profile, profiles
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


def test_an_unknown_name_stops_the_start_and_lists_the_known_ones() -> None:
    with pytest.raises(UnknownText, match=r"“salam”.*report\.R3"):
        build(Region(texts={"salam": "Halo"}))


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
