"""The malware scanner that looks at what people send."""

from __future__ import annotations

from bot.check.report import Finding, Group
from hotline.i18n import N_
from hotline.media.scan import Clamd
from hotline.settings import Settings

_HERE = Group.DATA
SECONDS = 5.0


async def examine(settings: Settings) -> list[Finding]:
    """Named and there, or not set."""
    if not settings.clamd:
        text = N_("Pemindai virus belum diisi: lampiran disimpan tanpa diperiksa.")
        return [Finding.needed(_HERE, text, N_("Jalankan clamd di komputer ini, lalu isi TEDUH_CLAMD, misalnya 127.0.0.1:3310."))]
    if await Clamd(settings.clamd, seconds=SECONDS).answers():
        return [Finding.good(_HERE, N_("Pemindai virus menjawab."))]
    return [Finding.bad(_HERE, N_("Pemindai virus tidak menjawab."), N_("Periksa TEDUH_CLAMD, dan apakah clamd berjalan."))]
