"""Another version of the dialogs: the report has lost one question, gained one, and no longer knows one of its answers."""

from __future__ import annotations

from dataclasses import replace

from dialogs import NOTICES, PHRASES, dialogs
from dialogs.parts import yes_no
from dialogs.signs import SETTLED
from hotline.engine.book import Book
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Node
from hotline.i18n import N_
from tests.dialogs.region import Region

NEW = yes_no("saksi", N_("Adakah orang lain yang tahu?"), N_("Ada yang tahu"))


def older_book() -> Book:
    """The small region's book, changed."""
    region = Region()
    every = [_changed(dialog) if dialog.name == "report" else dialog for dialog in dialogs(region)]
    return Book(every, catalogues={}, facts=region.facts, notices={**PHRASES, **NOTICES}, danger=lambda text: (), settled=SETTLED)


def _changed(dialog: Dialog) -> Dialog:
    return replace(dialog, nodes=_nodes(dialog.nodes))


def _nodes(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, Branch):
            out.append(replace(node, ways={code: _nodes(way) for code, way in node.ways.items()}, default=_nodes(node.default)))
        elif isinstance(node, Ask) and node.key == "R8":
            out += [NEW, node]
        elif isinstance(node, Ask) and node.key == "R4":
            out.append(replace(node, choices=tuple(c for c in node.choices if c.code != "6-12")))
        elif isinstance(node, Ask) and node.key == "R14":
            continue
        else:
            out.append(node)
    return tuple(out)
