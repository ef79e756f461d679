"""The ten services for a child and who gives them, as Luwu Timur's regulation lists them (Pasal 17 ayat (2)). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hotline.i18n import N_

OFFICES: Mapping[str, str] = MappingProxyType(
    {
        "pd_kesehatan": N_("perangkat daerah bidang kesehatan"),
        "faskes": N_("fasilitas kesehatan"),
        "pd_pendidikan": N_("perangkat daerah bidang pendidikan"),
        "sekolah": N_("fasilitas pendidikan"),
        "pd_sosial": N_("perangkat daerah bidang sosial"),
        "lembaga_rehabilitasi": N_("lembaga rehabilitasi sosial"),
        "panti": N_("panti sosial"),
        "pd_pppa": N_("perangkat daerah bidang perempuan dan anak"),
        "penegak_hukum": N_("aparat penegak hukum"),
        "bantuan_hukum": N_("lembaga bantuan hukum"),
        "pd_catatan_sipil": N_("perangkat daerah bidang pencatatan sipil"),
        "pd_ketenagakerjaan": N_("perangkat daerah bidang ketenagakerjaan"),
        "kemenag": N_("kantor kementerian agama"),
        "lembaga_zakat": N_("lembaga zakat"),
        "pd_desa": N_("perangkat daerah bidang pembangunan masyarakat desa"),
        "lain": N_("pemangku kepentingan lain"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service: its letter in the article, its name, and the codes of those who give it; other stakeholders always may."""

    letter: str
    name: str
    offices: tuple[str, ...]


def _service(letter: str, name: str, *offices: str) -> Service:
    return Service(letter=letter, name=name, offices=(*offices, "lain"))


SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "kesehatan": _service("a", N_("Layanan kesehatan"), "pd_kesehatan", "faskes"),
        "pendidikan": _service("b", N_("Layanan pendidikan"), "pd_pendidikan", "sekolah"),
        "rehabilitasi": _service("c", N_("Rehabilitasi sosial atau penampungan"), "pd_sosial", "lembaga_rehabilitasi", "panti"),
        "psikologi": _service("d", N_("Layanan psikologi"), "pd_kesehatan", "pd_pppa", "pd_sosial"),
        "hukum": _service("e", N_("Layanan hukum"), "penegak_hukum", "bantuan_hukum"),
        "catatan_sipil": _service("f", N_("Pencatatan sipil"), "pd_catatan_sipil"),
        "ketenagakerjaan": _service("g", N_("Ketenagakerjaan"), "pd_ketenagakerjaan"),
        "keluarga": _service("h", N_("Kualitas keluarga dan pengasuhan"), "pd_sosial", "pd_pppa", "kemenag"),
        "jaminan_sosial": _service("i", N_("Perlindungan dan jaminan sosial"), "pd_sosial", "lembaga_zakat"),
        "komunitas": _service("j", N_("Bimbingan di komunitas"), "pd_sosial", "pd_desa"),
    }
)


def pairs() -> dict[str, tuple[str, str]]:
    """Every service with each who may give it: code -> (service, office) in words."""
    return {f"{code}.{office}": (service.name, OFFICES[office]) for code, service in SERVICES.items() for office in service.offices}
