"""The parts of a region's profile as pydantic values: frozen, without unknown keys. Keys are Indonesian, for the Dinas."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from hotline.case import Level, Track

Text = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(strict=True, pattern=re.compile(r"^[A-Za-z0-9_]+$"))]
Minutes = Annotated[StrictInt, Field(ge=0)]
Right = Literal["baca", "kerja", "tutup", "setujui", "jejak", "kirim_ulang", "piket", "akun"]
"""The rights of `hotline.staff.Right`, as a profile names them."""


class Part(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Region(Part):
    """The kabupaten itself. `code` is Kemendagri's, such as 33.24."""

    code: Annotated[str, StringConstraints(pattern=re.compile(r"^\d\d\.\d\d$"))] = Field(alias="kode")
    name: Text = Field(alias="nama")
    timezone: Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"] = Field(alias="zona_waktu")
    languages: tuple[Annotated[str, StringConstraints(pattern=re.compile(r"^[a-z]{2,3}$"))], ...] = Field(alias="bahasa", min_length=1)


class Law(Part):
    """A regulation that the profile rests on."""

    id: Code
    title: Text = Field(alias="judul")
    status: Literal["berlaku", "dicabut", "bawaan_nasional"]
    """`bawaan_nasional`: national law that fills what the region's own regulation leaves open."""
    revokes: tuple[Text, ...] = Field(default=(), alias="mencabut")
    note: str = Field(default="", alias="catatan")


class Basis(Part):
    """Where in a regulation something is said."""

    law: Code = Field(alias="aturan")
    article: str = Field(default="", alias="pasal")


class Office(Part):
    """An office of the kabupaten; never a person."""

    name: Text = Field(alias="nama")
    basis: tuple[Basis, ...] = Field(alias="dasar", min_length=1)
    confirmed: StrictBool = Field(alias="dikonfirmasi")
    """Whether the Dinas has confirmed the name."""


class Offices(Part):
    """Child cases and aid have separate offices, even where they are the same."""

    child: Office = Field(alias="kasus_anak")
    aid: Office = Field(alias="bantuan_sosial")


class Stage(Part):
    """One stage of a track. Without `next` the stage written after it follows."""

    code: Code = Field(alias="kode")
    name: Text = Field(alias="nama")
    basis: tuple[Basis, ...] = Field(alias="dasar", min_length=1)
    next: tuple[Code, ...] | None = Field(default=None, alias="ke")
    needs: tuple[Literal["pemegang_kasus", "surat_tugas", "rencana_layanan"], ...] = Field(default=(), alias="syarat")
    """What must be so before a case may come here; `pemegang_kasus`: somebody holds it, `surat_tugas`: by a letter of assignment,
    `rencana_layanan`: a conference has made a plan of services."""
    waits: StrictBool = Field(default=False, alias="menunggu_persetujuan")
    """The case only waits here for an approval; an emergency passes it by."""


class Term(Part):
    """A word of the region's taxonomy: what a case is about. `parent` groups it under a term of the regulation."""

    code: Code = Field(alias="kode")
    name: Text = Field(alias="nama")
    parent: Code | None = Field(default=None, alias="induk")
    basis: tuple[Basis, ...] = Field(default=(), alias="dasar")


class ClosingReason(Part):
    """Why a case may end. `before`: only a case that is not registered yet (NON_KASUS); otherwise only one that is."""

    code: Code = Field(alias="kode")
    name: Text = Field(alias="nama")
    basis: tuple[Basis, ...] = Field(default=(), alias="dasar")
    before: StrictBool = Field(default=False, alias="sebelum_registrasi")
    needs_result: StrictBool = Field(default=False, alias="perlu_hasil")
    """The reporter must have been answered."""
    needs_note: StrictBool = Field(default=False, alias="perlu_catatan")
    """A note must tell more."""
    highest: Literal["RENDAH", "SEDANG", "TINGGI", "DARURAT_TELAAH", "DARURAT"] | None = Field(default=None, alias="tingkat_tertinggi")
    """The gravest case that may end so; not written: any, before registration TINGGI."""

    @property
    def highest_level(self) -> Level:
        """`highest` as a level. Closing a DARURAT before anybody registered it would be lowering it by one person (I7)."""
        return Level[self.highest] if self.highest else Level.TINGGI if self.before else Level.DARURAT


class Document(Part):
    """A paper that belongs to a stage. It never holds up an emergency or the acceptance of a report."""

    code: Code = Field(alias="kode")
    name: Text = Field(alias="nama")
    stage: Code = Field(alias="tahap")
    reporter: Text = Field(default="semua", alias="pelapor")
    required: StrictBool = Field(alias="wajib")
    basis: tuple[Basis, ...] = Field(alias="dasar", min_length=1)


class TrackPart(Part):
    """One of the two tracks. `registered`: the stage from which a case counts as registered; `end`: the stage of a closed case."""

    origin: Literal["perbup", "bawaan_nasional"] = Field(alias="asal")
    registered: Code = Field(alias="terdaftar_sejak")
    end: Code = Field(alias="tahap_akhir")
    stages: tuple[Stage, ...] = Field(alias="tahap", min_length=2)
    parallel: tuple[Term, ...] = Field(alias="paralel", min_length=1)
    """What may happen beside any stage and is held up by none: KEDARURATAN."""
    kinds: tuple[Term, ...] = Field(alias="jenis", min_length=1)
    closing: tuple[ClosingReason, ...] = Field(alias="alasan_penutupan", min_length=1)
    documents: tuple[Document, ...] = Field(default=(), alias="dokumen")


class Tracks(Part):
    """Both tracks."""

    anak: TrackPart
    layanan: TrackPart


class Approval(Part):
    """Only this role may bring a case to this stage; skipped in an emergency where the profile says so (I3)."""

    track: Literal["anak", "layanan"] = Field(alias="jalur")
    stage: Code = Field(alias="tahap")
    by: Code = Field(alias="oleh")
    skipped_in: Literal["kedaruratan"] = Field(alias="dilewati_bila")
    basis: tuple[Basis, ...] = Field(alias="dasar", min_length=1)

    @property
    def of(self) -> Track:
        """The track as the core names it."""
        return Track(self.track)


class RolePart(Part):
    """What a unified role is called here, and what it may do."""

    code: Code = Field(alias="kode")
    name: Text = Field(alias="nama")
    rights: tuple[Right, ...] = Field(alias="hak")
    basis: tuple[Basis, ...] = Field(default=(), alias="dasar")


class Rung(Part):
    """One step of a ladder: so many minutes without a human, this role is told."""

    minutes: Minutes = Field(alias="menit")
    role: Code = Field(alias="peran")


class Sla(Part):
    """The times of one level: policy of the Dinas, never law. Whole minutes; with `working_days` 1,440 of them are a working day."""

    acknowledge_minutes: Minutes = Field(alias="akui_menit")
    contact_minutes: Minutes = Field(alias="kontak_menit")
    assign_minutes: Minutes = Field(alias="tugaskan_menit")
    working_days: StrictBool = Field(alias="hari_kerja")
    escalation: tuple[Rung, ...] = Field(alias="eskalasi", min_length=1)


class Slas(Part):
    """The times of all levels, and who adopted them."""

    origin: Literal["kebijakan_dinas"] = Field(alias="asal")
    adopted: StrictBool = Field(alias="ditetapkan")
    DARURAT: Sla
    TINGGI: Sla
    SEDANG: Sla
    RENDAH: Sla


FIRST_ON_CALL, SECOND_ON_CALL, REPORTER = "PIKET_1", "PIKET_2", "PELAPOR"
"""Whom a rung may name beside roles: the roster's two positions, and the reporter, who is told that nobody has answered yet."""


class AlarmRung(Part):
    """One step of the ladder of an emergency: so many minutes without a human, and these are rung together."""

    minutes: Minutes = Field(alias="menit")
    told: tuple[Code, ...] = Field(alias="kepada", min_length=1)


class OnCall(Part):
    """Who is rung: a ladder of positions and roles. The roster itself is kept by the Dinas in the panel, never here."""

    roster: Literal["belum_diisi", "di_panel"] = Field(alias="jadwal")
    ladder: tuple[AlarmRung, ...] = Field(alias="eskalasi", min_length=1)
    rearm_minutes: Annotated[StrictInt, Field(ge=1, le=1440)] = Field(default=10, alias="bunyi_lagi_menit")
    """Acknowledged, but no action recorded: it rings anew after so long."""
    repeat_minutes: Annotated[StrictInt, Field(ge=1, le=1440)] = Field(default=15, alias="ulang_menit")
    """After the last rung everybody is rung again every so often, until somebody answers."""
    keep_days: Annotated[StrictInt, Field(ge=90, le=3650)] = Field(default=730, alias="simpan_hari")
    """Whom an alarm called and when is forgotten so long after it ended; figures and events stay. Two years of monthly drill reports."""


class Number(Part):
    """An emergency number. It is shown to citizens only when it was verified, by a named source, on a day."""

    number: Annotated[str, StringConstraints(pattern=re.compile(r"^[0-9][0-9 -]*[0-9]( ext [0-9]+)?$"))] = Field(alias="nomor")
    label: Text = Field(alias="sebutan")
    status: Literal["terverifikasi", "belum_diverifikasi"]
    verified_on: date | None = Field(default=None, alias="diverifikasi_pada")
    verified_by: Text | None = Field(default=None, alias="diverifikasi_oleh")
    note: str = Field(default="", alias="catatan")

    @property
    def shown(self) -> bool:
        """Whether citizens may read it."""
        return self.status == "terverifikasi"


class Hours(Part):
    """When people answer. Until the Dinas confirms the hours, citizens read `text` only."""

    days: tuple[Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"], ...] = Field(alias="hari", min_length=1)
    opens: Annotated[str, StringConstraints(pattern=re.compile(r"^([01]\d|2[0-3]):[0-5]\d$"))] = Field(alias="buka")
    closes: Annotated[str, StringConstraints(pattern=re.compile(r"^([01]\d|2[0-3]):[0-5]\d$"))] = Field(alias="tutup")
    text: Text = Field(alias="teks")
    confirmed: StrictBool = Field(alias="dikonfirmasi")


class Conversation(Part):
    """How the chat behaves."""

    quiet_minutes: Annotated[StrictInt, Field(ge=5, le=1440)] = Field(default=30, alias="menit_hening")
    """After so long without a word a half-told story becomes a case."""


class RegionalWords(Part):
    """Danger words of the local languages, in the notation of `hotline.triage.lexicon`."""

    status: Literal["belum_ditinjau", "ditinjau_penutur"]
    words: tuple[Text, ...] = Field(default=(), alias="kata")


class Registry(Part):
    """The poverty register that aid requests are looked up in; absence never refuses a request (I14)."""

    name: Text = Field(alias="nama")
    aliases: tuple[Text, ...] = Field(default=(), alias="alias")
    way: Literal["manual", "impor"] = Field(alias="cara")


class Texts(Part):
    """Texts of the region's own: the neutral name of the service, and replacements of dialog texts by their key."""

    neutral_name: Text = Field(alias="nama_netral")
    instead: dict[Text, Text] = Field(default_factory=dict, alias="ganti")
