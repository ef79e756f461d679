"""Files at Twilio: read with our account's name from Twilio's own hosts only, and deleted there afterwards.

A media address comes from a webhook whose signature held, and is checked all the same: whoever could write one of their own
would make this server call any address inside the house.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession, encode_basic_auth

from bot import files
from bot.whatsapp.http import API
from hotline.media.source import NotFetched, Trouble

_MEDIA = re.compile(r"/2010-04-01/Accounts/(?P<account>AC[0-9a-fA-F]{32})/Messages/[SM]M[0-9a-fA-F]{32}/Media/ME[0-9a-fA-F]{32}")
# Where the API sends a reader on to. Source: Twilio help 223183748 (with and without enforced authentication).
_STORES = ("mms.twiliocdn.com", "media.twiliocdn.com", "s3-external-1.amazonaws.com")
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 3


class TwilioFiles:
    """`hotline.media.source.Source` by Twilio's Media resource; a reference is a media URL."""

    keeps_copies = True

    def __init__(self, account_sid: str, auth_token: str, base_url: str = API, **seconds: float) -> None:
        self._account, self._base, self._seconds = account_sid, base_url.rstrip("/"), seconds
        self._signed = {"Authorization": encode_basic_auth(account_sid, auth_token)}
        self._session: ClientSession | None = None

    async def fetch(self, reference: str, most: int) -> bytes:
        """The whole file; raises NotFetched. Our name is told to the API alone, never to the store that it sends us on to."""
        url, headers = self._own(reference), self._signed
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                async with self._connected().get(url, headers=headers, allow_redirects=False) as response:
                    if response.status == 200:
                        return await files.whole(response, most)
                    url, headers = self._onward(url, response), {}
        except TimeoutError:
            raise NotFetched(Trouble.UNREACHABLE) from None
        except (ClientError, OSError) as error:
            raise files.unreachable(error) from None
        raise NotFetched(Trouble.FOREIGN)

    async def forget(self, reference: str) -> None:
        """Delete the file at Twilio: 204, or 404 when it is gone already. Raises NotFetched."""
        try:
            async with self._connected().delete(self._own(reference) + ".json", headers=self._signed, allow_redirects=False) as response:
                if response.status not in (204, 404):
                    raise files.trouble(response.status, response.headers.get("Retry-After", ""))
        except TimeoutError:
            raise NotFetched(Trouble.UNREACHABLE) from None
        except (ClientError, OSError) as error:
            raise files.unreachable(error) from None

    def _own(self, reference: str) -> str:
        """The address at the configured API; raises NotFetched for one that is no media of our account at Twilio."""
        parts = _parts(reference)
        path = _MEDIA.fullmatch(parts.path)
        known = reference.startswith((API + "/", self._base + "/"))
        if not known or path is None or path["account"] != self._account or parts.query or parts.fragment or "@" in parts.netloc:
            raise NotFetched(Trouble.FOREIGN)
        return self._base + parts.path

    def _onward(self, url: str, response: ClientResponse) -> str:
        if response.status not in _REDIRECTS:
            raise files.trouble(response.status, response.headers.get("Retry-After", ""))
        target = urljoin(url, _parts(response.headers.get("Location", "")).geturl())
        parts = _parts(target)
        to_store = parts.scheme == "https" and parts.netloc in _STORES
        if not to_store and not target.startswith(self._base + "/"):
            raise NotFetched(Trouble.FOREIGN)
        return target

    def _connected(self) -> ClientSession:
        if self._session is None:
            self._session = files.session(**self._seconds)
        return self._session

    async def close(self) -> None:
        """Let connections go."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise NotFetched(Trouble.FOREIGN) from None
