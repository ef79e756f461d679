"""`python -m bench [PART ...] [--quick]`: measure, print, write bench/results; without a part, all of them."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import time
from types import FrameType

from bench import goals, micro, profile, report, ring
from bench.parts import PARTS, QUICK, Bench, Scale
from bench.settings import LOAD_CORE, SERVER_CORE, WORK, PartMissing, say


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join([*PARTS, 'micro'])} (default: all)")
    parser.add_argument("--quick", action="store_true", help="one short round of each: shows that it runs, not how fast")
    parser.add_argument("--rounds", type=int, help="quiet rounds wanted")
    parser.add_argument("--profile", choices=profile.KINDS, help="profile the product's web process under load instead")
    parser.add_argument("--alert", action="store_true", help="how soon alerts leave while many write, instead")
    parser.add_argument("--clean", action="store_true", help="forget prepared databases and corpora first")
    found = parser.parse_args()
    if unknown := set(found.parts) - set(PARTS) - {"micro"}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return found


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)  # so that what was started is ended


def _scale(arguments: argparse.Namespace) -> Scale:
    from dataclasses import replace

    scale = QUICK if arguments.quick else Scale()
    return replace(scale, quiet_rounds=arguments.rounds, most_rounds=arguments.rounds + 3) if arguments.rounds else scale


def main() -> int:
    """Run the parts asked for; 1 when a goal was missed."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _interrupted)
    if arguments.clean:
        shutil.rmtree(WORK, ignore_errors=True)
    if SERVER_CORE == LOAD_CORE:
        say("Only one core: server and load share it, the figures mean little.")
    bench, began = Bench(_scale(arguments)), time.monotonic()
    try:
        if arguments.profile:
            profile.run(bench, arguments.profile)
            return 0
        if arguments.alert:
            return 0 if ring.run(bench.corpus, bench.mark, bench.scale.seconds * 5) else 1
        for name in arguments.parts or [*PARTS, "micro"]:
            say(f"{name}: {(micro.run if name == 'micro' else PARTS[name]).__doc__}")
            micro.run() if name == "micro" else PARTS[name](bench)
    except PartMissing as error:
        say(str(error))
        return 2
    finally:
        bench.close()
    return _tell(bench, began, " ".join(["python -m bench", *sys.argv[1:]]))


def _tell(bench: Bench, began: float, command: str) -> int:
    if not bench.runs:
        return 0
    judged = goals.judge(bench.runs)
    say("\n" + report.table(bench.runs) + "\n")
    for goal in judged:
        say(goal.line())
    say(f"\n{time.monotonic() - began:.0f} s; written to {report.save(bench.runs, judged, command)}")
    return 0 if all(g.met for g in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
