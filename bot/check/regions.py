"""The profiles that are served: usable, and confirmed by the Dinas."""

from __future__ import annotations

import dialogs
from bot.check.report import Finding, Group
from hotline.engine.dialog import DialogInvalid
from hotline.engine.text import UnknownField
from hotline.i18n import N_
from hotline.regions import Profile, ProfileInvalid, load_profile
from hotline.settings import Settings

_HERE = Group.REGION
_CONFIRM = N_("Pastikan kepada Dinas, lalu catat di berkas profil.")


def examine(settings: Settings) -> list[Finding]:
    """For each region: the profile, its dialogs, its emergency numbers, and what is not confirmed yet."""
    return [finding for slug in settings.regions for finding in _region(slug)]


def _region(slug: str) -> list[Finding]:
    try:
        profile = load_profile(slug)
        book = dialogs.book(profile)
    except ProfileInvalid as error:
        return [
            Finding.bad(_HERE, N_("Profil {wilayah}: {masalah}"), N_("Perbaiki baris itu."), wilayah=slug, masalah=problem.text())
            for problem in error.problems
        ]
    except (DialogInvalid, UnknownField) as error:
        return [Finding.bad(_HERE, N_("Dialog {wilayah}: {masalah}"), N_("Perbaiki dialognya."), wilayah=slug, masalah=str(error))]
    text = N_("{wilayah}: profil dan {jumlah} dialog dapat dipakai, bahasa {bahasa}.")
    good = Finding.good(_HERE, text, wilayah=profile.name, jumlah=str(len(book.dialogs)), bahasa=", ".join(book.languages))
    return [good, *_numbers(profile), *_unconfirmed(profile)]


def _numbers(profile: Profile) -> list[Finding]:
    if not profile.numbers:
        text = N_("{wilayah}: tidak ada nomor darurat yang terverifikasi; warga dalam bahaya tidak diberi nomor apa pun.")
        return [Finding.bad(_HERE, text, _CONFIRM, wilayah=profile.name)]
    hidden = [number.number for number in profile.file.numbers if not number.shown]
    shown = ", ".join(number.number for number in profile.numbers)
    found = [Finding.good(_HERE, N_("{wilayah}: nomor darurat yang ditampilkan {nomor}."), wilayah=profile.name, nomor=shown)]
    if hidden:
        text = N_("{wilayah}: nomor belum terverifikasi, tidak ditampilkan: {nomor}.")
        found.append(Finding.needed(_HERE, text, _CONFIRM, wilayah=profile.name, nomor=", ".join(hidden)))
    return found


def _unconfirmed(profile: Profile) -> list[Finding]:
    open_points = [point for point in profile.unconfirmed if not point.startswith("kontak_darurat")]
    if not open_points:
        return []
    text = N_("{wilayah}: belum dikonfirmasi Dinas: {hal}.")
    return [Finding.needed(_HERE, text, _CONFIRM, wilayah=profile.name, hal=", ".join(open_points))]
