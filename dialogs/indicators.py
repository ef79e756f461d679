"""Indicators of domain 5.2 that branches ask in words of their own: the same codes and the same answers, whoever tells it."""

from __future__ import annotations

from dialogs.parts import DONT_KNOW
from hotline.engine.nodes import Ask, Choice, Only, among
from hotline.i18n import N_


def hurt(text: str) -> Ask:
    """R2: how badly, as whoever tells it sees it."""
    return Ask(
        "R2",
        text,
        (
            Choice("mengancam_jiwa", N_("Ya, sangat berat"), alarm=True),
            Choice("perlu_perawatan", N_("Ya, perlu dirawat")),
            Choice("ringan", N_("Ya, ringan")),
            Choice("tidak", N_("Tidak")),
            DONT_KNOW,
        ),
        title=N_("Luka atau sakit"),
    )


def sexual_event(text: str) -> Ask:
    """R5: whether and when; never what (domain 4.3)."""
    return Ask(
        "R5",
        text,
        (
            Choice("<=72_jam", N_("Ya, 3 hari terakhir"), alarm=True),
            Choice(">72_jam", N_("Ya, sudah lebih lama")),
            Choice("daring", N_("Ya, lewat internet")),
            Choice("tidak", N_("Tidak")),
            DONT_KNOW,
        ),
        title=N_("Kejadian seksual"),
    )


def dying(text: str) -> Ask:
    """R6, asked directly (domain 4.6)."""
    return Ask(
        "R6",
        text,
        (
            Choice("tidak", N_("Tidak")),
            Choice("pikiran", N_("Ya, kadang terpikir")),
            Choice("rencana_atau_alat", N_("Ya, ada rencana"), alarm=True),
            Choice("sedang_mencoba", N_("Sedang mencoba sekarang"), alarm=True),
            DONT_KNOW,
        ),
        title=N_("Pikiran mengakhiri hidup"),
    )


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
            Choice("sedang", N_("Ya, sekarang")),
            Choice("sering", N_("Ya, sering")),
            Choice("tidak", N_("Tidak")),
            DONT_KNOW,
        ),
        title=N_("Dikurung atau ditinggal"),
    )
