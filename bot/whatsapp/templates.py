"""Content templates for choices, made at Twilio once: buttons for one to three, a list for four to ten, every word of them a variable.

They are for the open window only, where WhatsApp asks for no approval (Twilio: twilio/quick-reply, twilio/list-picker).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from bot.whatsapp.content import MOST_BUTTONS, MOST_ITEMS
from bot.whatsapp.failures import not_sent
from bot.whatsapp.http import API, Transport
from hotline.settings import Settings

_HOST = "https://content.twilio.com"
_CONTENTS = _HOST + "/v1/Content"
_OPEN_LIST = "Pilih"


class ContentRefused(Exception):
    """Twilio's Content API refused or did not answer; in brackets its error number."""


def definition(count: int) -> dict[str, Any]:
    """The template for this many choices: variable 1 is the text, 2 and 3 label and token of the first choice, and so on."""
    pairs = [(f"{{{{{2 * i}}}}}", f"{{{{{2 * i + 1}}}}}") for i in range(1, count + 1)]
    if count <= MOST_BUTTONS:
        actions = [{"type": "QUICK_REPLY", "title": label, "id": token} for label, token in pairs]
        types: dict[str, Any] = {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    else:
        # A description is demanded; the number is one that may also be typed.
        items = [{"item": label, "id": token, "description": str(i)} for i, (label, token) in enumerate(pairs, 1)]
        types = {"twilio/list-picker": {"body": "{{1}}", "button": _OPEN_LIST, "items": items}}
    samples = {"1": "Pilih salah satu."} | {str(n): f"{'Pilihan' if n % 2 == 0 else 'p'} {n // 2}" for n in range(2, 2 * count + 2)}
    digest = hashlib.sha256(json.dumps(types, sort_keys=True).encode()).hexdigest()[:8]
    return {"friendly_name": f"teduh_pilihan_{count}_{digest}", "language": "id", "variables": samples, "types": types}


async def make(settings: Settings) -> dict[int, str]:
    """The SIDs by number of choices; a template that is there already, by its name, is used again. Raises ContentRefused."""
    # The transport speaks to one host; the Content API has its own, unless both are stood in for.
    base = settings.twilio_api_base_url
    transport = Transport(_HOST if base.rstrip("/") == API else base)
    client = Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=transport)
    try:
        known = {found.friendly_name: found.sid for found in await client.content.v1.contents.list_async(page_size=500)}
        return {count: await _made(client, definition(count), known) for count in range(1, MOST_ITEMS + 1)}
    except (TwilioException, ClientError, OSError, ValueError) as error:
        refusal = not_sent(error)
        raise ContentRefused(f"{ContentRefused.__doc__} ({refusal.detail or refusal.failure.value})") from None
    finally:
        await transport.close()


async def _made(client: Client, wanted: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """The library's own call would send every kind of content that there is, empty, beside the one wanted."""
    if wanted["friendly_name"] in known:
        return known[wanted["friendly_name"]]
    answer = await client.request_async("POST", _CONTENTS, headers={"Content-Type": "application/json"}, data=wanted)
    told = json.loads(answer.text or "{}")
    if answer.status_code not in (200, 201) or not isinstance(told.get("sid"), str):
        raise TwilioRestException(answer.status_code, _CONTENTS, code=told.get("code"))
    return str(told["sid"])
