"""`teduh`: the command line. Exit codes: 0 done, 1 it failed, 2 it was asked wrongly (a command, a setting, a profile)."""

from __future__ import annotations

import sys

from bot.cli import app
from bot.commands.channels import add_channel_commands
from bot.commands.data import add_data_commands
from bot.commands.drill import add_drill_command
from bot.commands.errors import sentence
from bot.commands.run import add_run_commands
from bot.commands.triage import add_triage_command

add_run_commands(app)
add_data_commands(app)
add_drill_command(app)
add_triage_command(app)
add_channel_commands(app)


def main() -> None:
    """Run one command; whatever goes wrong is told in a sentence, never in a traceback, which may quote what a person wrote."""
    try:
        app(prog_name="teduh")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        text, code = sentence(error)
        sys.stderr.write(text + "\n")
        sys.exit(code)


if __name__ == "__main__":
    main()
