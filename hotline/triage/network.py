"""The second hearer: a network with one small hidden layer over the same traits, asked where the linear model is in doubt."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter, mul
from typing import Any

from hotline.triage.model import NOTHING, ModelUnreadable
from hotline.triage.traits import DAMPING, Message, views_of

FILE = "network.bin"
BITS = 17
PLACES = 1 << BITS
"""Its places: fewer than the linear model's, since each holds a weight for every unit."""
UNITS = 16
_MASK = PLACES - 1


@dataclass(frozen=True, slots=True)
class Network:
    """Each unit weighs all traits and speaks up when they exceed its bias; `out` weighs the units."""

    tables: tuple[bytes, ...]
    """A byte a place for each unit."""
    scales: tuple[float, ...]
    """What one step of a byte is worth, by unit."""
    biases: tuple[float, ...]
    factors: tuple[float, ...]
    """How much each view of a message counts."""
    out: tuple[float, ...]
    out_bias: float

    def score(self, message: Message) -> float:
        """How strongly the whole message sounds like an emergency; `Thresholds.share` brings it to the linear model's measure."""
        sums = [0.0] * UNITS
        for view, places in enumerate(views_of(message)):
            if not places:
                continue
            share = self.factors[view] / math.sqrt(len(places) + DAMPING[view])
            # The first place is taken along and off again: an item getter of one place gives no tuple.
            weigh = itemgetter(0, *[place & _MASK for place in places])
            nothing = NOTHING * len(places)
            sums = [known + share * (sum(weigh(table)) - table[0] - nothing) for known, table in zip(sums, self.tables, strict=True)]
        units = [max(0.0, known * scale + bias) for known, scale, bias in zip(sums, self.scales, self.biases, strict=True)]
        return math.fsum(map(mul, units, self.out)) + self.out_bias


def packed(net: Network) -> bytes:
    """The file: one line that describes it, then a byte a place for each unit."""
    header = {
        "size": PLACES,
        "scales": net.scales,
        "biases": net.biases,
        "factors": net.factors,
        "out": net.out,
        "out_bias": net.out_bias,
    }
    return b"".join([json.dumps(header, sort_keys=True).encode(), b"\n", *net.tables])


def load(data: bytes) -> Network:
    """A packed network; raises ModelUnreadable."""
    line, _, body = data.partition(b"\n")
    try:
        header = json.loads(line)
        size = header.pop("size")
        numbers: dict[str, Any] = {name: value if name == "out_bias" else tuple(value) for name, value in header.items()}
        if size != PLACES or len(body) != PLACES * UNITS or any(len(numbers[name]) != UNITS for name in ("scales", "biases", "out")):
            raise ModelUnreadable(ModelUnreadable.__doc__)
        return Network(tables=tuple([body[at : at + PLACES] for at in range(0, len(body), PLACES)]), **numbers)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnreadable(ModelUnreadable.__doc__) from error


@cache
def network() -> Network:
    """The one that comes with the program."""
    return load(files("hotline.triage").joinpath(FILE).read_bytes())
