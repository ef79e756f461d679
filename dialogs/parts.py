"""Questions that several dialogs share: who holds the phone, where, the ticket, what comes next."""

from __future__ import annotations

from dialogs import ready
from dialogs.hour_words import EVENING, MIDDAY, MORNING
from dialogs.phone_words import ANY_TIME, AT_TIMES, MINE_SAYS, NEVER_WRITE, SHARED_SAYS, UNSAFE_SAYS, WATCHED_SAYS
from dialogs.sayings import said, with_numbers
from dialogs.work_words import ARMED, AT_OFFICE, AT_SCHOOL, AT_VILLAGE
from hotline.engine.nodes import Ask, Branch, Choice, Every, Free, Goto, Node, Not, Only, Say, SetContact, Told, among
from hotline.i18n import N_

UNKNOWN = "tidak_tahu"
DONT_KNOW = Choice(UNKNOWN, N_("Tidak tahu / lewati"))
SKIP = Choice("lewati", N_("Lewati"))
YES_NO = (Choice("ya", N_("Ya")), Choice("tidak", N_("Tidak")), DONT_KNOW)
NO_OR_UNKNOWN = YES_NO[1:]


def yes_no(key: str, text: str, title: str, *, alarm: bool = False) -> Ask:
    """A question with yes, no and "do not know or skip"."""
    return Ask(key, text, (Choice("ya", N_("Ya"), alarm=alarm), *YES_NO[1:]), title=title)


def story(text: str) -> Ask:
    """What they want to tell, in words of their own."""
    return Ask("cerita", text, (SKIP,), free=Free.WORDS, title=N_("Cerita"))


_UNDER_ONE_ROOF = (
    "satu rumah|serumah|tinggal bareng|tinggal bersama|tinggal serumah"
    "|tinggal satu rumah|tinggal sama dia|sak omah|seomah|same house|live together"
)
TOGETHER = said(_UNDER_ONE_ROOF, "*", "ya ")
GONE = said("sudah meninggal|sudah mati|sudah tiada|dipenjara|sudah dipenjara|sudah ditangkap|sudah ditahan", "", "dia ", "orangnya ")
"""Whoever can meet nobody any more."""


def years(first: int, last: int) -> str:
    """How an age is written: “12 tahun”, “umur 12”. The bare number is one, too, where choices are not counted."""
    return with_numbers(range(first, last + 1), "{} tahun", "{} th", "{} thn", "umur {}", "umurku {}", "{} taun", "{} years")


OF_AGE = years(18, 99) + "|18 tahun ke atas|18 ke atas|18 tahun keatas|di atas 18|di atas 18 tahun|lebih dari 18"


def phone(mine: str = N_("Hanya saya yang pegang"), watched: str = N_("Orang itu bisa melihat")) -> Ask:
    """Domain 4.4, question 1: asked right after the danger question."""
    return Ask(
        "hp",
        N_("Apakah HP ini aman dipakai?"),
        (
            Choice("mine", mine, says=MINE_SAYS, sure=True),
            Choice("shared", N_("Dipakai orang lain juga"), says=SHARED_SAYS),
            Choice("watched", watched, says=WATCHED_SAYS),
            Choice("unknown", N_("Tidak tahu"), says=UNSAFE_SAYS),
        ),
        title=N_("HP ini"),
        gravest=("watched", "unknown", "shared"),
    )


PULL_ONLY = Say(
    N_(
        "Kami tidak akan menulis lebih dulu ke HP ini. Kabarnya bisa dilihat kapan saja: kirim CEK. Untuk keluar "
        "cepat kirim TUTUP; di Telegram obrolan ini ikut terhapus. Untuk meneruskan lain waktu, kirim LANJUT.\n"
        "Di WhatsApp hapus sendiri sesudahnya: menu titik tiga, Lainnya, Bersihkan Chat."
    )
)

SAFE_HOURS = (
    Choice("08-12", N_("Pagi, jam 8-12"), says=MORNING, number=8),
    Choice("12-17", N_("Siang, jam 12-17"), says=MIDDAY, number=12),
    Choice("17-21", N_("Malam, jam 17-21"), says=EVENING, number=17),
)

MAY_WE_WRITE: tuple[Node, ...] = (
    Ask(
        "boleh_kirim",
        N_("Bolehkah kami mengirim pesan lagi ke sini?"),
        (
            Choice("yes", N_("Boleh"), says=ANY_TIME, sure=True),
            Choice("hours", N_("Hanya jam tertentu"), says=AT_TIMES),
            Choice("no", N_("Jangan"), says=NEVER_WRITE),
        ),
        title=N_("Boleh kami kirim pesan"),
        gravest=("no", "hours"),
    ),
    Branch(
        "boleh_kirim",
        {
            "hours": (
                Ask(
                    "jam_aman",
                    N_("Jam berapa yang aman?"),
                    SAFE_HOURS,
                    title=N_("Jam yang aman"),
                ),
            )
        },
    ),
    SetContact("mine", "boleh_kirim", "jam_aman"),
)
"""Domain 4.4, questions 2 and 3, for a phone that the person alone holds. On any other nothing is ever sent first."""

_CONTACT = Branch("hp", {"mine": MAY_WE_WRITE}, default=(SetContact("hp", "no"), PULL_ONLY))
SAFE_CONTACT: tuple[Node, ...] = (phone(), _CONTACT)
SAFE_CONTACT_OF_NOBODY: tuple[Node, ...] = (phone(watched=N_("Orang lain bisa melihat")), _CONTACT)
"""The same where nobody was spoken of who could look: a request or a complaint."""

TICKET = Say(ready.TICKET, alone=True)
CONFLICT = Ask(
    "R14",
    N_("Apakah orang yang menyakiti bekerja di salah satu tempat ini? Ini membantu kami memilih petugas yang tepat."),
    (
        Choice("sekolah", N_("Sekolah"), says=AT_SCHOOL),
        Choice("desa", N_("Kantor desa/kecamatan"), says=AT_VILLAGE),
        Choice("polisi", N_("Polisi atau TNI"), says=ARMED),
        Choice("dinas", N_("Dinas"), says=AT_OFFICE),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Pekerjaan orang itu"),
)


def emergency_way(key: str, *codes: str) -> Only:
    """An answer after which no form goes on (domain 4.6): where, is it safe to call, and we stay. Only once in a story."""
    return Only(Every((among(key, *codes), Not(Told("tempat")))), (Goto("darurat"),))


SEXUAL = among("R5", "<=72_jam", ">72_jam", "daring", "ya")
