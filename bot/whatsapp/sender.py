"""The way out to WhatsApp: twilio's client creates the messages, inside the 24-hour window and after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from twilio.base.domain import Domain
from twilio.base.exceptions import TwilioException
from twilio.base.version import Version
from twilio.rest import Client

from bot.whatsapp import content
from bot.whatsapp.failures import not_sent
from bot.whatsapp.http import API, TOTAL_SECONDS, Transport
from hotline.deliver import Failure, NotSent
from hotline.messages import Outgoing
from hotline.settings import Settings

VALID_SECONDS, ALERT_VALID_SECONDS = 3600, 600
"""How long Twilio may keep a message in its queue (else ten hours): a later one would come unexpected, or to another's hands."""
_NONE: Mapping[int, str] = MappingProxyType({})
_OTHERS: Mapping[str, tuple[str, str]] = MappingProxyType({})
_PARAMETERS = {"body": "Body", "content_sid": "ContentSid", "content_variables": "ContentVariables"}


class TwilioSender:
    """`hotline.deliver.Sender` by Twilio's Messages resource. Its id is only the start: what became of it comes by status callback."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        *,
        base_url: str = API,
        status_callback: str = "",
        template: str = "",
        alert_template: str = "",
        choices: Mapping[int, str] = _NONE,
        seconds: float = TOTAL_SECONDS,
        regions: Mapping[str, tuple[str, str]] = _OTHERS,
    ) -> None:
        self._transport = Transport(base_url, total_seconds=seconds)
        # The library's client and its API version, without the classes of its resources: those of all accounts' others take seven MiB,
        # and an answer of which only the SID is read takes as long to make an object of as to fetch.
        self._version = Version(Domain(Client(account_sid, auth_token, http_client=self._transport), API), "2010-04-01")
        self._messages = f"/Accounts/{account_sid}/Messages.json"
        self._fixed = _fixed(sender, status_callback)
        self._of = {region: _fixed(*own) for region, own in regions.items()}
        self._template, self._alert_template, self._choices = template, alert_template, choices

    @classmethod
    def of(cls, settings: Settings, region: str) -> TwilioSender:
        """As the settings say; a message leaves from the number of its region, and receipts come back to that region's door."""
        doors = {name: (number, _door(settings, name)) for name, number in settings.senders.items()}
        return cls(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            settings.twilio_whatsapp_from,
            base_url=settings.twilio_api_base_url,
            status_callback=_door(settings, region),
            regions=doors,
            template=settings.twilio_content_sid,
            alert_template=settings.twilio_alert_content_sid,
            choices=dict(settings.twilio_content_choices),
        )

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        """Create the message at Twilio; gives the SID of the (last) piece. Raises NotSent.

        A text in several pieces that fails after the first is sent again from its beginning: said twice is better than half.
        """
        fixed = self._of.get(message.region, self._fixed)
        if not window_open:
            wanted = content.outside(message, self._template, self._alert_template)
            return await self._create(address, wanted, fixed, ALERT_VALID_SECONDS if message.alert else VALID_SECONDS)
        wanted = content.as_text(message) if message.plain else content.inside(message, self._choices)
        try:
            return await self._create(address, wanted, fixed)
        except NotSent as refusal:
            # A template that is gone, or words that it does not take: the question goes out as text, where it can be answered too.
            if refusal.failure is not Failure.REFUSED or "content_sid" not in wanted[0]:
                raise
            return await self._create(address, content.as_text(message), fixed)

    async def _create(self, address: str, wanted: Sequence[content.Fields], fixed: Mapping[str, str], validity: int = VALID_SECONDS) -> str:
        sid = ""
        try:
            for fields in wanted:
                named = {_PARAMETERS[name]: value for name, value in fields.items()}
                data: dict[str, object] = {"To": address, "ValidityPeriod": validity, **fixed, **named}
                created = await self._version.create_async("POST", self._messages, data=data)
                sid = str(created["sid"])
        except (TwilioException, OSError, ValueError, LookupError, TypeError) as error:
            raise not_sent(error) from None
        return sid

    async def close(self) -> None:
        """Let the connections go."""
        await self._transport.close()


def _fixed(sender: str, status_callback: str) -> dict[str, str]:
    return {"From": sender} | ({"StatusCallback": status_callback} if status_callback else {})


def _door(settings: Settings, region: str) -> str:
    return f"{settings.public_url}/webhooks/whatsapp/{region}/status"
