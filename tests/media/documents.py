"""Documents and recordings that tell more than their content, made here."""

from __future__ import annotations

import io
import zipfile

from mutagen.id3 import ID3, TIT2, TPE1
from mutagen.ogg import OggPage
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.media import pictures

AUTHOR, WORDS = "Pak Rahasia Sekali", "Surat permohonan penanganan"
_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f"<rdf:Description>{AUTHOR}</rdf:Description></rdf:RDF></x:xmpmeta>"
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word(**more: bytes) -> bytes:
    """A Word document with an author, a change by a named person, a photo with its place, and a link that would be fetched."""
    parts: dict[str, bytes] = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{_TYPES}.main+xml"/></Types>'.encode(),
        "_rels/.rels": b'<Relationships><Relationship Id="r1" Target="word/document.xml"/>'
        b'<Relationship Id="r2" Target="docProps/thumbnail.jpeg"/></Relationships>',
        "docProps/core.xml": f"<cp><dc:creator>{AUTHOR}</dc:creator></cp>".encode(),
        "docProps/app.xml": f"<Properties><Company>{AUTHOR}</Company></Properties>".encode(),
        "docProps/thumbnail.jpeg": pictures.photo(),
        "word/document.xml": f'<w:p w:rsidR="00AB12"><w:ins w:author="{AUTHOR}" w:date="2026-11-01">{WORDS}</w:ins></w:p>'.encode(),
        "word/_rels/document.xml.rels": b'<Relationships><Relationship Id="r3" Target="http://198.51.100.7/x" TargetMode="External"/>'
        b'<Relationship Id="r4" Target="media/image1.jpg"/></Relationships>',
        "word/media/image1.jpg": pictures.photo(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in (parts | more).items():
            made.writestr(name, body)
    return out.getvalue()


def pdf(**more: str) -> bytes:
    """A PDF of one page with its author, XMP, and a script that runs when it is opened."""
    made, out = PdfWriter(), io.BytesIO()
    made.add_blank_page(200, 100)
    made.add_metadata({"/Author": AUTHOR, "/Title": WORDS})
    made.xmp_metadata = _XMP.encode()
    runs = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('halo')")}
    made.root_object[NameObject("/OpenAction")] = DictionaryObject(runs)
    if more:
        made.encrypt(more["password"])
    made.write(out)
    return out.getvalue()


def mp3() -> bytes:
    """Ten silent frames of layer III under an ID3 tag."""
    out = io.BytesIO((b"\xff\xfb\x90\x00" + bytes(413)) * 10)
    tags = ID3()
    tags.add(TPE1(encoding=3, text=AUTHOR))
    tags.add(TIT2(encoding=3, text=WORDS))
    tags.save(out)
    return out.getvalue()


def voice() -> bytes:
    """An Opus voice note with a comment."""
    comment = b"OpusTags" + (4).to_bytes(4, "little") + b"test" + (1).to_bytes(4, "little")
    told = f"ARTIST={AUTHOR}".encode()
    packets = [
        b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00",
        comment + len(told).to_bytes(4, "little") + told,
        b"\xf8\xff\xfe" * 20,
    ]
    out = io.BytesIO()
    for number, packet in enumerate(packets):
        page = OggPage()
        page.packets, page.sequence, page.serial = [packet], number, 7
        page.first, page.last, page.position = number == 0, number == len(packets) - 1, 960 * number
        out.write(page.write())
    return out.getvalue()
