"""Twilio's webhook signature: an HMAC over the configured public URL and every form field, as twilio's RequestValidator computes it."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from urllib.parse import urlsplit

_DIGESTS = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}
Fields = Iterable[tuple[str, str]]


def compute(token: bytes, url: str, fields: Fields, digest: str = "sha1") -> bytes:
    """Base64 of the HMAC over the URL and the distinct fields sorted by name, then value; blank values count.

    Source: twilio-python 9.13, request_validator.py (its `sorted(set(...))` twice is one sort of the distinct pairs).
    """
    message = url + "".join(chain.from_iterable(sorted(set(fields))))
    signed = _begun(token, digest).copy()
    signed.update(message.encode())
    return b64encode(signed.digest())


@lru_cache(maxsize=4)
def _begun(token: bytes, digest: str) -> hmac.HMAC:
    """With the key taken in, which costs as much as the rest of it."""
    return hmac.new(token, digestmod=digest)


def algorithm(settings_header: str) -> str:
    """The algorithm named in X-Twilio-Webhooks-Signature-Settings (`key=..,algorithm=..`); HMAC_SHA1 when none is."""
    for part in settings_header.split(","):
        name, equals, value = part.partition("=")
        if equals and name.strip() == "algorithm" and value.strip():
            return value.strip().upper()
    return "HMAC_SHA1"


def valid(token: bytes, url: str, fields: list[tuple[str, str]], signature: bytes, settings_header: str = "") -> bool:
    """Whether Twilio signed these fields for this URL; compared in constant time. An algorithm we do not know is not valid."""
    digest = _DIGESTS.get(algorithm(settings_header) if settings_header else "HMAC_SHA1")
    if digest is None or not signature:
        return False
    if hmac.compare_digest(compute(token, url, fields, digest), signature):
        return True
    # Twilio signs a URL now with its port and now without; only a call that failed so far pays for the second HMAC.
    return hmac.compare_digest(compute(token, _other_port_form(url), fields, digest), signature)


def _other_port_form(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.partition(":")[0]
    if not parts.port:
        host = f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}"
    return parts._replace(netloc=host).geturl()
