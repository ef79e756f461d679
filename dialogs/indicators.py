"""Indicators of domain 5.2 that branches ask in words of their own: the same codes and the same answers, whoever tells it."""

from __future__ import annotations

from dataclasses import replace

from dialogs.parts import DONT_KNOW, YES_NO
from dialogs.sayings import said, with_numbers
from hotline.engine.nodes import Ask, Choice, Either, Every, Not, Only, Told, among
from hotline.i18n import N_

_BAD = said("parah|sangat parah|parah sekali|parah banget|luka parah|berat|sangat berat|gawat|kritis") + "|*parah|**sekarat|*hampir mati"
_BROKEN = said("patah|perlu dokter|perlu ke dokter|butuh dokter|harus ke dokter") + "|*patah|*retak|**rumah sakit"
_LIGHT = said("memar|lebam|sedikit|lecet|ringan|tidak parah|tidak terlalu parah|luka ringan|memar memar|lebam lebam|biru biru")
_LATELY = said(
    "hari ini|tadi|barusan|baru saja|tadi pagi|tadi siang|tadi sore|tadi malam|semalam|kemarin|kemarin malam|kemarin sore|kemarin siang"
    "|kemarin lusa|2 hari lalu|dua hari lalu|2 hari yang lalu|dua hari yang lalu|3 hari lalu|tiga hari lalu|3 hari yang lalu"
    "|sekarang|wingi|mau bengi|yesterday|today|last night|just now"
)
_LATELY_SAID = "|*barusan|*tadi pagi|*tadi siang|*tadi sore|*tadi malam|*semalam|*kemarin malam|*dua hari lalu|*2 hari lalu"
_LONG_AGO = said(
    "dulu|sudah lama|lama|minggu lalu|bulan lalu|tahun lalu|sudah lama sekali|minggu kemarin|bulan kemarin|tahun kemarin|dhisik|biyen"
    "|seminggu lalu|seminggu yang lalu|sebulan lalu|sebulan yang lalu|setahun lalu|setahun yang lalu"
)
_LONG_AGO += "|" + with_numbers(range(4, 31), "{} hari lalu", "{} hari yang lalu")
_LONG_AGO += "|" + with_numbers(
    range(1, 13), "{} minggu lalu", "{} minggu yang lalu", "{} bulan lalu", "{} bulan yang lalu", "{} tahun lalu", "{} tahun yang lalu"
)
_ONLINE = said(
    "online|lewat hp|lewat wa|lewat chat|lewat medsos|lewat video call|di internet|lewat whatsapp|lewat facebook|lewat ig"
    "|video call|vidcall|vc|dikirimi foto|diminta foto|minta foto"
)
_SOMETIME = said(
    "ya|pernah|sering|kadang|kadang kadang|beberapa kali|sekali|tiap malam|setiap malam|tiap hari|lupa kapan|tidak ingat kapan"
    "|tidak tahu kapan|curiga ya|kayaknya|kayaknya ya|sepertinya|sepertinya ya|dia bilang pernah|katanya pernah|waktu sd|waktu tk|waktu smp"
)
_NEVER = "tidak pernah|belum pernah|tidak pernah ada|never|ora tau|mboten nate"
_NOW_LEFT = said("ya|ya sekarang|sekarang|masih|masih sekarang|saiki|right now|yes")
_OFTEN_LEFT = (
    said("sering|kadang|kadang kadang|pernah|pernah dulu|jarang|beberapa kali")
    + "|tidak sekarang|bukan sekarang|sekarang tidak|tidak sering"
)
_NOT_LEFT = _NEVER + "|tidak dikurung|tidak diikat|tidak ditinggal|tidak ditelantarkan"
"""Whole answers that deny it: the danger words in them ring only in a longer sentence."""
THOUGHT_SAYS = (
    "ya|iya|ya pernah|ya sering|ya kadang|pernah|sering|kadang|kadang kadang|sesekali|sometimes|ya ada|jarang"
    "|tidak sering|tidak selalu|tidak terlalu sering|ya tiap malam|tiap malam|setiap malam|ya setiap malam|tiap hari|ya tiap hari"
    "|kadang kepikiran|kadang kadang kepikiran|kepikiran|*kepikiran mati|pengen|pengen sih|pengen mati|ingin mati|ingin|mau mati"
    "|capek hidup|dulu pernah|pernah dulu|pernah kepikiran|sering kepikiran|ya sering kepikiran"
)
PLAN_SAYS = (
    "sudah pernah nyoba|sudah pernah coba|sudah pernah mencoba|pernah nyoba|pernah coba|pernah mencoba|sudah nyoba|sudah coba|sudah mencoba"
    "|ya sudah pernah nyoba|ya pernah nyoba|ya pernah coba|malam ini|ya malam ini|nanti malam|ya nanti malam|hari ini|ya hari ini|besok"
    "|ya besok|sudah ada rencana|sudah siap|sudah nulis surat|*ada obat di|*obatnya ada|*sudah siapkan|*sudah siapin|*sudah punya obat"
    "|*punya racun|*ada racun|*ada tali"
)
"""Who tried before, has the means at hand or names a day is as near to it as who has a plan (domain 4.6, vignette 5)."""
TRYING_SAYS = (
    "sedang|sekarang|ya sekarang|ya sedang|lagi nyoba|lagi coba|*sudah minum|*sudah nyayat|*lagi nyayat|*sudah telan|*barusan minum"
)


def hurt(text: str) -> Ask:
    """R2: how badly, as whoever tells it sees it."""
    return Ask(
        "R2",
        text,
        (
            Choice("mengancam_jiwa", N_("Ya, sangat berat"), alarm=True, says=_BAD),
            Choice("perlu_perawatan", N_("Ya, perlu dirawat"), says=_BROKEN),
            Choice("ringan", N_("Ya, ringan"), says=_LIGHT, sure=True),
            Choice("tidak", N_("Tidak"), says="tidak luka|tidak sakit|tidak apa apa|baik baik saja"),
            DONT_KNOW,
        ),
        gravest=("mengancam_jiwa", "perlu_perawatan"),
        title=N_("Luka atau sakit"),
    )


_NOT_KNOWN = "tidak ingat|tidak ingat lagi|sudah lupa|lupa lagi|tidak ingat kak"
"""Not to remember is not to say that it happened."""


def sexual_event(text: str) -> Ask:
    """R5: whether and when; never what (domain 4.3)."""
    return Ask(
        "R5",
        text,
        (
            Choice("<=72_jam", N_("Ya, 3 hari terakhir"), alarm=True, says=_LATELY + _LATELY_SAID),
            Choice(">72_jam", N_("Ya, sudah lebih lama"), says=_LONG_AGO, sure=True),
            Choice("daring", N_("Ya, lewat internet"), says=_ONLINE),
            Choice("ya", N_("Ya, tidak ingat kapan"), says=_SOMETIME),
            Choice("tidak", N_("Tidak"), says=_NEVER),
            replace(DONT_KNOW, says=_NOT_KNOWN),
        ),
        title=N_("Kejadian seksual"),
    )


_STILL = "|tiap malam|tiap hari|setiap malam|setiap hari|masih|masih terus|masih sampai sekarang|hampir tiap hari|hampir tiap malam"
SEXUAL_LATELY = Ask(
    "seksual_baru",
    N_("Kira-kira, apakah itu dalam 3 hari terakhir?"),
    (
        Choice("ya", N_("Ya"), alarm=True, also=(("R5", "<=72_jam"),), says=_LATELY + _STILL),
        Choice("tidak", N_("Tidak, lebih lama"), also=(("R5", ">72_jam"),), says=_LONG_AGO),
        DONT_KNOW,
    ),
    title=N_("Dalam 3 hari terakhir"),
)
SEXUAL_LATELY_IF_YES = Only(
    Either((among("R5", "ya"), Every((Told(SEXUAL_LATELY.key), among("R5", "<=72_jam", ">72_jam"))))),
    (SEXUAL_LATELY,),
)
"""A bare yes to R5 tells no time: within three days there is medical help that later comes too late (domain 5.2)."""


def dying(text: str) -> Ask:
    """R6, asked directly (domain 4.6)."""
    return Ask(
        "R6",
        text,
        (
            Choice("tidak", N_("Tidak"), says=_NEVER),
            Choice("pikiran", N_("Ya, kadang terpikir"), says=THOUGHT_SAYS),
            Choice("rencana_atau_alat", N_("Ya, ada rencana"), alarm=True, says=PLAN_SAYS, sure=True),
            Choice("sedang_mencoba", N_("Sedang mencoba sekarang"), alarm=True, says=TRYING_SAYS, sure=True),
            DONT_KNOW,
        ),
        gravest=("sedang_mencoba", "rencana_atau_alat", "pikiran"),
        title=N_("Pikiran mengakhiri hidup"),
    )


PLAN = Ask(
    "mati_kini",
    N_("Apakah sudah ada rencana, atau sedang mencoba?"),
    (
        Choice("sedang_mencoba", N_("Sedang mencoba sekarang"), alarm=True, also=(("R6", "sedang_mencoba"),), says=TRYING_SAYS, sure=True),
        Choice("rencana", N_("Ya, ada rencana"), alarm=True, also=(("R6", "rencana_atau_alat"),), says=PLAN_SAYS, sure=True),
        Choice("tidak", N_("Belum"), also=(("R6", "pikiran"),)),
        Choice("tidak_tahu", DONT_KNOW.label, also=(("R6", "pikiran"),)),
    ),
    gravest=("sedang_mencoba", "rencana"),
    title=N_("Rencana mengakhiri hidup"),
)
PLAN_IF_THOUGHT = Only(
    Every((Not(Told("rencana_mati")), Either((among("R6", "pikiran"), Told(PLAN.key))))),
    (PLAN,),
)
"""A bare yes to R6 tells of no plan and denies none (domain 4.6): once, unless a danger word had it asked before."""


_SOMEBODY = "nenek|kakek|bu guru|pak guru|guru|guruku|kakakku|simbah|tetangga|nenekku|kakekku|tanteku|pamanku"
"""“Om”, “kakak” and the like by themselves address whoever is written to."""
_PROTECTORS = f"{_SOMEBODY}|" + said(
    f"{_SOMEBODY}|tante|paman|om|bibi|bude|pakde|kakak|mbah",
    *("ada ", "ya ", "ya ada ", "sama ", "ada bu ", "ada sama "),
)
"""Only as the whole answer: “ada nenek tapi nenek juga dipukul” protects nobody."""


def protected(text: str, title: str) -> Ask:
    """R10: whether a grown-up looks after them now."""
    no = Choice("tidak", YES_NO[1].label, says="tidak ada siapa siapa|tidak punya|tidak ada orang|tidak ada yang jaga|sendirian")
    return Ask("R10", text, (Choice("ya", YES_NO[0].label, says=_PROTECTORS, sure=True), no, DONT_KNOW), title=title)


def need(text: str) -> Only:
    """What makes it hard to reach or talk to them, so that people come prepared (Blora 2d): asked only where a disability was named."""
    choices = (
        Choice("membaca", N_("Membaca atau menulis")),
        Choice("mendengar", N_("Mendengar atau bicara")),
        Choice("bergerak", N_("Berjalan atau bergerak")),
        Choice("tidak_tahu", DONT_KNOW.label, alone=True),
    )
    return Only(among("disabilitas", "ya"), (Ask("akses", text, choices, many=True, title=N_("Perlu bantuan untuk")),))


def left(text: str) -> Ask:
    """R8: locked in, tied, or left without care or food."""
    return Ask(
        "R8",
        text,
        (
            Choice("sedang", N_("Ya, sekarang"), says=_NOW_LEFT),
            Choice("sering", N_("Ya, sering"), says=_OFTEN_LEFT),
            Choice("tidak", N_("Tidak"), says=_NOT_LEFT, sure=True),
            DONT_KNOW,
        ),
        title=N_("Dikurung atau ditinggal"),
    )
