"""What a fix does, as lines that go and lines that come, as far as the finding's excerpt shows them."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp.project.outcome import Edit, Found


def changed(found: Found) -> Iterator[tuple[str, str]]:
    """(sign, line): "-" goes, "+" comes, "@" says where, where the lines themselves are not at hand."""
    edits = sorted(found.fix.edits or (), key=lambda edit: (edit.region.start, edit.region.end)) if found.fix else []
    lines = {line.number: line.text for line in found.lines if not line.cut}
    inside: list[Edit] = []
    outside: list[Edit] = []
    for edit in edits:
        known = all(n in lines for n in range(edit.region.start[0], edit.region.end[0] + 1))
        (inside if known and edit.region.path == found.region.path else outside).append(edit)
    for edit in outside:
        (line, column), text = edit.region.start, edit.text
        yield "@", f"{edit.region.path}:{line}:{column}{'' if text else ': what stands here goes'}"
        for each in text.rstrip("\n").split("\n") if text else ():
            yield "+", each
    if inside:
        first, last = inside[0].region.start[0], max(edit.region.end[0] for edit in inside)
        before = [lines[n] for n in range(first, last + 1) if n in lines]
        for each in before:
            yield "-", each
        after = _applied("\n".join(before), first, inside)
        for each in after.split("\n") if after else ():
            yield "+", each


def _applied(text: str, first: int, edits: list[Edit]) -> str:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(point: tuple[int, int]) -> int:
        return min(starts[point[0] - first] + point[1] - 1, len(text))

    for edit in reversed(edits):
        text = text[: offset(edit.region.start)] + edit.text + text[offset(edit.region.end) :]
    return text
