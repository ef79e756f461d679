"""The ten services for a child stand with those who give them, as the regulation lists them."""

from __future__ import annotations

import pytest

from hotline.services import OFFICES, SERVICES, pairs

# Written here by hand from Pasal 17 ayat (2), apart from the table of the product.
GIVEN_BY = {
    "a": ("Layanan kesehatan", ["bidang kesehatan", "fasilitas kesehatan"]),
    "b": ("Layanan pendidikan", ["bidang pendidikan", "fasilitas pendidikan"]),
    "c": ("Rehabilitasi sosial atau penampungan", ["bidang sosial", "lembaga rehabilitasi sosial", "panti sosial"]),
    "d": ("Layanan psikologi", ["bidang kesehatan", "bidang perempuan dan anak", "bidang sosial"]),
    "e": ("Layanan hukum", ["aparat penegak hukum", "lembaga bantuan hukum"]),
    "f": ("Pencatatan sipil", ["bidang pencatatan sipil"]),
    "g": ("Ketenagakerjaan", ["bidang ketenagakerjaan"]),
    "h": ("Kualitas keluarga dan pengasuhan", ["bidang sosial", "bidang perempuan dan anak", "kantor kementerian agama"]),
    "i": ("Perlindungan dan jaminan sosial", ["bidang sosial", "lembaga zakat"]),
    "j": ("Bimbingan di komunitas", ["bidang sosial", "bidang pembangunan masyarakat desa"]),
}


@pytest.mark.requirement("LUT-31", "LUT-32", "LUT-33", "LUT-34", "LUT-35", "LUT-36", "LUT-37", "LUT-38", "LUT-40")
def test_each_service_stands_with_those_who_give_it_and_other_stakeholders() -> None:
    found = {
        service.letter: (service.name, [OFFICES[office].removeprefix("perangkat daerah ") for office in service.offices])
        for service in SERVICES.values()
    }
    assert found == {letter: (name, [*offices, "pemangku kepentingan lain"]) for letter, (name, offices) in GIVEN_BY.items()}


def test_a_service_is_chosen_together_with_who_gives_it() -> None:
    assert pairs()["psikologi.pd_pppa"] == ("Layanan psikologi", "perangkat daerah bidang perempuan dan anak")
    assert "psikologi.lembaga_zakat" not in pairs()
    assert {code.partition(".")[2] for code in pairs()} == set(OFFICES)
