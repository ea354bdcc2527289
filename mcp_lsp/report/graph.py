"""What tools lead to, drawn: on the left the tools, on the right what their arguments or their company allow."""

from __future__ import annotations

from collections.abc import Iterable

from mcp_lsp.project.outcome import Found

from .elements import Element, element
from .score import title

_ROW, _BOX, _WIDTH, _GAP, _LONGEST = 26, 20, 320, 160, 40
_MOST = 60
"""So many things are drawn: a graph of hundreds of nodes tells nobody anything."""
_ORDER = ("error", "warning", "information", "hint")


def graph(found: Iterable[Found]) -> Element | None:
    """The findings that have a way to them, as an SVG; ``None`` where there is none."""
    edges: dict[tuple[str, str], str] = {}
    for each in found:
        if not each.related or each.severity == "hint":
            continue
        ends = _thing(each.thing), title(each)
        if ends[0]:
            edges[ends] = min(edges.get(ends, each.severity), each.severity, key=_ORDER.index)
    if not edges:
        return None
    left = list(dict.fromkeys(a for a, _ in edges))
    right = list(dict.fromkeys(b for _, b in edges))
    left, right = left[:_MOST], right[:_MOST]
    height = max(len(left), len(right)) * _ROW + 10
    at = {("l", name): 10 + i * _ROW for i, name in enumerate(left)}
    at |= {("r", name): 10 + i * _ROW for i, name in enumerate(right)}
    far = _WIDTH + _GAP
    parts = [
        element("path", d=_curve(y + _BOX / 2, z + _BOX / 2), cls=f"edge {severity}")
        for (a, b), severity in edges.items()
        if (y := at.get(("l", a))) is not None and (z := at.get(("r", b))) is not None
    ]
    for (side, name), y in at.items():
        x = 0 if side == "l" else far
        parts.append(element("rect", x=x, y=y, width=_WIDTH, height=_BOX, rx=4, cls="node"))
        parts.append(element("text", element("title", name), _short(name), x=x + 8, y=y + 14))
    width = far + _WIDTH
    return element("svg", parts, viewBox=f"0 0 {width} {height}", width=width, height=height, role="img")


def _curve(y: float, z: float) -> str:
    middle = _WIDTH + _GAP / 2
    return f"M{_WIDTH} {y:g} C{middle:g} {y:g} {middle:g} {z:g} {_WIDTH + _GAP} {z:g}"


def _thing(pointer: str) -> str:
    """``/tools/ping/description`` → ``ping``."""
    parts = pointer.split("/")
    return parts[2] if len(parts) > 2 else ""


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
