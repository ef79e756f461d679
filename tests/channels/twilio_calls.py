"""Twilio's calls as Twilio makes them: the fields of a WhatsApp message and the signature, by twilio's own library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.channels.serving import PUBLIC_URL, TWILIO_TOKEN

MESSAGE_PATH, STATUS_PATH = "/webhooks/whatsapp/kendal", "/webhooks/whatsapp/kendal/status"
Fields = Mapping[str, str] | Sequence[tuple[str, str]]


class Repeated(dict[str, list[str]]):
    """Fields with repeats, as twilio's library likes them."""

    def getall(self, name: str) -> list[str]:
        return self[name]


def message(**changed: str) -> dict[str, str]:
    """A text message with the fields that the sandbox sends."""
    sid = "SM" + "a1" * 16
    return {
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ProfileName": "Ibu Guru",
        "MessageType": "text",
        "SmsSid": sid,
        "WaId": "6281234567890",
        "SmsStatus": "received",
        "Body": "Saya mau lapor",
        "To": "whatsapp:+15550000000",
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": sid,
        "AccountSid": "AC" + "0" * 32,
        "From": "whatsapp:+6281234567890",
        "ApiVersion": "2010-04-01",
    } | changed


def body(fields: Fields) -> bytes:
    """The form as it travels."""
    return urlencode(fields).encode()


def signature(fields: Fields, url: str, algorithm: str | None = None, token: str = TWILIO_TOKEN) -> str:
    """What twilio's own library computes."""
    pairs = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
    grouped = Repeated()
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return str(RequestValidator(token).compute_signature(url, grouped, algorithm))


def headers(
    fields: Fields,
    path: str = MESSAGE_PATH,
    algorithm: str | None = None,
    token: str = TWILIO_TOKEN,
    base: str = PUBLIC_URL,
) -> dict[str, str]:
    """The headers of a signed call."""
    given = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": signature(fields, base + path, algorithm, token),
        "I-Twilio-Idempotency-Token": "f0a1",
    }
    return given | ({"X-Twilio-Webhooks-Signature-Settings": f"key=webhooks_sharedkey_1,algorithm={algorithm}"} if algorithm else {})
