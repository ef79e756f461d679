"""Twilio's Messages resource as far as we use it, with its callbacks and its webhook calls, going wrong when told."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from tests.channels import twilio_calls
from tests.channels.provider import Fault, Provider, post
from tests.channels.serving import PUBLIC_URL, TWILIO_TOKEN

ACCOUNT = "AC" + "0" * 32
_LONGEST = 1600


def refused(status: int, code: int, seconds: int | None = None) -> Fault:
    """An answer in Twilio's own form; `seconds` becomes Retry-After."""
    body = {
        "code": code,
        "message": f"refused, To: whatsapp:+6281234567890 ({code})",
        "status": status,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
    }
    return Fault(status=status, body=body, headers={"Retry-After": str(seconds)} if seconds is not None else {})


@dataclass(frozen=True)
class Created:
    """A message that Twilio took, with the fields of the call."""

    sid: str
    to: str
    fields: dict[str, str]

    @property
    def text(self) -> str:
        """Its body; empty for a template."""
        return self.fields.get("Body", "")

    @property
    def variables(self) -> dict[str, str]:
        """The template's variables."""
        return dict(json.loads(self.fields.get("ContentVariables", "{}")))


class FakeTwilio(Provider):
    """`sent` are our messages in order; `closed` are people whose 24-hour window is closed. `hotline` is where its own calls go to."""

    def __init__(self, hotline: str = "", token: str = TWILIO_TOKEN, account: str = ACCOUNT) -> None:
        super().__init__()
        self.hotline, self.token, self.account = hotline, token, account
        self.sent: list[Created] = []
        self.closed: set[str] = set()
        self.blocked: set[str] = set()
        self.early: Sequence[str] = ()
        """Statuses told by callback before the create call is answered."""
        self.refused_content: set[str] = set()
        """Content SIDs that are not taken."""
        self.contents: list[dict[str, Any]] = []
        """Content templates made here."""
        self.listed: list[dict[str, Any]] = []
        """Messages that Twilio has, as its list names them, and their files' addresses by SID."""
        self.listed_media: dict[str, list[str]] = {}
        self.media: dict[str, bytes] = {}
        """Files by the path of their Media resource; a deleted one is gone."""
        self.deleted: list[str] = []
        self.deletes = True
        """False: every deletion of a file fails with a 500."""
        self.store = ""
        """Where the API sends a reader of a file on to; empty: nowhere, it answers itself."""
        self._numbers = itertools.count(1)

    def shown_to(self, person: str) -> list[str]:
        """The texts of one person."""
        return [m.text for m in self.sent if m.to == person]

    def say(self, text: str, sender: str = "whatsapp:+6281234567890", region: str = "kendal", **changed: str) -> int:
        """A person writes; gives the status of our webhook."""
        sid = f"SM{next(self._numbers):032x}"
        fields = twilio_calls.message(Body=text, From=sender, MessageSid=sid, SmsMessageSid=sid, **changed)
        return self._call(f"/webhooks/whatsapp/{region}", fields)

    def keep_media(self, data: bytes) -> str:
        """A file that somebody sent lies at Twilio now; gives its URL as webhooks name it."""
        number = next(self._numbers)
        path = f"/2010-04-01/Accounts/{self.account}/Messages/MM{number:032x}/Media/ME{number:032x}"
        self.media[path] = data
        return "https://api.twilio.com" + path

    def receipt(self, sid: str, status: str, error: str = "", callback: str = PUBLIC_URL + twilio_calls.STATUS_PATH) -> int:
        """Tell what became of a message; gives the status of our webhook."""
        fields = {"MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status, "AccountSid": self.account}
        return self._call(urlsplit(callback).path, fields | ({"ErrorCode": error} if error else {}))

    def _call(self, path: str, fields: dict[str, str]) -> int:
        return post(self.hotline + path, twilio_calls.body(fields), twilio_calls.headers(fields, path, token=self.token))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.method == "GET" and request.path.endswith("Messages.json"):
            to = [m for m in self.listed if m["to"] == request.query.get("To", m["to"])]
            return web.json_response({"messages": to, "page": 0, "next_page_uri": None, "uri": request.path})
        if request.path.endswith("/Media.json"):
            files = self.listed_media.get(request.path.split("/")[-2], [])
            listed = [{"uri": uri, "content_type": "image/jpeg", "sid": "ME" + "1" * 32} for uri in files]
            return web.json_response({"media_list": listed, "page": 0, "next_page_uri": None, "uri": request.path})
        if "/Media/" in request.path or request.path.startswith("/store/"):
            return self._media(request)
        if request.path == "/v1/Content":
            return await self._content(request)
        fields = {k: str(v) for k, v in (await request.post()).items()}
        problem = self._problem(request, fields)
        if problem is not None:
            status, code = problem
            return web.json_response({"code": code, "message": f"refused {fields.get('To', '')}", "status": status}, status=status)
        created = Created(f"SM{next(self._numbers):032x}", fields["To"], fields)
        self.sent.append(created)
        for status_name in self.early:
            await asyncio.to_thread(self.receipt, created.sid, status_name, "", fields["StatusCallback"])
        answer = {
            "sid": created.sid,
            "status": "queued",
            "to": created.to,
            "from": fields["From"],
            "body": created.text,
            "account_sid": self.account,
            "error_code": None,
            "num_segments": "1",
            "date_created": "Sun, 22 Nov 2026 03:00:00 +0000",
        }
        return web.json_response(answer, status=201)

    async def _content(self, request: web.Request) -> web.StreamResponse:
        if self._account_of(request) != f"{self.account}:{self.token}":
            return web.json_response({"code": 20003, "message": "Authenticate", "status": 401}, status=401)
        if request.method == "GET":
            meta = {"page": 0, "page_size": 500, "key": "contents", "url": "", "first_page_url": "", "next_page_url": None}
            return web.json_response({"contents": self.contents, "meta": meta})
        made = await request.json()
        self.contents.append(made | {"sid": f"HX{next(self._numbers):032x}", "account_sid": self.account})
        return web.json_response(self.contents[-1], status=201)

    def _media(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/store")
        stored = path != request.path
        if request.method == "DELETE" and not path.endswith(".json"):
            return web.Response(status=405)
        path = path.removesuffix(".json")
        if stored == ("Authorization" in request.headers):
            return web.Response(status=400 if stored else 401)
        if not stored and self._account_of(request) != f"{self.account}:{self.token}":
            return web.Response(status=401)
        if path not in self.media:
            return web.json_response({"code": 20404, "message": "not found", "status": 404}, status=404)
        if request.method == "DELETE":
            if not self.deletes:
                return web.Response(status=500)
            del self.media[path]
            self.deleted.append(path)
            return web.Response(status=204)
        if self.store and not stored:
            return web.Response(status=307, headers={"Location": self.store + "/store" + path})
        return web.Response(body=self.media[path], content_type="image/jpeg")

    @staticmethod
    def _account_of(request: web.Request) -> str:
        return b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode()

    def _problem(self, request: web.Request, fields: dict[str, str]) -> tuple[int, int] | None:
        if request.path != f"/2010-04-01/Accounts/{self.account}/Messages.json" or request.method != "POST":
            return 404, 20404
        if self._account_of(request) != f"{self.account}:{self.token}":
            return 401, 20003
        if not re.fullmatch(r"whatsapp:(\+\d{6,15}|ID\.\w+)", fields.get("To", "")):
            return 400, 21211
        if len(fields.get("Body", "")) > _LONGEST:
            return 400, 21617
        if fields.get("ContentSid") in self.refused_content:
            return 400, 21656
        if fields["To"] in self.blocked:
            return 400, 21610
        if "ContentSid" not in fields and fields["To"] in self.closed:
            return 400, 63016
        return None if ("ContentSid" in fields) != bool(fields.get("Body")) else (400, 21619)
