"""Files are kept whole, sealed and once; whatever a provider does, the message and its answer were never waiting for it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from hotline.messages import TELEGRAM, WHATSAPP
from hotline.seal import SealError
from hotline.store import attachments, pieces
from hotline.store.tables.media import AttachmentPiece
from tests.channels.fakes import Fault
from tests.channels.provider import DROPPED
from tests.media import pictures
from tests.media.conftest import CHAT, PHONE, FileHouse

_piece = AttachmentPiece.__table__  # type: ignore[attr-defined]
PHOTO = pictures.photo(900, 700)


def tell(file_house: FileHouse, channel: str) -> None:
    """A story that is a case at once, so that its files have a case."""
    file_house.house.answer(CHAT if channel == TELEGRAM else PHONE, "halo", "DARURAT", channel=channel)


@pytest.mark.parametrize("channel", [TELEGRAM, WHATSAPP])
def test_a_photo_is_kept_as_it_was_and_shown_without_what_it_tells(file_house: FileHouse, channel: str) -> None:
    tell(file_house, channel)
    file_house.send(PHOTO, channel=channel)
    assert file_house.states() == [("wanted", "", "")]
    file_house.work()
    [row] = file_house.rows()
    assert row.state == "kept" and row.case_id == file_house.house.cases()[0][0]
    assert file_house.opened(row, attachments.ORIGINAL) == PHOTO
    clean = file_house.opened(row, attachments.WORKING)
    assert [w for w in (pictures.CAMERA, pictures.COMMENT, pictures.AUTHOR) if w.encode() in clean or w.encode() not in PHOTO] == []
    with file_house.house.database.read() as conn:
        kept = attachments.one(conn, file_house.house.seal, row.case_id, row.id).copies["original"]
    assert (kept.sha256, kept.size) == (hashlib.sha256(PHOTO).hexdigest(), len(PHOTO))


def test_the_copy_at_twilio_is_deleted_once_ours_reads_back(file_house: FileHouse) -> None:
    file_house.send(PHOTO)
    file_house.work()
    assert file_house.states() == [("kept", "", "check")] and not file_house.twilio.deleted
    file_house.work(2)
    assert file_house.states() == [("kept", "", "gone")]
    assert len(file_house.twilio.deleted) == 1 and not file_house.twilio.media


def test_telegram_keeps_no_copy_for_us_to_delete(file_house: FileHouse) -> None:
    file_house.send(PHOTO, channel=TELEGRAM)
    file_house.work(3)
    assert file_house.states() == [("kept", "", "")]


def test_a_copy_that_is_gone_already_counts_as_deleted(file_house: FileHouse) -> None:
    """A crash between the deletion and its mark repeats the deletion."""
    file_house.send(PHOTO)
    file_house.work()
    file_house.twilio.media.clear()
    file_house.work()
    assert file_house.states() == [("kept", "", "gone")]


@pytest.mark.parametrize("broken", ["changed", "missing"])
def test_a_file_that_does_not_read_back_is_fetched_again_before_anything_is_deleted(file_house: FileHouse, broken: str) -> None:
    file_house.send(PHOTO)
    file_house.work()
    first = _piece.c.version == "original"
    spoil = sa.delete(_piece).where(first) if broken == "missing" else sa.update(_piece).where(first).values(body_sealed=b"x" * 40)
    with file_house.house.database.write() as conn:
        conn.execute(spoil)
    file_house.work()
    assert file_house.states() == [("wanted", "", "")] and not file_house.twilio.deleted
    file_house.work(2)
    assert file_house.states() == [("kept", "", "gone")] and file_house.twilio.deleted


BUSY = Fault(status=429, headers={"Retry-After": "7"})


# A dropped connection the client library tries once more by itself, so the provider drops it twice.
@pytest.mark.parametrize("faults", [(Fault(status=500),), (Fault(status=503),), (BUSY,), (DROPPED, DROPPED), (Fault(wait=1.0),)])
def test_a_provider_in_trouble_is_asked_again(file_house: FileHouse, faults: tuple[Fault, ...]) -> None:
    file_house.send(PHOTO)
    file_house.twilio.play(*faults)
    file_house.work()
    assert file_house.states() == [("wanted", "", "")]
    file_house.work()
    assert file_house.states() == [("wanted", "", "")], "it waits a little first"
    file_house.house.clock.shift(seconds=10)
    file_house.work()
    assert file_house.states() == [("kept", "", "check")]


def test_a_deletion_that_fails_is_tried_again(file_house: FileHouse) -> None:
    file_house.send(PHOTO)
    file_house.work()
    file_house.twilio.play(Fault(status=500))
    file_house.work()
    assert file_house.states() == [("kept", "", "check")]
    file_house.house.clock.shift(seconds=10)
    file_house.work()
    assert file_house.states() == [("kept", "", "gone")]


def test_what_the_provider_never_gives_is_shown_as_failed_and_nobody_is_written_to(file_house: FileHouse) -> None:
    file_house.send(PHOTO)
    answers = file_house.heard()
    file_house.twilio.always(Fault(status=500))
    for _ in range(3):
        file_house.work()
        file_house.house.clock.shift(hours=25)
    file_house.work()
    assert file_house.states() == [("failed", "unreachable", "")] and file_house.heard() == answers


def test_a_file_at_which_we_stumble_is_shown_as_failed_at_last(file_house: FileHouse) -> None:
    class Stumbles:
        keeps_copies = False

        async def fetch(self, reference: str, most: int) -> bytes:
            raise LookupError

        async def forget(self, reference: str) -> None: ...

        async def close(self) -> None: ...

    file_house.sources["whatsapp"] = Stumbles()
    file_house.send(PHOTO)
    for _ in range(3):
        file_house.work()
        file_house.house.clock.shift(hours=25)
    file_house.work()
    assert file_house.states() == [("failed", "unreachable", "")]


def test_a_file_that_is_gone_is_failed_at_once(file_house: FileHouse) -> None:
    file_house.send(PHOTO)
    file_house.twilio.media.clear()
    file_house.work()
    assert file_house.states() == [("failed", "gone", "")]


@pytest.mark.parametrize(
    ("data", "reason", "sentence"),
    [
        (b"<html><script>alert(1)</script>", "kind", "Jenis berkas tadi tidak bisa kami simpan."),
        (b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), "too_large", "Berkas tadi terlalu besar, jadi tidak tersimpan."),
    ],
)
def test_what_is_not_kept_is_said_kindly_and_deleted_over_there(file_house: FileHouse, data: bytes, reason: str, sentence: str) -> None:
    file_house.send(data)
    before = len(file_house.heard())
    file_house.work(2)
    assert file_house.states() == [("refused", reason, "gone")] and not file_house.twilio.media
    assert [text[: len(sentence)] for text in file_house.heard()[before:]] == [sentence]


def test_several_refused_files_of_one_message_are_one_sentence(file_house: FileHouse) -> None:
    file_house.send(b"satu", b"dua", b"tiga")
    before = len(file_house.heard())
    file_house.work(3)
    assert len(file_house.heard()) == before + 1


def test_a_telegram_file_over_the_limit_is_refused_before_it_is_read(file_house: FileHouse) -> None:
    file_house.telegram.announced["f0"] = 25 * 1024 * 1024
    file_house.send(PHOTO, channel=TELEGRAM)
    file_house.work()
    assert file_house.states() == [("refused", "too_large", "")]


def test_a_file_cut_short_is_not_taken_for_whole(file_house: FileHouse) -> None:
    file_house.telegram.announced["f0"] = len(PHOTO) + 10
    file_house.send(PHOTO, channel=TELEGRAM)
    file_house.work()
    assert file_house.states() == [("wanted", "", "")]


def test_nobody_can_fill_the_disk(file_house: FileHouse) -> None:
    for _ in range(4):
        file_house.send(*([pictures.PDF] * 8))
    file_house.work(36)
    reasons = [reason for _, reason, _ in file_house.states()]
    assert reasons.count("too_many") == 2 and reasons.count("") == 30
    file_house.house.clock.shift(hours=25)
    file_house.send(pictures.PDF)
    file_house.work(8)
    assert file_house.states()[-1][:2] == ("kept", "")


def test_a_worker_that_died_over_a_file_is_followed_by_another(file_house: FileHouse) -> None:
    """It died with some pieces written and its lease taken: another worker begins anew when the lease is over."""
    tell(file_house, WHATSAPP)
    file_house.send(PHOTO)
    house = file_house.house
    with house.database.write() as conn:
        [claimed] = attachments.claim(conn, house.seal, [WHATSAPP], most=1, lease=timedelta(minutes=10), now=house.clock())
        pieces.put(conn, pieces.sealed(house.seal, claimed.id, "original", PHOTO[:1000]))
    file_house.work()
    assert file_house.states() == [("wanted", "", "")], "the lease holds"
    house.clock.shift(minutes=11)
    file_house.work(2)
    [row] = file_house.rows()
    assert file_house.states() == [("kept", "", "gone")]
    assert file_house.opened(row, attachments.ORIGINAL) == PHOTO


def test_nothing_of_a_file_can_be_read_in_the_database(file_house: FileHouse, tmp_path: Path) -> None:
    tell(file_house, WHATSAPP)
    file_house.send(PHOTO, pictures.PDF)
    file_house.work(3)
    house = file_house.house
    with house.database.read() as conn:
        everything = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for table in ("attachment", "attachment_piece", "message")
            for row in conn.execute(sa.text(f"SELECT * FROM {table}"))
            for value in row
        )
    if house.database.dialect == "sqlite":
        everything += b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    # Long enough that megabytes of sealed bytes do not hold them by chance; JFIF is how the working copy would begin.
    jpegs = (PHOTO[:12], b"\xff\xd8\xff\xe0\x00\x10JFIF")
    told = (pictures.CAMERA.encode(), pictures.COMMENT.encode(), b"%PDF-1.", *jpegs, b"/Media/ME", PHOTO[5000:5020])
    assert [word for word in told if word in everything] == []


def test_a_piece_in_anothers_place_does_not_open(file_house: FileHouse) -> None:
    tell(file_house, WHATSAPP)
    file_house.send(PHOTO, pictures.PDF)
    file_house.work(3)
    first, second = file_house.rows()
    with file_house.house.database.write() as conn:
        body = conn.execute(sa.select(_piece.c.body_sealed).where(_piece.c.attachment_id == second.id)).scalar_one()
        conn.execute(sa.update(_piece).where(_piece.c.attachment_id == first.id, _piece.c.number == 0).values(body_sealed=body))
    with pytest.raises(SealError):
        file_house.opened(first, attachments.ORIGINAL)


def test_a_file_whose_row_does_not_open_holds_up_no_other(file_house: FileHouse) -> None:
    file_house.send(PHOTO)
    file_house.send(PHOTO)
    broken, whole = sorted(row.id for row in file_house.rows())
    with file_house.house.database.write() as conn:
        conn.execute(sa.text("UPDATE attachment SET reference_sealed = :junk WHERE id = :id"), {"junk": b"\1" * 40, "id": broken})
    with capture_logs() as told:
        file_house.work()
    assert {row.id: row.state for row in file_house.rows()} == {broken: "wanted", whole: "kept"}
    assert [entry["attachment"] for entry in told if entry["log_level"] == "error"] == [broken]
