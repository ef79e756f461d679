"""The providers as fakes over real HTTP, for every test that sends: `with FakeTelegram() as api: ... api.url ... api.sent`."""

from tests.channels.fake_telegram import FakeTelegram
from tests.channels.fake_twilio import FakeTwilio
from tests.channels.provider import DROPPED, NO_JSON, SLOW, TAKEN_THEN_DROPPED, Fault, Provider, down

__all__ = ["DROPPED", "NO_JSON", "SLOW", "TAKEN_THEN_DROPPED", "FakeTelegram", "FakeTwilio", "Fault", "Provider", "down"]
