"""Kecamatan and desa taken from a package of areas: what is written, what is refused, and what is shipped."""

from __future__ import annotations

import csv
import io
import json
import tarfile
from pathlib import Path

import pytest

from bot.commands.areas import written
from hotline.regions.intake import VERSION, AreasUnreadable, Package, take_in
from hotline.regions.load import ELSEWHERE, FOLDER

DATA = {
    "provinces": "code,name\n91,Tirta Raya\n",
    "regencies": "code,province_code,name\n91.01,91,Kabupaten Tirta\n91.71,91,Kota Tirta\n",
    "districts": "code,regency_code,name\n91.01.01,91.01,Tirta Barat\n91.01.02,91.01,Gunungsari\n91.71.01,91.71,Pusat\n",
    "villages": 'code,district_code,name\n91.01.01.2001,91.01.01,Banyu\n91.01.02.2001,91.01.02,"Sari, Lor"\n91.71.01.1001,91.71.01,Alun\n',
}


def package(folder: Path, *, version: str = VERSION, name: str = "idn-area-data", **changed: str) -> Path:
    """A package with two kabupaten, unpacked."""
    (folder / "data").mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": name, "version": version}), encoding="utf-8")
    for file, text in (DATA | changed).items():
        (folder / "data" / f"{file}.csv").write_text(text, encoding="utf-8")
    return folder


def archive(folder: Path, target: Path) -> Path:
    """The same as npm packs it."""
    with tarfile.open(target, "w:gz") as packed:
        packed.add(folder, "package")
    return target


def rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("wanted", ["91.01", "Kabupaten Tirta", "kabupaten tirta", "TIRTA"])
def test_one_kabupaten_becomes_one_file_and_all_names_another(tmp_path: Path, wanted: str) -> None:
    taken = list(written(take_in(Package(package(tmp_path / "package")), [wanted]), tmp_path / "areas"))

    assert [(one.file, one.districts, one.villages) for one in taken] == [("91.01.csv", 2, 2)]
    assert sorted(path.name for path in (tmp_path / "areas").iterdir()) == ["91.01.csv", ELSEWHERE]
    assert rows(tmp_path / "areas" / "91.01.csv") == [
        ("91.01.01", "Tirta Barat"),
        ("91.01.01.2001", "Banyu"),
        ("91.01.02", "Gunungsari"),
        ("91.01.02.2001", "Sari, Lor"),
    ]
    assert ("91", "Tirta Raya") in rows(tmp_path / "areas" / ELSEWHERE)


def test_without_a_name_all_are_taken_also_from_the_archive(tmp_path: Path) -> None:
    packed = archive(package(tmp_path / "unpacked"), tmp_path / "idn-area-data.tgz")

    taken = list(written(take_in(Package(packed), []), tmp_path / "areas"))

    assert [one.file for one in taken] == ["91.01.csv", "91.71.csv"]


def test_a_second_time_replaces_the_first(tmp_path: Path) -> None:
    source = Package(package(tmp_path / "package"))
    target = tmp_path / "areas"
    target.mkdir()
    (target / "91.01.csv").write_text("half", encoding="utf-8")

    list(written(take_in(source, ["91.01"]), target))

    assert rows(target / "91.01.csv")[0] == ("91.01.01", "Tirta Barat")
    assert not list(target.glob("*.new"))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": "left-pad"}, "bukan paket"),
        ({"version": "3.9.9"}, "3.9.9"),
        ({"regencies": "code,name\n91.01,Kabupaten Tirta\n"}, "province_code"),
        ({"villages": "code,district_code,name\n91.01.01.2001,91.01.01\n"}, "data/villages.csv"),
        ({"districts": ""}, "data/districts.csv"),
    ],
)
def test_another_thing_is_refused_with_what_is_wrong(tmp_path: Path, changed: dict[str, str], why: str) -> None:
    with pytest.raises(AreasUnreadable) as refused:
        Package(package(tmp_path / "package", **changed))

    assert why in refused.value.wrong.format(**refused.value.values)
    assert "npm pack" in refused.value.cure


def test_what_is_no_archive_and_what_is_not_there_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "areas.tgz"
    broken.write_bytes(b"\x1f\x8bnot really")
    for source in (broken, tmp_path / "missing", tmp_path):
        with pytest.raises(AreasUnreadable):
            Package(source)


def test_an_archive_never_writes_where_it_wants(tmp_path: Path) -> None:
    packed = tmp_path / "idn-area-data.tgz"
    with tarfile.open(packed, "w:gz") as file:
        info = tarfile.TarInfo("package/../../escaped.csv")
        info.size = 1
        file.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(AreasUnreadable):
        Package(packed)
    assert not (tmp_path.parent / "escaped.csv").exists()


def test_a_kabupaten_that_is_not_there_is_told_with_the_nearest_and_nothing_is_written(tmp_path: Path) -> None:
    source = Package(package(tmp_path / "package"))
    with pytest.raises(AreasUnreadable) as refused:
        list(written(take_in(source, ["91.01", "91.02"]), tmp_path / "areas"))

    assert "91.02" in refused.value.wrong.format(**refused.value.values)
    assert "Kabupaten Tirta" in refused.value.cure.format(**refused.value.values)
    assert not (tmp_path / "areas").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    taken_by_a_file = tmp_path / "areas"
    taken_by_a_file.write_text("", encoding="utf-8")
    with pytest.raises(AreasUnreadable) as refused:
        list(written(take_in(Package(package(tmp_path / "package")), []), taken_by_a_file))
    assert "--to" in refused.value.cure


def test_the_list_of_all_names_is_shipped_with_its_licence() -> None:
    names = rows(FOLDER / "areas" / ELSEWHERE)
    readme = (FOLDER / "areas" / "README.md").read_text("utf-8")

    assert (sum(code.count(".") == 0 for code, _ in names), sum(code.count(".") == 1 for code, _ in names)) == (38, 514)
    assert "Open Database License" in readme and ELSEWHERE in readme and VERSION in readme
