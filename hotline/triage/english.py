"""The danger words of those who write in English, under the names that operators read. Notation as in `hotline.triage.lexicon`."""

from __future__ import annotations

_ONE = "(me|us|her|him|them|my)"
_NO = "(do not|don t|dont|does not|doesn t|doesnt|will not|won t|wont)"
_BE = "(is|am|are|im|i m|hes|he s|shes|she s|still|keeps|been)"
_HIT = "(hit|beat|kick|punch|slap|whip)"
_GAME = "chess|checkers|cards?|games?|race|races|football|soccer|badminton|tennis|basketball|math|maths|everything|test|quiz"
_WHICH = "(big|long|sharp|small|huge|kitchen|hunting|pocket|real|loaded|hand|broken|rusty|new|old|fathers?|dads?|butcher)"
"""Of a knife or a gun. Those of toy, water or plastic are none."""
_MEANS_TO = "(going to|gonna|wants to|want to|wanted to|trying to|tried to|threatened to|threatens to|threatening to)"

IN_ENGLISH: dict[str, tuple[str, ...]] = {
    "lagi dipukul": (
        "being (beaten|hit|kicked|punched|whipped|attacked)",
        f"(is|are|keeps|still) (hitting|beating|kicking|punching|slapping|whipping|attacking) {_ONE}",
        f"{_HIT}s? {_ONE} (_ )?(again|now|right now|every day|every night)",
        f"<(never) (beats|hits|kicks|punches) {_ONE} !((at|in) (the |a |every |all )?({_GAME}))",
    ),
    "mau dibunuh": (
        f"{_MEANS_TO} kill (me|us|her|him|them|my)",
        "(he|she|they|father|mother|dad|mom|uncle|brother) (_ )?will kill (me|us|her|him|them|my)",
        "(i|we) (will|am going to|are going to) be killed",
    ),
    "pisau": (f"(has|have|had|holding|with|got|brought|took) (a|the|his|her) ({_WHICH} )?(knife|machete|gun|axe)",),
    "didobrak": ("<(flood|wind|storm|water|rain|fire|banjir|angin) (breaking|broke|breaks|kicking|kicked) (down |in )?(the|our|my) door",),
    "dibacok": (f"(stab|stabs|stabbed|shot|shoots) {_ONE}", "(got|was|been) (stabbed|shot)"),
    "dicekik": (f"(chokes|choked|choking|strangles|strangled|strangling) {_ONE}",),
    "berdarah": (f"{_BE} bleeding", "bleeding (a lot|badly|out|from)"),
    "tidak sadar": (
        "unconscious",
        "(not|isn t|isnt|stopped) breathing",
        "(has|have|is|she|he) passed out",
        f"{_NO} wake up !(for|early|late|on|in|at|before|when|until)",
    ),
    "sesak napas": ("(cannot|can t|cant|can not) breathe",),
    "overdosis": (
        "(took|swallowed|taken|swallow) (all|many|a lot of|too many|so many|lots of) (the |my |his |her )?(_ )?pills",
        "(took|swallowed|taken|swallow) (the )?pills !(the|that|from|for|he|she|my|our)",
        "overdosed?",
    ),
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
    "akhiri hidup": ("(end|ending|ended) (my|her|his) (own )?life", "(take|taking|took) (my|her|his) own life", "end it all"),
    "ingin mati": (
        "(want|wants|wanna|wish) (to )?die",
        "better off dead",
        "wish (i|she|he) (was|were) dead",
        f"{_NO} (want to|wanna) live !(here|there|with|in|at|alone|near|by|under)",
        "suicidal",
    ),
    "gantung diri": ("(hang|hanging|hanged) (myself|herself|himself)",),
    "diculik": ("(kidnap|kidnaps|kidnapped|kidnapping|abducted)",),
    "dijual": (
        "(sold|sell|selling|trafficked|trafficking) (me|him|girls|children) !(clothes|shoes|toys|food|books|a|the|some)",
        "human trafficking",
    ),
    "dinikahkan paksa": ("forc(es|ed|ing) (me|her) (_ )?(to marry|to get married)", "forced marriage"),
}
"""Native speakers must review them, as the Indonesian ones."""
