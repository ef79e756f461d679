"""How people tell what happened to a child, in a word or within a sentence, and which kind it is when they tell of several.

Every saying begins with “**”: many are danger words, so the message is listened to before it is taken for an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GRAVEST = ("seksual", "fisik", "psikis", "penelantaran", "perdagangan", "eksploitasi", "pekerja_anak", "perundungan", "lain")
"""As the table weighs them. All of what was told reaches the case in its own words."""


def _done(verbs: str, *endings: str) -> str:
    """The passive as it is written: “dipukul”, “di pukul”, “dipukuli”, “dipukulin”."""
    return " ".join(f"{di}{verb}{ending}" for verb in verbs.split() for di in ("di", "di_") for ending in ("", *endings))


def _heard(*written: str) -> str:
    return "|".join(f"**{word.replace('_', ' ')}" for words in written for word in words.split())


_BEATEN = _done(
    "pukul tampar tendang cubit gebug gebuk hajar siksa aniaya jambak tonjok tempeleng cambuk sabet keroyok banting injak seret jewer",
    *("i", "in", "nya"),
)
_BEATS = "mukul mukulin memukul memukuli nampar menampar nendang menendang nyubit nyiksa menyiksa menganiaya ngegebukin penganiayaan"
_TOUCHED = _done("cabul perkosa leceh raba setubuh gerayang sodomi sentuh", "i", "in", "kan", "nya")
_TOUCHES = "pelecehan pencabulan perkosaan pemerkosaan menyentuh nyentuh meraba memperkosa mencabuli dicium_paksa dipegang_pegang"
_PARTS = "paha dada payudara pantat kemaluan kelamin itu_ku itu_saya itunya anu anuku"
_TOUCHES_A_PART = " ".join(f"{verb}_{part}" for verb in ("pegang", "megang", "memegang", "nyentuh", "remas") for part in _PARTS.split())
_AGAIN_AND_AGAIN = " ".join(
    f"{verb}_{verb}" for verb in ("pegang", "megang", "dipegang", "meluk", "peluk", "dipeluk", "cium", "nyium", "dicium", "raba", "colek")
)
_SHOWN = "disuruh_buka_baju disuruh_telanjang buka_bajuku buka_baju_aku buka_baju_saya minta_foto_telanjang minta_foto_bugil foto_telanjang"
_IN_ENGLISH: Mapping[str, str] = {
    "fisik": "hit_me hits_me hit_him hits_him hit_her hits_her beaten beats beating beat_me kicked slapped physical_abuse",
    "psikis": "threatened threatens insulted yelled shouts emotional_abuse",
    "seksual": "raped rapes rape molested sexual_abuse touches_me touched_me touches_her touched_her touches_him touched_him",
    "penelantaran": "neglected neglect starving no_food",
    "perundungan": "bullied",
    "pekerja_anak": "forced_to_work made_to_work",
}
_MARRIED = (
    "dijodohkan dijodohin dinikahkan dinikahin dikawinkan dikawinin kawin_paksa nikah_paksa dipaksa_nikah dipaksa_kawin dipaksa_menikah"
)

HARM_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "fisik": _heard(_BEATEN, _BEATS, "kekerasan_fisik", _IN_ENGLISH["fisik"]),
        "psikis": _heard(
            _done("marah bentak hina ancam maki teror takut", "i", "in", "nya"),
            "dimaki_maki dikatain dikata_katain ditakut_takuti mengancam ngancam menghina membentak kekerasan_psikis",
            _IN_ENGLISH["psikis"],
        ),
        "seksual": _heard(_TOUCHED, _TOUCHES, _TOUCHES_A_PART, _AGAIN_AND_AGAIN, _SHOWN, "kekerasan_seksual", _IN_ENGLISH["seksual"]),
        "penelantaran": _heard(
            "ditelantarkan ditelantarin terlantar tidak_diurus tidak_di_urus tidak_dirawat tidak_dikasih_makan tidak_diberi_makan",
            "tidak_ada_yang_urus tidak_ada_yang_ngurus diusir diusir_dari_rumah ditinggal_sendiri ditinggal_sendirian lapar kelaparan",
            "ora_diopeni mboten_diopeni",
            _IN_ENGLISH["penelantaran"],
        ),
        "perundungan": _heard(
            "bully dibully dibuli bullying diejek diejekin dirundung dikucilkan diganggu_teman dipalak", _IN_ENGLISH["perundungan"]
        ),
        "pekerja_anak": _heard(
            "disuruh_kerja disuruh_bekerja dipaksa_kerja dipaksa_bekerja disuruh_jualan disuruh_ngamen disuruh_mengamen",
            "disuruh_ngemis disuruh_mengemis dipaksa_ngemis dipaksa_mengemis",
            _IN_ENGLISH["pekerja_anak"],
        ),
        "eksploitasi": _heard("dieksploitasi"),
        "perdagangan": _heard("diculik dijual diperdagangkan"),
    }
)
_NOT_SAID = "tidak tahu|entah|bingung|malu|rahasia|tidak mau bilang|tidak mau cerita|tidak mau jawab|skip"
OF_A_CHILD = MappingProxyType({**HARM_WORDS, "lain": f"{_heard(_MARRIED)}|{_NOT_SAID}"})
"""A child's list has no kind for it; when it will be is asked with the signs."""
OF_GROWN_UPS = MappingProxyType({**HARM_WORDS, "seksual": f"{HARM_WORDS['seksual']}|{_heard(_MARRIED)}"})
"""To have a child marry is sexual violence by law (UU 12/2022, article 10)."""
