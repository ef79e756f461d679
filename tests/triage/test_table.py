"""The decision table: the nineteen vignettes, every clause by itself, and what must hold of any story."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotline.case import Level, Track
from hotline.triage import Assessment, assess, explain
from hotline.triage.answers import INDICATORS, SCALES, read
from hotline.triage.rules import Rules
from hotline.triage.table import ADDED_UP, EMERGENCY, HIGH, MEDIUM, NO_SIGN
from tests.triage.stories import stories, worsened

ANAK, LAYANAN = Track.ANAK, Track.LAYANAN
D, DT, T, S, R = Level.DARURAT, Level.DARURAT_TELAAH, Level.TINGGI, Level.SEDANG, Level.RENDAH

FISIK = {"jenis": "fisik"}
VIGNETTES = [
    ("1 guru, 8 tahun, memar, ayah serumah", ANAK, {"R4": "6-12", "R2": "ringan", "R3": "serumah", "R9": "tidak_tahu", **FISIK}, T),
    ("2 tetangga mendengar anak dipukul sekarang", ANAK, {"R1": "ya", "jenis": "fisik"}, D),
    ("3 14 tahun, kemarin, sekarang di rumah bibi", ANAK, {"R4": "13-17", "R5": "<=72_jam", "jenis": "seksual"}, D),
    ("4 15 tahun, pengen mati, tanpa rencana", ANAK, {"R4": "13-17", "R6": "pikiran", "pelapor": "anak"}, T),
    ("5 sudah siapkan racun", ANAK, {"R6": "rencana_atau_alat", "pelapor": "anak"}, D),
    ("6 3 tahun ditinggal sendirian malam ini", ANAK, {"R4": "0-5", "R8": "sedang", "jenis": "penelantaran"}, D),
    ("7 10 tahun bekerja di pembakaran bata", ANAK, {"R4": "6-12", "R3": "serumah", "jenis": "pekerja_anak"}, S),
    ("8 dewasa, lima tahun lalu, pelaku sudah meninggal", ANAK, {"jenis": "fisik", "lampau_aman": "ya"}, R),
    ("9 bansos hilang", LAYANAN, {}, R),
    ("10 lansia sendiri, dua hari tanpa makan", LAYANAN, {"R8": "sedang", "tanpa_makan_hari_ini": "ya", "krisis_bantuan": "ya"}, D),
    ("11 dia pegang parang, lalu terputus", ANAK, {"R7": "ya", "R3": "tidak_tahu", "jenis": "fisik"}, D),
    ("12 di menu informasi: adik saya dikurung", ANAK, {"kata_bahaya": "belum_dijawab"}, D),
    ("13 16 tahun akan dinikahkan pekan depan", ANAK, {"R4": "13-17", "R11": "segera"}, T),
    ("14 sekstorsi daring, ancaman berlanjut", ANAK, {"R5": "daring", "jenis": "seksual"}, T),
    ("15 semua tidak tahu", ANAK, {**dict.fromkeys(INDICATORS, "tidak_tahu"), "jenis": "lain"}, T),
    ("16 sekolah mengeluarkan korban", ANAK, {"R4": "13-17", "dikeluarkan_sekolah": "ya"}, S),
    ("17 takut pulang, pelaku serumah, masih berlangsung", ANAK, {"R4": "6-12", "R3": "serumah", "R9": "ya", "R12": "ya", **FISIK}, DT),
    ("18 penyintas dewasa, seksual, lampau", ANAK, {"jenis": "seksual", "lampau_aman": "ya", "lampau_aman_dewasa": "ya"}, S),
    ("19 seksual, waktu tidak diketahui", ANAK, {"jenis": "seksual", "R5": "tidak_tahu", "R4": "6-12"}, T),
]


@pytest.mark.parametrize(("track", "answers", "level"), [v[1:] for v in VIGNETTES], ids=[v[0] for v in VIGNETTES])
def test_vignette(track: Track, answers: dict[str, str], level: Level) -> None:
    assert assess(track, answers, unreached=False).level is level


CLAUSES: list[tuple[dict[str, str], Level, tuple[str, ...]]] = [
    ({"R1": "ya"}, D, ("R1=ya",)),
    ({"R2": "mengancam_jiwa"}, D, ("R2=mengancam_jiwa",)),
    ({"R6": "sedang_mencoba"}, D, ("R6=sedang_mencoba",)),
    ({"R7": "ya", "R3": "serumah"}, D, ("R7=ya", "R3=serumah")),
    ({"R7": "ya", "R3": "ya"}, D, ("R7=ya", "R3=ya")),
    ({"R7": "ya", "R3": "tidak_tahu"}, D, ("R7=ya", "R3=tidak_tahu")),
    ({"R7": "ya"}, D, ("R7=ya", "R3=belum_ditanyakan")),
    ({"R7": "ya", "R3": "tidak"}, T, ("R7=ya",)),
    ({"R8": "sedang", "dikurung": "ya"}, D, ("R8=sedang", "dikurung=ya")),
    ({"R8": "sedang", "R4": "0-5"}, D, ("R8=sedang", "R4=0-5")),
    ({"R8": "sedang", "disabilitas": "ya"}, D, ("R8=sedang", "disabilitas=ya")),
    ({"R8": "sedang", "tanpa_makan_hari_ini": "ya"}, D, ("R8=sedang", "tanpa_makan_hari_ini=ya")),
    ({"R8": "sedang", "lansia": "ya"}, D, ("R8=sedang", "lansia=ya")),
    ({"R8": "sedang", "R4": "6-12"}, T, ("R8=sedang",)),
    ({"R8": "sering"}, T, ("R8=sering",)),
    ({"R5": "<=72_jam"}, D, ("R5=<=72_jam",)),
    ({"R11": "<=24_jam"}, D, ("R11=<=24_jam",)),
    ({"R2": "perlu_perawatan", "R4": "0-5"}, D, ("R2=perlu_perawatan", "R4=0-5")),
    ({"R2": "perlu_perawatan", "R4": "kandungan"}, D, ("R2=perlu_perawatan", "R4=kandungan")),
    ({"R2": "perlu_perawatan", "R4": "13-17"}, T, ("R2=perlu_perawatan",)),
    ({"kata_bahaya": "ya"}, D, ("kata_bahaya=ya",)),
    ({"kata_bahaya": "belum_dijawab", "kata": "parang, pisau"}, D, ("kata_bahaya=belum_dijawab", "kata=parang", "kata=pisau")),
    ({"kata_bahaya": "tidak"}, R, (NO_SIGN,)),
    ({"bencana": "sekarang"}, D, ("bencana=sekarang",)),
    ({"R5": ">72_jam"}, T, ("R5=>72_jam",)),
    ({"R5": "ya"}, T, ("R5=ya",)),
    ({"R3": "serumah", "jenis": "psikis"}, T, ("R3=serumah", "jenis=psikis")),
    ({"R3": "serumah", "jenis": "eksploitasi"}, S, ("jenis=eksploitasi", "R3=serumah")),
    ({"R6": "pikiran"}, T, ("R6=pikiran",)),
    ({"R4": "0-5", "jenis": "penelantaran"}, T, ("R4=0-5", "jenis=penelantaran")),
    ({"disabilitas": "ya", "jenis": "fisik"}, T, ("disabilitas=ya", "jenis=fisik")),
    ({"R4": "0-5", "jenis": "lain"}, R, (NO_SIGN,)),
    ({"R9": "ya", "R10": "tidak"}, T, ("R9=ya", "R10=tidak")),
    ({"R9": "ya", "R10": "tidak_tahu"}, T, ("R9=ya", "R10=tidak_tahu")),
    ({"R9": "ya", "R10": "ya", "jenis": "fisik"}, S, ("jenis=fisik",)),
    ({"R11": "segera"}, T, ("R11=segera",)),
    ({"R12": "ya"}, T, ("R12=ya",)),
    ({"R13": "ya"}, T, ("R13=ya",)),
    ({"pelapor": "anak"}, T, ("pelapor=anak",)),
    ({"R1": "tidak_tahu", "R7": "tidak_tahu"}, T, ("R1=tidak_tahu", "R7=tidak_tahu")),
    ({"R1": "tidak_tahu"}, S, ("R1=tidak_tahu",)),
    ({"R3": "ya"}, S, ("R3=ya",)),
    ({"R5": "tidak_tahu"}, S, ("R5=tidak_tahu",)),
    ({"jenis": "perundungan"}, S, ("jenis=perundungan",)),
    ({"jenis": "penelantaran"}, S, ("jenis=penelantaran",)),
    ({"dikeluarkan_sekolah": "terancam"}, S, ("dikeluarkan_sekolah=terancam",)),
    ({"krisis_bantuan": "ya"}, S, ("krisis_bantuan=ya",)),
    ({"tanpa_makan_hari_ini": "ya"}, S, ("tanpa_makan_hari_ini=ya",)),
    ({"lampau_aman_dewasa": "ya", "R5": ">72_jam"}, S, ("R5=>72_jam",)),
    ({"lampau_aman_dewasa": "ya", "R5": ">72_jam", "R3": "serumah"}, T, ("R5=>72_jam",)),
    ({"lampau_aman": "ya", "jenis": "fisik", "R3": "tidak_tahu"}, S, ("R3=tidak_tahu",)),
]


@pytest.mark.parametrize(("answers", "level", "reasons"), CLAUSES, ids=lambda v: str(v) if isinstance(v, dict) else "")
@pytest.mark.parametrize("track", Track)
def test_clause_with_its_reasons(track: Track, answers: dict[str, str], level: Level, reasons: tuple[str, ...]) -> None:
    if track is LAYANAN and answers.get("R8") == "sedang":
        level = D
    judged = assess(track, answers, unreached=False)
    assert judged.level is level
    assert set(judged.reasons) - {"jalur=layanan"} == set(reasons)


def test_somebody_left_alone_now_is_an_emergency_of_the_aid_track() -> None:
    assert assess(LAYANAN, {"R8": "sedang"}, unreached=False) == Assessment(D, ("R8=sedang", "jalur=layanan"))


def test_three_signs_of_high_are_an_emergency_until_a_person_decides() -> None:
    judged = assess(ANAK, {"R11": "segera", "R12": "ya", "R13": "ya"}, unreached=False)
    assert judged == Assessment(DT, ("R11=segera", "R12=ya", "R13=ya", ADDED_UP))


def test_doubt_does_not_count_among_the_three_signs() -> None:
    answers = {"R11": "segera", "R12": "ya", "R1": "tidak_tahu", "R3": "tidak_tahu", "R6": "tidak_tahu", "R7": "tidak_tahu"}
    assert assess(ANAK, answers, unreached=False).level is T


def test_doubt_is_named_only_where_nothing_stronger_speaks() -> None:
    assert assess(ANAK, {"R12": "ya"}, unreached=True) == Assessment(T, ("R12=ya",))


def test_medical_word_in_the_aid_track_is_high_until_answered() -> None:
    answers = {"kata_bahaya": "belum_dijawab", "kata": "pingsan,kejang"}
    assert assess(LAYANAN, answers, unreached=True) == Assessment(T, ("kata_bahaya=medis_belum_dijawab", "kata=pingsan", "kata=kejang"))
    assert assess(ANAK, answers, unreached=True).level is D
    assert assess(LAYANAN, {**answers, "kata_bahaya": "ya"}, unreached=True).level is D
    assert assess(LAYANAN, {**answers, "kata": "pingsan,parang"}, unreached=True).level is D
    assert assess(LAYANAN, {"kata_bahaya": "belum_dijawab"}, unreached=True).level is D


def test_a_child_story_of_one_word_is_high_and_says_what_was_not_asked() -> None:
    judged = assess(ANAK, {}, unreached=True)
    assert judged.level is T
    assert judged.reasons == tuple(f"{key}=belum_ditanyakan" for key in ("R1", "R3", "R6", "R7"))


def test_an_aid_request_is_not_judged_by_questions_that_were_not_put() -> None:
    assert assess(LAYANAN, {}, unreached=True).level is R


def test_it_is_over_and_out_of_reach_answers_the_questions_on_danger_but_not_the_one_on_suicide() -> None:
    story = {"jenis": "fisik", "lampau_aman": "ya", "R5": "tidak"}
    assert assess(ANAK, story, unreached=True) == Assessment(S, ("R6=belum_ditanyakan",))
    assert assess(ANAK, {**story, "R6": "tidak"}, unreached=True).level is R


@pytest.mark.parametrize("code", ["lewati", "mungkin", "18+"])
def test_a_code_nobody_knows_counts_as_unknown(code: str) -> None:
    assert assess(ANAK, {"R1": code}, unreached=False) == Assessment(S, ("R1=tidak_tahu",))


def test_an_answer_taken_back_is_no_answer() -> None:
    assert assess(ANAK, {"R1": ""}, unreached=False).level is R


@given(worsened(), st.sampled_from(Track), st.booleans())
def test_a_worse_answer_never_lowers_the_level(pair: tuple[dict[str, str], dict[str, str]], track: Track, unreached: bool) -> None:
    before, after = pair
    assert assess(track, after, unreached=unreached).level >= assess(track, before, unreached=unreached).level


@given(stories, st.sampled_from(INDICATORS), st.data())
def test_an_unreached_question_weighs_as_much_as_unknown(story: dict[str, str], key: str, data: st.DataObject) -> None:
    story.pop(key, None)
    over = any(story.get(flag) == "ya" for flag in ("lampau_aman", "lampau_aman_dewasa"))
    if not over:
        assert assess(ANAK, story, unreached=True).level is assess(ANAK, {**story, key: "tidak_tahu"}, unreached=True).level
    as_bad = SCALES[key][SCALES[key].index("tidak_tahu") :]
    answered = assess(ANAK, {**story, key: data.draw(st.sampled_from(as_bad))}, unreached=True)
    assert answered.level >= assess(ANAK, story, unreached=True).level


@given(stories)
def test_counting_what_was_not_asked_never_lowers(story: dict[str, str]) -> None:
    assert assess(ANAK, story, unreached=True).level >= assess(ANAK, story, unreached=False).level
    assert assess(LAYANAN, story, unreached=True) == assess(LAYANAN, story, unreached=False)


_REASSURING = {("R3", "tidak"), ("R10", "ya"), ("kata_bahaya", "tidak"), ("lampau_aman", "ya"), ("lampau_aman_dewasa", "ya")}


@given(stories, st.data())
@example({"R7": "ya"}, None)
def test_only_a_reassuring_answer_makes_a_running_story_less_grave(story: dict[str, str], data: st.DataObject | None) -> None:
    """What is said next can only raise it, unless it says that nobody can come near, that someone protects, or that the alarm was false."""
    if data is None:
        assert assess(ANAK, {**story, "R3": "tidak"}, unreached=False).level < assess(ANAK, story, unreached=False).level
        return
    key = data.draw(st.sampled_from(sorted(SCALES)))
    code = data.draw(st.sampled_from([c for c in SCALES[key] if (key, c) not in _REASSURING]))
    story.pop(key, None)
    if any(story.get(flag) == "ya" for flag in ("lampau_aman", "lampau_aman_dewasa")) or code == "medis_belum_dijawab":
        return
    assert assess(ANAK, {**story, key: code}, unreached=False).level >= assess(ANAK, story, unreached=False).level


@given(stories)
def test_the_child_track_is_never_less_careful(story: dict[str, str]) -> None:
    """But for somebody left alone now: an aid request asks that of the old, the disabled and babies only."""
    if story.get("R8") == "sedang":
        story.pop("R8")
    assert assess(ANAK, story, unreached=False).level >= assess(LAYANAN, story, unreached=False).level


@given(stories, st.sampled_from(Track), st.booleans())
def test_no_rule_that_holds_is_passed_over(story: dict[str, str], track: Track, unreached: bool) -> None:
    said = read(track, story, unreached=unreached)
    rules = (*EMERGENCY, *HIGH, *MEDIUM)
    every = [(rule, reasons) for rule in rules if (reasons := rule.condition.holds(said)) is not None]
    assert Rules(rules).matched(said) == every


@given(stories, st.sampled_from(Track), st.booleans())
def test_reasons_are_complete_and_readable(story: dict[str, str], track: Track, unreached: bool) -> None:
    """The answers named as reasons bring about the level by themselves, none is made up, and each has its words."""
    judged = assess(track, story, unreached=unreached)
    assert judged.reasons
    named = {key: value for key, value in (reason.split("=", 1) for reason in judged.reasons) if key in (*SCALES, "jenis", "pelapor")}
    for key, value in named.items():
        if value not in ("belum_ditanyakan", "medis_belum_dijawab"):
            assert story.get(key, "tidak") == value
    again = {key: "tidak_tahu" if value == "belum_ditanyakan" else value for key, value in named.items()}
    assert assess(track, again, unreached=False).level >= judged.level
    assert all(explain(reason) != reason for reason in judged.reasons)
