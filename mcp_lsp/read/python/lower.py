"""A segment of Python as a `Unit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.bindings import bindings
from mcp_lsp_analyzers.code import Unit

from ...syntax import left_out
from ..units import Nest
from . import compound, definitions, simple
from .blocks import fill
from .expressions import Lowering

if TYPE_CHECKING:
    from ...syntax import Segment

KINDS = (compound, definitions, simple)
"""The modules that know how statements are lowered; each enters its own in `blocks.STATEMENTS`."""


def lower(segment: Segment, nest: Nest) -> Unit:
    """The unit of one segment."""
    unit = Unit(segment.text, segment.anchor, broken=segment.broken)
    nodes = segment.nodes
    fill(Lowering(unit, segment.base, nest, None, None, True), nodes)
    if (at := left_out(segment.text)) is not None:
        unit.kept.setdefault("deep", at)
    unit.binds = tuple(bindings(unit))
    return unit
