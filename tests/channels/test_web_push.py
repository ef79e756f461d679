"""Calls to officers' browsers, against a push service that checks them and browsers that decrypt them; and what is never called."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from bot.web_push import PublicResolver, WebPushSender
from hotline.messages import Outgoing
from hotline.push import PushKey, Subscription, SubscriptionInvalid, encrypted, is_public, may_be_called
from hotline.sending import Failure, NotSent
from tests.channels.provider import DROPPED, SLOW, Fault, down
from tests.support.push_service import Browser, PushService, b64, raw

CALL = Outgoing(text="Tiket 482 177 359. Buka panel.", alert=("482 177 359", "DARURAT", "Weleri"))
SECRET, KEY = PushKey.made()
PUBLIC = "https://updates.push.services.mozilla.com/wpush/v2/abc"


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService(KEY.public) as service:
        yield service


def send(
    address: str,
    message: Outgoing = CALL,
    *,
    key: PushKey = KEY,
    trusted: tuple[str, ...] = ("127.0.0.1",),
    resolver: PublicResolver | None = None,
    seconds: float = 5,
) -> str:
    async def once() -> str:
        sender = WebPushSender(key, "https://teduh.contoh.go.id", trusted=trusted, resolver=resolver, seconds=seconds)
        try:
            return await sender.send(address, message, window_open=True)
        finally:
            await sender.close()

    return asyncio.run(once())


def failure(address: str, message: Outgoing = CALL, **how: object) -> NotSent:
    with pytest.raises(NotSent) as caught:
        send(address, message, **how)  # type: ignore[arg-type]
    return caught.value


def test_the_encryption_is_that_of_the_rfcs_own_example() -> None:
    # RFC 8291, section 5 and appendix A.
    own = ec.derive_private_key(int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1())
    to = Subscription(
        PUBLIC,
        raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        raw("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    body = encrypted(b"When I grow up, I want to be a watermelon", to, salt=raw("DGv6ra1nlYgDCS1FRnbzlw"), own=own, padded=0)
    assert b64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_browser_reads_code_level_and_kecamatan_and_nothing_else(service: PushService) -> None:
    send(service.subscribe().subscription)
    (pushed,) = service.taken
    assert pushed.told == {"code": "482 177 359", "level": "DARURAT", "area": "Weleri"}
    assert (pushed.urgency, pushed.claims["sub"]) == ("high", "https://teduh.contoh.go.id")
    assert 60 <= pushed.ttl <= 600


def test_every_call_is_as_long_as_every_other(service: PushService) -> None:
    browser = service.subscribe()
    for area in ("", "Weleri", "Kecamatan Dengan Nama Yang Panjang Sekali"):
        send(browser.subscription, Outgoing(text="x", alert=("1", "DARURAT", area)))
    assert len({pushed.size for pushed in service.taken}) == 1


@pytest.mark.parametrize(
    ("fault", "reason", "wait"),
    [
        (Fault(status=404), Failure.NO_SUCH_CONTACT, None),
        (Fault(status=410), Failure.NO_SUCH_CONTACT, None),
        (Fault(status=429, headers={"Retry-After": "7"}), Failure.BUSY, 7.0),
        (Fault(status=429, headers={"Retry-After": "besok"}), Failure.BUSY, None),
        (Fault(status=400), Failure.REFUSED, None),
        (Fault(status=413), Failure.REFUSED, None),
        (Fault(status=302, headers={"Location": "http://127.0.0.1:1/"}), Failure.REFUSED, None),
        (down(503), Failure.PROVIDER_DOWN, None),
        (DROPPED, Failure.UNREACHABLE, None),
    ],
)
def test_a_failure_has_its_reason(service: PushService, fault: Fault, reason: Failure, wait: float | None) -> None:
    browser = service.subscribe()
    service.play(fault)
    error = failure(browser.subscription)
    assert (error.failure, error.retry_after) == (reason, wait)
    send(browser.subscription)
    assert len(service.taken) == 1


def test_a_slow_service_and_one_that_is_not_there(service: PushService) -> None:
    browser = service.subscribe()
    service.play(SLOW)
    assert failure(browser.subscription, seconds=0.1).failure is Failure.UNREACHABLE
    assert failure(Browser("http://127.0.0.1:1/x").subscription).failure is Failure.UNREACHABLE


def test_another_key_than_the_one_it_was_armed_with_is_refused_once(service: PushService) -> None:
    assert failure(service.subscribe().subscription, key=PushKey.made()[1]).failure is Failure.REFUSED


def test_a_message_that_is_no_call_does_not_leave(service: PushService) -> None:
    assert failure(service.subscribe().subscription, Outgoing(text="Rahasia")).failure is Failure.REFUSED
    assert service.asked == 0


def test_no_address_no_key_and_no_word_is_logged(service: PushService, caplog: pytest.LogCaptureFixture) -> None:
    browser = service.subscribe()
    with caplog.at_level(logging.DEBUG):
        send(browser.subscription)
        service.gone.add(browser.endpoint)
        failure(browser.subscription)
    said = "\n".join(record.getMessage() for record in caplog.records)
    for secret in (browser.endpoint.rpartition("/")[2], b64(browser.auth), SECRET, "482", "Weleri", "vapid"):
        assert secret not in said


PRIVATE = [
    "http://push.example.com/x",
    "ftp://push.example.com/x",
    "https://127.0.0.1/x",
    "https://10.1.2.3/x",
    "https://169.254.169.254/latest",
    "https://100.64.0.1/x",
    "https://[::1]/x",
    "https://[fd00::1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://[64:ff9b::a00:1]/x",
    "https://[2002:a00:1::]/x",
    "https://localhost/x",
    "https://db/x",
    "https://teduh.local/x",
    "https://push.localhost/x",
    "https://metadata.google.internal/x",
    "https://push.example.com:8080/x",
    "https://u:p@push.example.com/x",
    "https://push.example.com:0/x",
    "https://[::1",
    "https:///x",
    "",
]


@pytest.mark.parametrize("endpoint", PRIVATE)
def test_an_address_of_our_own_network_is_no_push_service(endpoint: str) -> None:
    assert not may_be_called(endpoint)
    with pytest.raises(SubscriptionInvalid):
        Subscription.read(Browser(endpoint).subscription)
    assert failure(Browser(endpoint).subscription, trusted=()).failure is Failure.REFUSED


@pytest.mark.parametrize(
    "endpoint", [PUBLIC, "https://fcm.googleapis.com:443/fcm/send/a:b", "https://8.8.8.8/x", "https://[2606:4700::1]/x"]
)
def test_a_public_one_is(endpoint: str) -> None:
    assert Subscription.read(Browser(endpoint).subscription).endpoint == endpoint


def test_a_name_that_leads_home_is_not_followed() -> None:
    with pytest.raises(OSError):
        asyncio.run(PublicResolver().resolve("localhost", 443, socket.AF_UNSPEC))
    assert asyncio.run(PublicResolver(("localhost",)).resolve("localhost", 443, socket.AF_UNSPEC))


@pytest.mark.parametrize(
    ("leads_to", "reason", "detail"),
    [
        (["10.0.0.7"], Failure.REFUSED, "private address"),
        (["fd00::1", "127.0.0.1"], Failure.REFUSED, "private address"),
        ([], Failure.UNREACHABLE, ""),
    ],
)
def test_a_public_looking_name_that_leads_home_is_refused_whenever_it_is_called(leads_to: list[str], reason: Failure, detail: str) -> None:
    async def lookup(host: str, port: int, family: int) -> list[object]:
        if not leads_to:
            raise socket.gaierror("no such name")
        return [(socket.AF_INET6 if ":" in a else socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in leads_to]

    error = failure(Browser("https://push.contoh.id/x").subscription, trusted=(), resolver=PublicResolver(lookup=lookup))
    assert (error.failure, error.detail) == (reason, detail)


def test_of_several_addresses_only_the_public_ones_are_called() -> None:
    async def lookup(host: str, port: int, family: int) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("10.0.0.7", "8.8.8.8")]

    assert [found["host"] for found in asyncio.run(PublicResolver(lookup=lookup).resolve("push.contoh.id", 443))] == ["8.8.8.8"]


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "224.0.0.1", "::", "ff02::1", "fe80::1%eth0", "2001:0:53aa:64c:0:0:0:1"])
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@given(
    st.one_of(
        st.text(),
        st.recursive(st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)).map(json.dumps),
    )
)
def test_whatever_a_browser_sends_is_a_subscription_or_refused(text: str) -> None:
    with pytest.raises(SubscriptionInvalid):
        Subscription.read(text)


@pytest.mark.parametrize(
    "keys",
    [
        {"p256dh": b64(b"\x04" + bytes(64)), "auth": b64(bytes(16))},
        {"p256dh": b64(Browser(PUBLIC).point), "auth": b64(bytes(15))},
        {"p256dh": b64(Browser(PUBLIC).point)[:-4], "auth": b64(bytes(16))},
        {"p256dh": 5, "auth": None},
        [],
    ],
)
def test_keys_that_no_browser_makes_are_refused(keys: object) -> None:
    with pytest.raises(SubscriptionInvalid):
        Subscription.read(json.dumps({"endpoint": PUBLIC, "keys": keys}))


def test_a_subscription_survives_its_storage() -> None:
    made = Subscription.read(Browser(PUBLIC).subscription)
    assert Subscription.read(made.written()) == made


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(32), b"\xff" * 32])
def test_what_is_no_key_is_refused(secret: bytes) -> None:
    with pytest.raises(ValueError):
        PushKey(secret)
