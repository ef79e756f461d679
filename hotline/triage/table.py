"""The decision table: which answers make a case DARURAT, TINGGI or SEDANG. Deterministic; first match wins.

A proposal that each Dinas must adopt. Source: domain model section 5.3, which rests on published instruments (Missouri 13 CSR 35-31.020,
California SDM, Primero). Where its prose and its reference code differ, the prose is followed: a family without food
(tanpa_makan_hari_ini) is SEDANG by itself; so is a request for somebody struck by violence (terkena_kekerasan); a disaster now is
DARURAT; in the aid track somebody left alone now is DARURAT; a medical danger word in the aid track is TINGGI until answered; grave words
of a story are TINGGI or SEDANG and never add up to an alarm; a weapon does not wait for the answer on who can come near; an adult
survivor whose answers say that the person still comes near is not "past, no access". The unborn child counts with the youngest.
"""

from __future__ import annotations

from hotline.case import Level, Track
from hotline.triage.answers import MEDICAL_UNANSWERED, STORY, TRACK, UNKNOWN, UNREACHED, UNSAID
from hotline.triage.rules import AtLeast, Condition, Not, Rule, answer, every, some

VIOLENCE = ("fisik", "psikis", "seksual", "eksploitasi_seksual")
SEXUAL = ("seksual", "eksploitasi_seksual")
HARM = (*VIOLENCE, "penelantaran", "eksploitasi", "pekerja_anak", "perundungan", "perdagangan", "dikeluarkan_sekolah")
_DOUBT = (UNKNOWN, UNREACHED)

_young = answer("R4", "0-5", "kandungan")
_disabled = answer("disabilitas", "ya")
_no_food = answer("tanpa_makan_hari_ini", "ya")
_reachable = answer("R3", "serumah", "ya")
_past_adult = every(answer("lampau_aman_dewasa", "ya"), answer("R1", "tidak"), answer("R3", "tidak"), Not(answer("R9", "ya")))
_past = some(answer("lampau_aman", "ya"), answer("lampau_aman_dewasa", "ya"))
_sexual = some(answer("R5", ">72_jam", "daring", "ya", "<=72_jam"), answer("jenis", *SEXUAL))
_in_doubt: tuple[Condition, ...] = (
    answer("R1", "ya", *_DOUBT),
    answer("R3", "serumah", "ya", *_DOUBT),
    answer("R6", "pikiran", "rencana_atau_alat", "sedang_mencoba", *_DOUBT),
    answer("R7", "ya", *_DOUBT),
)


def _rules(level: Level, *conditions: Condition) -> tuple[Rule, ...]:
    return tuple(Rule(level, condition) for condition in conditions)


EMERGENCY = _rules(
    Level.DARURAT,
    answer("R1", "ya"),
    answer("R2", "mengancam_jiwa"),
    answer("R6", "sedang_mencoba", "rencana_atau_alat"),
    every(answer("R7", "ya"), answer("R3", "serumah", "ya", *_DOUBT, UNSAID)),
    every(answer("R8", "sedang"), answer(TRACK, Track.LAYANAN.value)),
    every(answer("R8", "sedang"), some(answer("dikurung", "ya"), _young, _disabled, answer("lansia", "ya"), _no_food)),
    answer("R5", "<=72_jam"),
    answer("R11", "<=24_jam"),
    every(answer("R2", "perlu_perawatan"), _young),
    answer("kata_bahaya", "ya", "belum_dijawab"),
    answer("bencana", "sekarang"),
)

HIGH = (
    *_rules(
        Level.TINGGI,
        every(_sexual, Not(_past_adult)),
        every(_reachable, answer("jenis", *VIOLENCE)),
        answer("R6", "pikiran"),
        answer("R7", "ya"),
        answer("R2", "perlu_perawatan"),
        every(some(_young, _disabled), answer("jenis", *VIOLENCE, "penelantaran")),
        answer("R8", "sedang", "sering"),
        every(answer("R9", "ya"), answer("R10", "tidak", *_DOUBT, UNSAID)),
        answer("R11", "segera"),
        answer("R12", "ya"),
        answer("R13", "ya"),
        answer("pelapor", "anak"),
        answer("kata_bahaya", MEDICAL_UNANSWERED),
    ),
    Rule(Level.TINGGI, AtLeast(2, _in_doubt), counts=False),
    Rule(Level.TINGGI, answer(STORY, "TINGGI"), counts=False),
)

MEDIUM = _rules(
    Level.SEDANG,
    every(answer("jenis", *HARM), Not(_past)),
    *_in_doubt,
    answer("R5", *_DOUBT),
    answer("dikeluarkan_sekolah", "ya", "terancam"),
    _sexual,
    answer("krisis_bantuan", "ya"),
    _no_food,
    answer("terkena_kekerasan", "ya"),
    answer(STORY, "SEDANG"),
)

SIGNS_TO_REVIEW = 3
"""So many TINGGI signs at once ring like DARURAT until a person decides."""
ADDED_UP = f"tanda_tinggi={SIGNS_TO_REVIEW}"
NO_SIGN = "tanda=tidak_ada"
