"""Sealing: what people wrote and who they are is encrypted here before it is stored, and found again by a keyed fingerprint.

AES-256-GCM under a key derived from `TEDUH_SECRET_KEY`; the associated data names table, row and column, so a value moved to
another row does not open. It protects a stolen database or backup, not a server that is taken over.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_HEAD = struct.Struct(">B4s")
_FORMAT = 1
_NONCE = 12
KEY_BYTES = 32


class SealError(Exception):
    """The sealed value does not open: another key, another row, or it was changed."""


class UnknownKey(SealError):
    """The value was sealed with a key that is not among the configured ones."""


class SecretKeyInvalid(Exception):
    """The secret key must be 32 bytes."""


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"teduh|" + purpose).derive(secret)


class Seal:
    """Seals with the first secret and opens with any; the fingerprint key is derived from `index_secret` (default: the last, oldest).

    Secrets are 32 bytes each. To rotate, put the new secret in front; values sealed before still open, and fingerprints stay.
    """

    def __init__(self, secrets: Iterable[bytes], index_secret: bytes | None = None) -> None:
        keys = list(secrets)
        if not keys or any(len(k) != KEY_BYTES for k in keys):
            raise SecretKeyInvalid(SecretKeyInvalid.__doc__)
        self._ciphers = {hashlib.sha256(b"id" + _derive(k, b"data")).digest()[:4]: AESGCM(_derive(k, b"data")) for k in keys}
        self.key_id = next(iter(self._ciphers))
        self._cipher = self._ciphers[self.key_id]
        self._head = _HEAD.pack(_FORMAT, self.key_id)
        # Copied for each fingerprint: to begin an HMAC with its key costs as much as the rest of it.
        self._index = hmac.new(_derive(index_secret or keys[-1], b"index"), digestmod="sha256")

    def __call__(self, text: str, table: str, row: int | str, column: str) -> bytes:
        """Seal one value for one place: format byte, key id, nonce, ciphertext with tag."""
        return self.close(text.encode(), table, row, column)

    def close(self, body: bytes, table: str, row: int | str, column: str) -> bytes:
        """The same for bytes that are no text: a piece of a file."""
        nonce = os.urandom(_NONCE)
        return self._head + nonce + self._cipher.encrypt(nonce, body, f"{table}|{row}|{column}".encode())

    def open(self, sealed: bytes, table: str, row: int | str, column: str) -> str:
        """The value sealed for this place; raises SealError when it was sealed for another or changed."""
        return self.open_bytes(sealed, table, row, column).decode()

    def open_bytes(self, sealed: bytes, table: str, row: int | str, column: str) -> bytes:
        """What `close` sealed for this place; raises SealError."""
        sealed = bytes(sealed)
        if len(sealed) < _HEAD.size + _NONCE:
            raise SealError(SealError.__doc__)
        form, key_id = _HEAD.unpack_from(sealed)
        cipher = self._ciphers.get(key_id)
        if form != _FORMAT or cipher is None:
            raise UnknownKey(UnknownKey.__doc__)
        nonce = sealed[_HEAD.size : _HEAD.size + _NONCE]
        try:
            return cipher.decrypt(nonce, sealed[_HEAD.size + _NONCE :], f"{table}|{row}|{column}".encode())
        except InvalidTag as error:
            raise SealError(SealError.__doc__) from error

    def fingerprint(self, *parts: str) -> bytes:
        """16 bytes that find a value again without showing it (keyed, so a stolen table cannot be searched by trying numbers)."""
        index = self._index.copy()
        index.update("\x1f".join(parts).encode())
        return index.digest()[:16]
