"""A push service and the browsers that subscribed at it: it checks what RFC 8030 and 8292 ask, and a browser really decrypts (RFC 8291)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.channels.provider import Provider

_X962 = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """One browser's half of a subscription."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(*_X962)

    @property
    def subscription(self) -> str:
        """What the page hands to the panel."""
        return json.dumps({"endpoint": self.endpoint, "expirationTime": None, "keys": {"p256dh": b64(self.point), "auth": b64(self.auth)}})

    def opened(self, body: bytes) -> bytes:
        """As a browser opens it, written from the RFCs with nothing of the product."""
        salt, length, rest = body[:16], body[20], body[21:]
        sender, sealed = rest[:length], rest[length:]
        assert int.from_bytes(body[16:20], "big") > len(sealed) and len(body) <= 4096
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        ikm = _hkdf(self.auth, shared, b"WebPush: info\x00" + self.point + sender, 32)
        key, nonce = _hkdf(salt, ikm, b"Content-Encoding: aes128gcm\x00", 16), _hkdf(salt, ikm, b"Content-Encoding: nonce\x00", 12)
        plain, mark, padding = AESGCM(key).decrypt(nonce, sealed, None).partition(b"\x02")
        assert mark and not padding.strip(b"\x00")
        return plain


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    prk = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(prk, info + b"\x01", hashlib.sha256).digest()[:length]


@dataclass
class Pushed:
    """One message that was taken."""

    told: dict[str, str]
    ttl: int
    urgency: str
    size: int
    claims: dict[str, Any]


class PushService(Provider):
    """`gone` are endpoints that it no longer knows; `taken` is what it would bring to the browsers."""

    def __init__(self, public: str = "") -> None:
        super().__init__()
        self.public = public
        self.browsers: dict[str, Browser] = {}
        self.gone: set[str] = set()
        self.taken: list[Pushed] = []

    def subscribe(self) -> Browser:
        """A new browser."""
        path = f"/wpush/v2/{secrets.token_urlsafe(12)}"
        self.browsers[path] = Browser(self.url + path)
        return self.browsers[path]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """RFC 8030: 201 for what is taken, 404 or 410 for what is gone, 4xx for what is not as it should be."""
        browser = self.browsers.get(request.path)
        if browser is None or browser.endpoint in self.gone:
            return web.Response(status=404 if browser is None else 410)
        body, head = await request.read(), request.headers
        claims = self._claims(head.get("Authorization", ""))
        if claims is None or claims["aud"] != self.url or not time.time() - 60 < claims["exp"] < time.time() + 86_400:
            return web.Response(status=403)
        if request.method != "POST" or head.get("Content-Encoding") != "aes128gcm" or not head.get("TTL", "").isdigit():
            return web.Response(status=400)
        told = json.loads(browser.opened(body))
        self.taken.append(Pushed(told, int(head["TTL"]), head.get("Urgency", ""), len(body), claims))
        return web.Response(status=201, headers={"Location": browser.endpoint + "/m/1"})

    def _claims(self, header: str) -> dict[str, Any] | None:
        scheme, _, rest = header.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
        if scheme != "vapid" or parts.get("k") != self.public:
            return None
        signed, _, signature = parts["t"].rpartition(".")
        r, s = raw(signature)[:32], raw(signature)[32:]
        der = utils.encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(self.public))
        key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
        head, claims = (json.loads(raw(part)) for part in signed.split("."))
        assert head == {"typ": "JWT", "alg": "ES256"}
        return dict(claims)
