"""The simulator: two messengers on one page, so that the whole conversation can be held without an account anywhere."""

from bot.simulator.routes import routes
from bot.simulator.sender import SimulatorSender

__all__ = ["SimulatorSender", "routes"]
