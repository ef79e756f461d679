"""A region's profile: what its law, its Dinas and its Bupati decided, as the rest of the program asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from pydantic import Field

from hotline.case import Level, Track
from hotline.regions.parts import (
    Approval,
    ClosingReason,
    Conversation,
    Hours,
    Law,
    Number,
    Offices,
    OnCall,
    Part,
    Region,
    RegionalWords,
    Registry,
    RolePart,
    Sla,
    Slas,
    Stage,
    Term,
    Text,
    Texts,
    TrackPart,
    Tracks,
)


class ProfileFile(Part):
    """The whole of one file."""

    region: Region = Field(alias="wilayah")
    laws: tuple[Law, ...] = Field(alias="dasar_hukum", min_length=1)
    offices: Offices = Field(alias="kantor")
    hours: Hours = Field(alias="jam_layanan")
    tracks: Tracks = Field(alias="jalur")
    approvals: tuple[Approval, ...] = Field(default=(), alias="persetujuan")
    roles: tuple[RolePart, ...] = Field(alias="peran", min_length=1)
    sla: Slas
    on_call: OnCall = Field(alias="piket")
    numbers: tuple[Number, ...] = Field(alias="kontak_darurat", min_length=1)
    conversation: Conversation = Field(default_factory=Conversation, alias="percakapan")
    words: RegionalWords = Field(alias="kata_kunci_daerah")
    registry: Registry = Field(alias="registri")
    centres: dict[Text, tuple[float, float]] = Field(default_factory=dict, alias="titik_kecamatan")
    """About the middle of each kecamatan: latitude, longitude (WGS 84). A shared location is asked about by them, never decided."""
    texts: Texts = Field(alias="teks")


@dataclass(frozen=True)
class Profile:
    """One kabupaten. `slug` names its file and its address; `villages` are the desa and kelurahan of each kecamatan,
    `elsewhere` the names of all provinces, kabupaten and kota that it does not lie in.
    """

    slug: str
    file: ProfileFile = field(repr=False)
    villages: Mapping[str, tuple[str, ...]] = field(repr=False)
    elsewhere: tuple[str, ...] = field(default=(), repr=False)

    @property
    def code(self) -> str:
        """Kemendagri's code, such as 33.24."""
        return self.file.region.code

    @property
    def name(self) -> str:
        """Such as Kabupaten Kendal."""
        return self.file.region.name

    @property
    def timezone(self) -> str:
        """An IANA name."""
        return self.file.region.timezone

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the chat, the source language first."""
        return self.file.region.languages

    @property
    def districts(self) -> tuple[str, ...]:
        """The kecamatan."""
        return tuple(self.villages)

    @property
    def centres(self) -> Mapping[str, tuple[float, float]]:
        """Latitude and longitude of the middle of those kecamatan for which the Dinas gave it."""
        return MappingProxyType(self.file.centres)

    @property
    def quiet_minutes(self) -> int:
        """After so long without a word a half-told story becomes a case."""
        return self.file.conversation.quiet_minutes

    @property
    def danger_words(self) -> frozenset[str]:
        """Danger words of the local languages, for `hotline.triage.danger_words`."""
        return frozenset(self.file.words.words)

    @property
    def texts(self) -> Mapping[str, str]:
        """Dialog texts that the region says in its own words, by their key."""
        return MappingProxyType(self.file.texts.instead)

    @property
    def roles(self) -> tuple[RolePart, ...]:
        """What the roles are called here, with their rights."""
        return self.file.roles

    @property
    def ladder_minutes(self) -> tuple[int, ...]:
        """When the next rung of the on-call ladder is told, in minutes since the alarm."""
        return tuple(rung.minutes for rung in self.file.on_call.ladder)

    def track(self, track: Track) -> TrackPart:
        """All that the profile says of one track."""
        return self.file.tracks.anak if track is Track.ANAK else self.file.tracks.layanan

    def stages(self, track: Track) -> tuple[Stage, ...]:
        """The stages in the order of the regulation."""
        return self.track(track).stages

    def first_stage(self, track: Track) -> Stage:
        """Where a new case stands."""
        return self.track(track).stages[0]

    def kinds(self, track: Track) -> tuple[Term, ...]:
        """What a case of the track can be about."""
        return self.track(track).kinds

    def closing_reasons(self, track: Track) -> tuple[ClosingReason, ...]:
        """Every reason to close, of a registered case and of one before; `hotline.workflow.closing_reasons` knows which apply now."""
        return self.track(track).closing

    def sla(self, level: Level) -> Sla:
        """The times of a level; DARURAT_TELAAH has those of DARURAT."""
        slas = self.file.sla
        match level:
            case Level.DARURAT | Level.DARURAT_TELAAH:
                return slas.DARURAT
            case Level.TINGGI:
                return slas.TINGGI
            case Level.SEDANG:
                return slas.SEDANG
            case Level.RENDAH:
                return slas.RENDAH

    def approvals(self, track: Track) -> tuple[Approval, ...]:
        """Which stages need somebody's approval."""
        return tuple(a for a in self.file.approvals if a.of is track)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The emergency numbers that citizens may be shown: the verified ones, in the order of the file."""
        return tuple(number for number in self.file.numbers if number.shown)

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What texts for citizens may name, ready to read. No SLA is among them, and no number that was not verified."""
        offices, laws = self.file.offices, {law.id: law.title for law in self.file.laws}
        basis = {track: laws[self.first_stage(track).basis[0].law] for track in Track}
        hours = self.file.hours
        return MappingProxyType(
            {
                "nama_netral": self.file.texts.neutral_name,
                "wilayah": self.name,
                "nomor_darurat": "\n".join(f"{n.number} ({n.label})" for n in self.numbers),
                "nomor_singkat": ", ".join(n.number for n in self.numbers),
                "jam": hours.text,
                "kantor_anak": offices.child.name,
                "kantor_bantuan": offices.aid.name,
                "dasar_hukum": "; ".join(dict.fromkeys(basis.values())),
                "dasar_hukum_anak": basis[Track.ANAK],
                "dasar_hukum_bantuan": basis[Track.LAYANAN],
                "registri": self.file.registry.name,
            }
        )

    @cached_property
    def unconfirmed(self) -> tuple[str, ...]:
        """What the Dinas has still to confirm before people rely on it, by the key in the file."""
        offices, file = self.file.offices, self.file
        open_points = {
            "kantor.kasus_anak": offices.child.confirmed,
            "kantor.bantuan_sosial": offices.aid.confirmed,
            "jam_layanan": file.hours.confirmed,
            "sla": file.sla.adopted,
            "piket": file.on_call.roster == "di_panel",
            "kata_kunci_daerah": file.words.status == "ditinjau_penutur" or not file.words.words,
            **{f"kontak_darurat {n.number}": n.shown for n in file.numbers},
        }
        return tuple(point for point, settled in open_points.items() if not settled)
