"""The door: is anybody in danger now, before anything else; then who is writing and what for."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import ready
from dialogs.who_words import BETWEEN_GROWN_UPS
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Call, Choice, Goto, Node, Only, Say, among
from hotline.i18n import N_

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa"}
"""Each in itself, so that it is found by whoever needs it."""

CRIES = (
    "bahaya|ada bahaya|danger|tolong|tulung|tulungi|help"
    "|tidak aman|belum aman|kurang aman|tidak selamat|ora aman|durung aman|mboten aman|not safe|unsafe"
)
"""What a question about danger takes for a yes, beside a yes."""
YES_DANGER = f"{CRIES}|wonten|ana|ono|iyo ono|inggih wonten|injih|yeah|yes there is|there is|ya ada bahaya|terancam"

NO_DANGER = (
    "aman|aman saja|sekarang aman|aman sekarang|sudah aman|sekarang sudah aman|aman kok|aman aman saja|aman2|baik baik saja|baik-baik saja"
    "|gada|gaada|alhamdulillah aman|alhamdulillah tidak ada|tidak ada bahaya|mboten enten|ndak ada ji|tidak ada ji|ora ono opo opo"
    "|mboten wonten bebaya|ora ana bebaya|no danger|no one is in danger"
)

DANGER = Ask(
    "R1",
    ready.DANGER,
    (
        Choice("ya", N_("Ya"), alarm=True, says=YES_DANGER),
        Choice("tidak", N_("Tidak"), says=NO_DANGER),
        Choice("tidak_tahu", N_("Tidak tahu")),
    ),
    title=N_("Bahaya sekarang"),
)

_CHILD_SAYS = (
    "aku anak|aku masih anak|*aku masih sd|*aku masih smp|*aku masih sma|*aku kelas|*aku anak|*bapakku|*ibuku|*papaku|*mamaku|*aku dipukul"
    "|*aku takut|i am a child|*i am a child|*my dad|*my mom|aku bocah|*aku isih sd"
)
_REPORT_SAYS = (
    "lapor|melapor|laporan|mau lapor|saya mau lapor|ingin lapor|cerita|mau cerita|report|i want to report|wadul|arep wadul|lapur"
    "|*lapor anak|*melaporkan anak|*anak dipukul|*anak dipukuli|*anak disiksa|*anak dianiaya|*anak ditelantarkan|*anak tetangga|*murid saya"
    "|*siswa saya|*keponakan saya|*kekerasan anak|*kekerasan pada anak|*a child|*bocah digebuki|*anake tangga"
    f"|kdrt|*kdrt|{BETWEEN_GROWN_UPS}"
)
_AID_SAYS = (
    "bantuan|bansos|minta bantuan|mau bantuan|butuh bantuan|sembako|pkh|blt|dtks|dtsen|kis|bpjs|aid|social aid|njaluk bantuan"
    "|*nyuwun bantuan|*minta bantuan|*butuh bantuan|*mengajukan bantuan|*ajukan bantuan|*minta beras|*kursi roda"
    "|*bansos|*sembako|*pkh|*blt|*bantuan sosial|*bantuan pangan|*beras miskin|*kartu kis|*dtks|*dtsen|*surat tidak mampu|*social aid"
    "|*kebanjiran|*kebakaran rumah|*rumah kebakaran|*rumah saya kebakaran|*diusir dari kontrakan"
)
"""How people say it in their own words; what begins with “*” is heard in the middle of a sentence too."""

MENU = Ask(
    "menu",
    N_("Apa yang bisa kami bantu?"),
    (
        Choice("anak", N_("Aku anak, butuh bantuan"), also=(("pelapor", "anak"),), says=_CHILD_SAYS),
        Choice("lapor", N_("Cerita tentang anak"), says=_REPORT_SAYS),
        Choice("bantuan", N_("Bantuan sosial"), says=_AID_SAYS),
        Choice(
            "cek", N_("Lihat kabar (CEK)"), says="kabar|*kabar laporan|*status laporan|*kode saya|*pin saya|check my report|pirsa kabar"
        ),
        Choice("info", N_("Informasi"), says="info|tanya|mau tanya|*mau tanya|*jam buka|information|takon|*arep takon"),
    ),
    private=True,
)

_WAYS = {"anak": "report", "lapor": "report", "bantuan": "aid", "cek": "status", "info": "information"}

COME_BACK = Ask(
    "menu_lagi",
    N_("Halo lagi dari layanan otomatis {nama_netral}. Apa yang bisa kami bantu?"),
    (
        Choice("bahaya", N_("Ada bahaya sekarang"), alarm=True, also=(("R1", "ya"),)),
        Choice("cek", N_("Lihat kabar (CEK)")),
        Choice("tambah", N_("Menambah cerita")),
        Choice("baru", N_("Hal yang baru")),
        Choice("info", N_("Informasi")),
    ),
    private=True,
)


NEWS = Only(among("own_case.news", "yes"), (Say(N_("Ada pembaruan untuk kode {own_case.code}. Kirim CEK untuk membacanya.")),))
"""The notice of it may have been held, or come at a bad time; no topic, as in the notice itself."""


def _first_visit(languages: Sequence[str]) -> tuple[Node, ...]:
    others = " / ".join(LANGUAGE_NAMES[code] for code in languages if code != "id")
    return (
        DANGER,
        Branch("R1", {"ya": (Goto("darurat"),)}),
        Say(ready.WHAT_THIS_IS),
        *((Say(f"{others}: BAHASA"),) if others else ()),
        MENU,
        Branch("menu", {code: (Goto(dialog),) for code, dialog in _WAYS.items()}),
    )


def welcome(languages: Sequence[str]) -> Dialog:
    """The dialog for one region. Whoever told something before goes straight to it, with danger still the first choice."""
    return Dialog(
        "welcome",
        (
            Call("own_case"),
            Branch(
                "own_case.has",
                {
                    "yes": (
                        NEWS,
                        COME_BACK,
                        Branch(
                            "menu_lagi",
                            {
                                "bahaya": (Goto("darurat"),),
                                "cek": (Goto("status"),),
                                "tambah": (Goto("follow_up"),),
                                "info": (Goto("information"),),
                                "baru": _first_visit(languages),
                            },
                        ),
                    )
                },
            ),
            *_first_visit(languages),
        ),
    )
