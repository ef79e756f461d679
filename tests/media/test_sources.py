"""Where files may come from: the provider's own hosts, by the provider's own addresses, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.telegram import Client
from bot.telegram.files import TelegramFiles
from bot.whatsapp.files import TwilioFiles
from hotline.file_kinds import MOST_BYTES
from hotline.media.source import NotFetched, Trouble
from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.fake_twilio import ACCOUNT, FakeTwilio
from tests.channels.serving import TWILIO_TOKEN
from tests.media import pictures
from tests.peers.install import twilio_api

API, MESSAGE, MEDIA = "https://api.twilio.com", "/Messages/MM" + "1" * 32, "/Media/ME" + "2" * 32
PHOTO = pictures.photo(60, 40)


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


def fetched(fake: FakeTwilio, reference: str, most: int = MOST_BYTES) -> bytes:
    async def fetch() -> bytes:
        source = TwilioFiles(ACCOUNT, TWILIO_TOKEN, fake.url)
        try:
            return await source.fetch(reference, most)
        finally:
            await source.close()

    return asyncio.run(fetch())


def test_twilios_store_is_asked_without_our_name(twilio: FakeTwilio) -> None:
    """The fake refuses a reader of its store who shows the account's token."""
    twilio.store = twilio.url
    assert fetched(twilio, twilio.keep_media(PHOTO)) == PHOTO


@pytest.mark.parametrize(
    "reference",
    [
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        f"http://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}{MESSAGE}{MEDIA}",
        f"https://api.twilio.com.example.org/2010-04-01/Accounts/{ACCOUNT}{MESSAGE}{MEDIA}",
        f"https://api.twilio.com@example.org/2010-04-01/Accounts/{ACCOUNT}{MESSAGE}{MEDIA}",
        f"{API}/2010-04-01/Accounts/AC{'9' * 32}{MESSAGE}{MEDIA}",
        f"{API}/2010-04-01/Accounts/{ACCOUNT}{MESSAGE}{MEDIA}/../../Calls",
        f"{API}/2010-04-01/Accounts/{ACCOUNT}{MESSAGE}{MEDIA}?x=1",
        f"{API}/2010-04-01/Accounts/{ACCOUNT}.json",
        "AgACAgUAAxkBAAI",
        "https://[",
        "",
    ],
)
def test_an_address_that_is_no_media_of_ours_is_never_called(twilio: FakeTwilio, reference: str) -> None:
    with pytest.raises(NotFetched) as caught:
        fetched(twilio, reference)
    assert caught.value.trouble is Trouble.FOREIGN and not caught.value.trouble.retry and twilio.asked == 0


@pytest.mark.parametrize(
    "store", ["http://127.0.0.1:1", "https://example.org", "http://mms.twiliocdn.com", "https://mms.twiliocdn.com.example.org", "https://["]
)
def test_a_redirect_to_another_house_is_not_followed(twilio: FakeTwilio, store: str) -> None:
    twilio.store = store
    with pytest.raises(NotFetched) as caught:
        fetched(twilio, twilio.keep_media(PHOTO))
    assert caught.value.trouble is Trouble.FOREIGN and twilio.asked == 1


def test_a_redirect_in_a_circle_ends(twilio: FakeTwilio) -> None:
    twilio.store = twilio.url + "/store"
    reference = twilio.keep_media(PHOTO)
    twilio.media.clear()
    with pytest.raises(NotFetched):
        fetched(twilio, reference)
    assert twilio.asked < 6


def test_a_wrong_token_waits_for_us_to_mend_it(twilio: FakeTwilio) -> None:
    twilio.token = "another"
    with pytest.raises(NotFetched) as caught:
        fetched(twilio, twilio.keep_media(PHOTO))
    assert caught.value.trouble is Trouble.NOT_ALLOWED and caught.value.trouble.retry


def test_more_than_allowed_is_not_read(twilio: FakeTwilio) -> None:
    with pytest.raises(NotFetched) as caught:
        fetched(twilio, twilio.keep_media(PHOTO), most=len(PHOTO) - 1)
    assert caught.value.trouble is Trouble.TOO_LARGE


def test_a_path_of_telegrams_that_leads_elsewhere_is_not_read() -> None:
    with FakeTelegram() as fake:
        fake.files["../../bot1/getMe?"] = PHOTO

        async def fetch() -> None:
            client = Client(TOKEN, fake.url)
            source = TelegramFiles(client, TOKEN, fake.url)
            try:
                await source.fetch("../../bot1/getMe?", MOST_BYTES)
            finally:
                await source.close()
                await client.close_connections()

        with pytest.raises(NotFetched) as caught:
            asyncio.run(fetch())
        assert caught.value.trouble is Trouble.FOREIGN and [m for m, _ in fake.calls] == ["getFile"]


def test_twilios_openapi_allows_how_we_delete() -> None:
    async def forget(url: str) -> None:
        source = TwilioFiles(ACCOUNT, TWILIO_TOKEN, url)
        try:
            await source.forget(f"{API}/2010-04-01/Accounts/{ACCOUNT}{MESSAGE}{MEDIA}")
        finally:
            await source.close()

    with twilio_api() as url:
        asyncio.run(forget(url))
