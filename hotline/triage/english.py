"""The danger words of those who write in English, under the names that operators read. Notation as in `hotline.triage.lexicon`."""

from __future__ import annotations

_ONE = "(me|us|her|him|them|my)"
_HIT = "(hit|beat|kick|punch|slap|whip)"
_MEANS_TO = "(going to|gonna|wants to|want to|wanted to|trying to|tried to|threatened to|threatens to|threatening to)"

IN_ENGLISH: dict[str, tuple[str, ...]] = {
    "lagi dipukul": (
        "being (beaten|hit|kicked|punched|whipped|attacked)",
        f"(is|are|keeps|still) (hitting|beating|kicking|punching|slapping|whipping|attacking) {_ONE}",
        f"{_HIT}s? {_ONE} (_ )?(again|now|right now|every day|every night)",
        f"<(never) (beats|hits|kicks|punches) {_ONE}",
    ),
    "mau dibunuh": (
        f"{_MEANS_TO} kill (me|us|her|him|them|my)",
        "(he|she|they|father|mother|dad|mom|uncle|brother) (_ )?will kill (me|us|her|him|them|my)",
        "(i|we) (will|am going to|are going to) be killed",
    ),
    "pisau": ("(has|have|had|holding|with|got|brought|took) (a|the|his|her) (_ )?(knife|machete|gun|axe)",),
    "didobrak": ("(breaking|broke|breaks|kicking|kicked) (down |in )?(the|our|my) door",),
    "dibacok": (f"(stab|stabs|stabbed|shot|shoots) {_ONE}", "(got|was|been) (stabbed|shot)"),
    "dicekik": (f"(chokes|choked|choking|strangles|strangled|strangling) {_ONE}",),
    "berdarah": ("(is|am|are|still|keeps|been) bleeding", "bleeding (a lot|badly|out|from)"),
    "tidak sadar": ("unconscious", "(not|isn t|stopped) breathing", "(has|have|is|she|he) passed out", "(won t|will not|doesn t) wake up"),
    "sesak napas": ("(cannot|can t|can not) breathe",),
    "overdosis": ("(took|swallowed|taken|swallow) (all )?(the |my |his |her |many |a lot of |too many )?(_ )?pills", "overdosed?"),
    "minum racun": ("(drank|drink|drunk|swallowed) (_ )?(poison|bleach|pesticide)",),
    "dikurung": ("locked (me|us|her|him|them|in|up)", "(am|is|are) tied up", "held (me|us|her|him)? ?(captive|hostage)"),
    "diperkosa": ("(rape|rapes|raped|raping|rapist)",),
    "dilecehkan": (
        "(molest|molests|molested|molesting)",
        "sexual(ly)? (abuse|abused|assault|assaulted|harassed|harassment)",
        "touch(es|ed|ing)? (my|her|his) (_ )?(private|privates|breast|breasts|body|thigh|thighs|butt|chest|crotch)",
        "touch(es|ed|ing)? (me|her|him|us) (_ )?(at night|down there|there|inappropriately|sexually|in bed|every night)",
    ),
    "bunuh diri": ("(kill|killing|killed) (myself|herself|himself)",),
    "self harm": ("(cut|cutting|hurt|hurting|harm|harming) (myself|herself|himself)",),
    "akhiri hidup": ("(end|ending|take|taking) (my|her|his) (own )?life",),
    "ingin mati": (
        "(want|wants|wanna|wish) (to )?die",
        "better off dead",
        "wish (i|she|he) (was|were) dead",
        "do not want to live",
        "don t want to live",
    ),
    "gantung diri": ("(hang|hanging|hanged) (myself|herself|himself)",),
    "diculik": ("(kidnap|kidnaps|kidnapped|kidnapping|abducted)",),
    "dijual": ("(sold|sell|selling|trafficked) (me|her|him|girls|children|kids)", "human trafficking"),
    "dinikahkan paksa": ("forc(es|ed|ing) (me|her) (_ )?(to marry|to get married)", "forced marriage"),
}
"""Native speakers must review them, as the Indonesian ones."""
