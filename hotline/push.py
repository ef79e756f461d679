"""Web Push: what a browser gives to be called by, a call encrypted for it alone (RFC 8291), and our own name at its service (RFC 8292)."""

from __future__ import annotations

import base64
import ipaddress
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hotline.compact import dumps

KEY_BYTES, AUTH_BYTES, POINT_BYTES, SALT_BYTES = 32, 16, 65, 16
LONGEST_ENDPOINT = 1024
PADDED = 256
"""Every call is as long as every other, so that its length tells nothing; RFC 8291 allows 3,993 bytes."""
TOKEN_LASTS = timedelta(hours=12)
"""RFC 8292 allows a day."""
_RECORD = 4096
_CURVE = ec.SECP256R1()
_POINT = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class SubscriptionInvalid(Exception):
    """This is no subscription that a browser gives: an https address of a public push service and two keys."""


def may_be_called(endpoint: str, trusted: Collection[str] = ()) -> bool:
    """Whether this address may be a push service's: https, its usual port, a host that is not plainly one of our own network.

    A name may still lead to a private address: whoever connects asks `is_public` of what it resolves to. `trusted` hosts may be
    anything; only a test's own service is one.
    """
    parts = _parts(endpoint)
    if parts is None or parts.hostname is None:
        return False
    if parts.hostname in trusted:
        return True
    if parts.scheme != "https" or parts.username is not None or parts.port not in (None, 443):
        return False
    try:
        return is_public(parts.hostname)
    except ValueError:
        return "." in parts.hostname.strip(".") and not parts.hostname.endswith((".localhost", ".local", ".internal"))


def _parts(endpoint: str) -> SplitResult | None:
    try:
        parts = urlsplit(endpoint)
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None


def is_public(address: str) -> bool:
    """Whether this IP address is one of the public internet, also behind the ways in which IPv6 carries IPv4. Raises ValueError."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inside is not None:
            return is_public(str(inside))
        if ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser is called by. Whoever has all of it can show a notification there, so it is stored sealed."""

    endpoint: str
    point: bytes
    """The browser's public key."""
    auth: bytes

    @classmethod
    def read(cls, text: str, trusted: Collection[str] = ()) -> Subscription:
        """From the JSON of PushSubscription.toJSON(), and from `written`. Raises SubscriptionInvalid."""
        try:
            told = json.loads(text)
            endpoint, keys = told["endpoint"], told["keys"]
            made = cls(endpoint, unwrapped(keys["p256dh"]), unwrapped(keys["auth"]))
            ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, made.point)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SubscriptionInvalid(SubscriptionInvalid.__doc__) from None
        usual = len(made.point) == POINT_BYTES and len(made.auth) == AUTH_BYTES and isinstance(endpoint, str)
        if not usual or not endpoint.isascii() or len(endpoint) > LONGEST_ENDPOINT or not may_be_called(endpoint, trusted):
            raise SubscriptionInvalid(SubscriptionInvalid.__doc__)
        return made

    def written(self) -> str:
        """As JSON, for the seal."""
        return dumps({"endpoint": self.endpoint, "keys": {"p256dh": wrapped(self.point), "auth": wrapped(self.auth)}})


class PushKey:
    """Our key to the push services (VAPID): the same for all browsers, so a new one silences all that were armed with the old."""

    def __init__(self, secret: bytes) -> None:
        """Raises ValueError when these 32 bytes are no P-256 key."""
        if len(secret) != KEY_BYTES:
            raise ValueError("not 32 bytes")
        self._key = ec.derive_private_key(int.from_bytes(secret, "big"), _CURVE)

    @classmethod
    def made(cls) -> tuple[str, PushKey]:
        """A new one, and how it is written in the settings."""
        number = ec.generate_private_key(_CURVE).private_numbers().private_value
        return wrapped(number.to_bytes(KEY_BYTES, "big")), cls(number.to_bytes(KEY_BYTES, "big"))

    @property
    def public(self) -> str:
        """What a browser is given when it subscribes."""
        return wrapped(self._key.public_key().public_bytes(*_POINT))

    def authorization(self, endpoint: str, now: datetime, contact: str) -> str:
        """The Authorization header for one push service, good for some hours. `contact`: where it can reach us; may be empty."""
        parts = urlsplit(endpoint)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + TOKEN_LASTS).timestamp())}
        told = [wrapped(dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims | ({"sub": contact} if contact else {}))]
        r, s = decode_dss_signature(self._key.sign(".".join(told).encode(), ec.ECDSA(hashes.SHA256())))
        signed = wrapped(r.to_bytes(KEY_BYTES, "big") + s.to_bytes(KEY_BYTES, "big"))
        return f"vapid t={'.'.join(told)}.{signed}, k={self.public}"


def encrypted(
    plain: bytes, to: Subscription, *, salt: bytes | None = None, own: ec.EllipticCurvePrivateKey | None = None, padded: int = PADDED
) -> bytes:
    """The body of one push message in one record of aes128gcm (RFC 8188); `salt` and `own` key are new each time unless given."""
    salt, own = salt or os.urandom(SALT_BYTES), own or ec.generate_private_key(_CURVE)
    point = own.public_key().public_bytes(*_POINT)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, to.point))
    secret = _derived(shared, to.auth, b"WebPush: info\x00" + to.point + point, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    return head + AESGCM(key).encrypt(nonce, (plain + b"\x02").ljust(padded + 1, b"\x00"), None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def wrapped(raw: bytes) -> str:
    """URL-safe base64 without padding, as all of Web Push writes bytes."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unwrapped(text: str) -> bytes:
    """The bytes again, with padding or without. Raises ValueError."""
    plain = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
