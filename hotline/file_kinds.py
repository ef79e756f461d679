"""What a file is, by its own first bytes: neither the sender's word nor the provider's counts. Only these kinds are kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

MOST_BYTES = 20 * 1024 * 1024
"""Telegram hands a bot no larger file; Twilio takes 16 MB from WhatsApp."""
MOST_A_DAY = 30
"""Files of one person within 24 hours; later ones are refused, so that nobody can fill the disk."""

INFECTED, TOO_LARGE, UNKNOWN_KIND, TOO_MANY, NOT_THERE, FOREIGN_ADDRESS, NEVER_GIVEN = (
    "infected",
    "too_large",
    "kind",
    "too_many",
    "gone",
    "foreign",
    "unreachable",
)
"""Why a file is not kept."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is kept. `stripped_by`: the program that makes a copy without metadata; `playable`: a browser may play it."""

    code: str
    content_type: str
    suffix: str
    picture: bool = False
    playable: bool = False
    stripped_by: str = ""


KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            FileKind("jpeg", "image/jpeg", "jpg", picture=True, stripped_by="strip"),
            FileKind("png", "image/png", "png", picture=True, stripped_by="strip"),
            FileKind("webp", "image/webp", "webp", picture=True, stripped_by="strip"),
            FileKind("pdf", "application/pdf", "pdf", stripped_by="strip_pdf"),
            FileKind("ogg", "audio/ogg", "ogg", playable=True, stripped_by="strip_sound"),
            FileKind("m4a", "audio/mp4", "m4a", playable=True, stripped_by="strip_sound"),
            FileKind("mp3", "audio/mpeg", "mp3", playable=True, stripped_by="strip_sound"),
            FileKind("amr", "audio/amr", "amr"),
            FileKind("mp4", "video/mp4", "mp4"),
            FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", stripped_by="strip_word"),
        )
    }
)
_FILM_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"3gp", b"qt  ", b"M4V ", b"MSNV")
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"F4A ")


def _is_ogg(data: bytes) -> bool:
    return data.startswith(b"OggS") and (b"OpusHead" in data[:128] or b"\x01vorbis" in data[:128])


def _is_mp3(data: bytes) -> bool:
    """An ID3 tag, or a frame of layer III with a bit rate and a sampling rate that exist."""
    if data.startswith(b"ID3"):
        return True
    return len(data) > 3 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2 and data[2] >> 4 not in (0, 15) and data[2] >> 2 & 3 != 3


def _brand(data: bytes, brands: tuple[bytes, ...]) -> bool:
    return data[4:8] == b"ftyp" and data[8:12].startswith(brands)


def _is_docx(data: bytes) -> bool:
    """A Word document without macros: one with them is no longer of this kind, whatever its name says."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= names and not any("vbaProject" in name for name in names)


_SIGNS: Mapping[str, Callable[[bytes], bool]] = MappingProxyType(
    {
        "jpeg": lambda data: data.startswith(b"\xff\xd8\xff"),
        "png": lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"),
        "webp": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
        "pdf": lambda data: data.startswith(b"%PDF-"),
        "ogg": _is_ogg,
        "m4a": lambda data: _brand(data, _SOUND_BRANDS),
        "mp4": lambda data: _brand(data, _FILM_BRANDS),
        "amr": lambda data: data.startswith(b"#!AMR"),
        "docx": _is_docx,
        "mp3": _is_mp3,
    }
)


def judge(data: bytes) -> FileKind | None:
    """The kind of a whole file; None for one that is not kept (HTML, SVG, programs, archives, what nobody knows)."""
    return next((KINDS[code] for code, fits in _SIGNS.items() if fits(data)), None)
