"""The way out to a pretended phone: it takes everything, and the page shows from the outbox what was sent (`bot.simulator.stream`)."""

from __future__ import annotations

from secrets import token_hex

from hotline.messages import Outgoing


class SimulatorSender:
    """`hotline.deliver.Sender` for a simulated channel. Nothing leaves this machine."""

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        """A made-up provider's id."""
        return f"sim-{token_hex(8)}"

    async def close(self) -> None:
        """Nothing is held."""
