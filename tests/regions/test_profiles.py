"""The profiles that are shipped: what Kendal and Luwu Timur say, and what no profile may say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

import dialogs
from hotline.case import Level, Track
from hotline.regions import Profile, lint, load_profile, profiles, show
from hotline.triage import danger_words, explain
from hotline.triage.phrases import phrases

KENDAL, LUWU_TIMUR = load_profile("kendal"), load_profile("luwu-timur")
BOTH = pytest.mark.parametrize("profile", [load_profile(slug) for slug in profiles()], ids=lambda p: p.slug)


def test_both_are_there_and_nothing_is_wrong_with_them() -> None:
    assert profiles() == ("kendal", "luwu-timur")
    assert lint() == []


def test_kendal() -> None:
    assert (KENDAL.code, KENDAL.name, KENDAL.timezone) == ("33.24", "Kabupaten Kendal", "Asia/Jakarta")
    assert (len(KENDAL.districts), sum(map(len, KENDAL.villages.values()))) == (20, 286)
    assert "Kaliwungu Selatan" in KENDAL.districts
    assert "Blumah" in KENDAL.villages["Plantungan"]
    assert KENDAL.track(Track.LAYANAN).origin == "perbup"
    assert KENDAL.track(Track.ANAK).origin == "bawaan_nasional"


def test_luwu_timur() -> None:
    assert (LUWU_TIMUR.code, LUWU_TIMUR.name, LUWU_TIMUR.timezone) == ("73.24", "Kabupaten Luwu Timur", "Asia/Makassar")
    assert (len(LUWU_TIMUR.districts), sum(map(len, LUWU_TIMUR.villages.values()))) == (11, 128)
    assert LUWU_TIMUR.track(Track.ANAK).origin == "perbup"
    assert LUWU_TIMUR.track(Track.LAYANAN).origin == "bawaan_nasional"


@pytest.mark.requirement("LUT-01")
def test_in_luwu_timur_children_go_to_their_own_office_and_not_to_the_social_office() -> None:
    assert LUWU_TIMUR.facts["kantor_anak"].startswith("Dinas Pemberdayaan Perempuan dan Perlindungan Anak")
    assert LUWU_TIMUR.facts["kantor_bantuan"] != LUWU_TIMUR.facts["kantor_anak"]


@pytest.mark.requirement("KEN-01")
def test_in_kendal_aid_goes_to_the_social_office() -> None:
    assert KENDAL.facts["kantor_bantuan"] == "Dinas Sosial Kabupaten Kendal"
    assert KENDAL.facts["kantor_anak"] != KENDAL.facts["kantor_bantuan"]


@pytest.mark.requirement("LUT-10")
def test_luwu_timur_has_the_six_kinds_of_its_regulation() -> None:
    top = {kind.code: kind.basis[0].article for kind in LUWU_TIMUR.kinds(Track.ANAK) if kind.parent is None}
    assert top == {
        "fisik": "4 ayat (1) huruf a",
        "psikis": "4 ayat (1) huruf b",
        "seksual": "4 ayat (1) huruf c",
        "eksploitasi": "4 ayat (1) huruf d",
        "pekerja_anak": "4 ayat (1) huruf e",
        "lain": "4 ayat (1) huruf f",
    }


@pytest.mark.requirement("LUT-04")
def test_sexual_exploitation_keeps_its_own_code_under_sexual_violence() -> None:
    assert {k.code: k.parent for k in LUWU_TIMUR.kinds(Track.ANAK)}["eksploitasi_seksual"] == "seksual"


@pytest.mark.requirement("ASA-08")
@BOTH
def test_every_kecamatan_has_its_desa_and_kelurahan_and_none_stands_twice_in_it(profile: Profile) -> None:
    assert set(profile.districts) == set(profile.villages) and all(profile.villages.values())
    assert all(len(set(names)) == len(names) for names in profile.villages.values())


@pytest.mark.requirement("KAU-20", "KEN-37")
def test_putting_the_register_right_is_a_kind_of_request_of_its_own() -> None:
    kinds = {profile.slug: {kind.code: kind for kind in profile.kinds(Track.LAYANAN)} for profile in (KENDAL, LUWU_TIMUR)}
    assert all(of["pemutakhiran_data"].name == "Pemutakhiran data" for of in kinds.values())
    assert kinds["kendal"]["pemutakhiran_data"].basis[0].article == "13 huruf b"


@pytest.mark.requirement("KEN-58")
def test_kendal_names_its_regulation_and_the_one_it_revoked() -> None:
    law = KENDAL.file.laws[0]
    assert ("36 Tahun 2023" in law.title, law.status) == (True, "berlaku")
    assert law.revokes == ("Peraturan Bupati Kendal Nomor 12 Tahun 2019",)


@BOTH
@pytest.mark.parametrize("track", Track)
def test_every_stage_names_a_law_of_the_profile(profile: Profile, track: Track) -> None:
    """I13."""
    laws = {law.id for law in profile.file.laws}
    for stage in profile.stages(track):
        assert stage.basis
        assert {basis.law for basis in stage.basis} <= laws


@BOTH
@pytest.mark.parametrize("track", Track)
def test_a_track_rests_on_the_regulation_only_where_the_regulation_says_so(profile: Profile, track: Track) -> None:
    status = {law.id: law.status for law in profile.file.laws}
    part = profile.track(track)
    assert status[part.stages[0].basis[0].law] == ("berlaku" if part.origin == "perbup" else "bawaan_nasional")


@pytest.mark.requirement("LUT-48")
def test_luwu_timur_shows_129() -> None:
    assert "129 (sahabat perempuan dan anak)" in LUWU_TIMUR.facts["nomor_darurat"].splitlines()


@BOTH
def test_a_number_nobody_verified_is_in_no_fact(profile: Profile) -> None:
    hidden = [number.number for number in profile.file.numbers if not number.shown]
    assert {"112", "08111-129-129"} <= set(hidden)
    for fact in profile.facts.values():
        assert not any(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", fact) for number in hidden)


@BOTH
def test_a_shown_number_says_who_verified_it_and_when(profile: Profile) -> None:
    assert [number.number for number in profile.numbers] == ["110", "119", "129"]
    assert all(number.verified_by and number.verified_on for number in profile.numbers)


@BOTH
def test_no_time_of_the_sla_is_in_a_fact(profile: Profile) -> None:
    words = " ".join(fact for key, fact in profile.facts.items() if not key.startswith("dasar_hukum")).lower()
    assert not re.search(r"menit|tenggat|sla\b|24 jam|hari kerja \d", words)


@BOTH
def test_facts_are_ready_to_read(profile: Profile) -> None:
    wanted = {"nama_netral", "nomor_darurat", "nomor_singkat", "jam", "kantor_anak", "kantor_bantuan", "dasar_hukum", "wilayah"}
    assert wanted <= set(profile.facts)
    assert all(fact.strip() == fact != "" and "{" not in fact for fact in profile.facts.values())


_TOPICS = (
    "anak",
    "korban",
    "kekerasan",
    "seksual",
    "pelaku",
    "lapor",
    "pengaduan",
    "polisi",
    "perlindungan",
    "ppa",
    "darurat",
    "shelter",
    "dinas sosial",
    "rumah aman",
)


@BOTH
def test_the_name_of_the_service_is_neutral(profile: Profile) -> None:
    assert not any(topic in profile.facts["nama_netral"].lower() for topic in _TOPICS)


@BOTH
def test_the_times_are_policy_and_grow_milder_with_the_level(profile: Profile) -> None:
    assert profile.file.sla.origin == "kebijakan_dinas"
    times = [profile.sla(level).acknowledge_minutes for level in sorted(Level, reverse=True)]
    assert times == sorted(times)
    assert profile.sla(Level.DARURAT_TELAAH) == profile.sla(Level.DARURAT)
    assert profile.sla(Level.DARURAT).acknowledge_minutes == 15
    assert not profile.sla(Level.DARURAT).working_days


@BOTH
def test_the_ladder_begins_at_once(profile: Profile) -> None:
    assert profile.ladder_minutes == (0, 5, 15, 30, 60)
    assert profile.quiet_minutes == 30


@BOTH
def test_what_nobody_confirmed_is_listed(profile: Profile) -> None:
    assert {"jam_layanan", "sla", "piket", "kata_kunci_daerah", "kontak_darurat 112"} <= set(profile.unconfirmed)
    assert "kontak_darurat 110" not in profile.unconfirmed


def test_the_regional_words_are_found() -> None:
    assert danger_words("adhiku digepuki bapak", KENDAL.danger_words) == ("digepuki",)
    assert danger_words("na pukul ka bapakku", LUWU_TIMUR.danger_words) == ("na pukul",)


@BOTH
def test_the_regional_words_are_in_the_lexicons_notation(profile: Profile) -> None:
    assert profile.danger_words
    assert all(list(phrases(entry)) for entry in profile.danger_words)


@BOTH
@pytest.mark.parametrize("track", Track)
def test_the_word_of_withdrawal_never_accuses(profile: Profile, track: Track) -> None:
    assert not any("palsu" in reason.name.lower() or "terbukti" in reason.name.lower() for reason in profile.closing_reasons(track))


@BOTH
def test_every_kind_of_harm_is_known_to_triage(profile: Profile) -> None:
    for kind in profile.kinds(Track.ANAK):
        assert kind.code == "lain" or explain(f"jenis={kind.code}") != f"jenis={kind.code}"


@BOTH
def test_a_profile_cannot_be_changed(profile: Profile) -> None:
    with pytest.raises(ValidationError):
        profile.file.region.name = "x"
    with pytest.raises(AttributeError):
        profile.slug = "x"  # type: ignore[misc]
    assert isinstance(profile.facts, Mapping)
    with pytest.raises(TypeError):
        profile.facts["jam"] = "x"  # type: ignore[index]


@BOTH
def test_the_summary_tells_what_is_law_what_is_policy_and_what_is_open(profile: Profile) -> None:
    text = show(profile.slug)
    for track in Track:
        assert all(stage.code in text and stage.name in text for stage in profile.stages(track))
        assert all(reason.code in text for reason in profile.closing_reasons(track))
    assert "kebijakan Dinas, bukan peraturan" in text
    assert all(point in text for point in profile.unconfirmed)
    assert "tidak ditampilkan, belum diverifikasi" in text


def test_no_dialog_names_a_number_by_itself() -> None:
    """Numbers are data of the profile, so that one nobody verified cannot be shown."""
    sources = [path.read_text(encoding="utf-8") for path in Path(dialogs.__file__).parent.glob("*.py")]
    assert sources
    numbers = {number.number for profile in map(load_profile, profiles()) for number in profile.file.numbers}
    assert [n for n in sorted(numbers) for source in sources if re.search(rf"(?<![\d-]){re.escape(n)}(?![\d-])", source)] == []
