"""The door: is anybody in danger now, before anything else; then who is writing and what for."""

from __future__ import annotations

from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Call, Choice, Goto, Node, Say
from hotline.i18n import N_

CHILD = Choice("anak", N_("Aku anak, butuh bantuan"), also=(("pelapor", "anak"),))
ABOUT_CHILD = Choice("lapor", N_("Cerita tentang anak"))
AID = Choice("bantuan", N_("Bantuan sosial"))
INFORMATION = Choice("info", N_("Informasi"))
CHECK = Choice("cek", N_("Lihat kabar (CEK)"))

DANGER = Ask(
    "R1", N_("Halo, ini layanan otomatis {nama_netral}. Apakah ada yang sedang dalam bahaya sekarang?"),
    (Choice("ya", N_("Ya"), alarm=True), Choice("tidak", N_("Tidak")), Choice("tidak_tahu", N_("Tidak tahu"))), title=N_("Bahaya sekarang"))

_WAYS: dict[str, tuple[Node, ...]] = {
    "anak": (Goto("report"),), "lapor": (Goto("report"),), "bantuan": (Goto("aid"),), "cek": (Goto("status"),), "info": (Goto("information"),),
}

_FIRST_VISIT: tuple[Node, ...] = (
    DANGER,
    Branch("R1", {"ya": (Goto("darurat"),)}),
    Say(N_("Pesan dijawab otomatis dan dibaca petugas. Jam petugas: {jam}. English / Basa Jawa: kirim BAHASA.")),
    Ask("menu", N_("Apa yang bisa kami bantu?"), (CHILD, ABOUT_CHILD, AID, CHECK, INFORMATION), private=True),
    Branch("menu", _WAYS),
    Goto("information"),
)

_RETURN: tuple[Node, ...] = (
    Ask("menu_lagi", N_("Halo lagi dari layanan otomatis {nama_netral}. Apa yang bisa kami bantu?"), (
        Choice("bahaya", N_("Ada bahaya sekarang"), alarm=True, also=(("R1", "ya"),)),
        Choice("cek", N_("Lihat kabar (CEK)")),
        Choice("tambah", N_("Menambah cerita")),
        Choice("baru", N_("Hal yang baru")),
        Choice("info", N_("Informasi")),
    ), private=True),
    Branch("menu_lagi", {
        "bahaya": (Goto("darurat"),), "cek": (Goto("status"),), "tambah": (Goto("follow_up"),), "info": (Goto("information"),), "baru": _FIRST_VISIT,
    }),
    Goto("information"),
)

WELCOME = Dialog("welcome", (
    Call("own_case"),
    Branch("own_case.has", {"yes": _RETURN}),
    *_FIRST_VISIT,
))
