"""A run as one HTML file that a person likes to read: nothing is loaded from anywhere, nothing in it can run, and no
scanned text can become part of the page (``elements`` escapes all of it).
"""

from __future__ import annotations

from collections.abc import Iterable

import mcp_lsp
from mcp_lsp.project.outcome import Found, Line, NotAnalysed, Region, Report, Seen, counts
from mcp_lsp_analyzers import registry, taxonomy

from .changes import changed
from .elements import Child, Element, element
from .graph import graph
from .page import SEVERITIES, page, switch
from .score import Score, score


def render(report: Report) -> str:
    rooms = _rooms(report.found)
    return page(
        "mcp-lsp report",
        (*SEVERITIES, *(f"room-{room}" for room in rooms), "without-fix"),
        element("h1", "MCP server report"),
        _summary(report),
        _score(score(report)),
        _not_analysed(report),
        _servers(report),
        _graph(report.found),
        _findings(report, rooms),
        element("p", f"mcp-lsp {mcp_lsp.__version__}", cls="dim"),
    )


# ---------------------------------------------------------------- what was looked at


def _summary(report: Report) -> Element:
    tiles = [_tile(str(n), _plural(n, kind), kind) for kind, n in counts(report.found).items()]
    tiles += [
        _tile(str(report.files), _plural(report.files, "file")),
        _tile(str(len(report.servers)), _plural(len(report.servers), "server")),
        _tile(str(tools := sum(len(server.tools) for server in report.servers)), _plural(tools, "tool")),
    ]
    if report.suppressed:
        tiles.append(_tile(str(report.suppressed), "allowed by comments"))
    return element("div", tiles, cls="tiles")


def _tile(figure: str, what: str, kind: str = "") -> Element:
    word = element("span", what, cls=f"word {kind}" if kind else "dim")
    return element("div", element("b", figure), word, cls="tile")


def _score(found: Score | None) -> Element:
    if found is None:
        return element("p", "No score: no MCP server was found, and where none is seen nothing can be said of it.")
    most = "" if found.complete else "at most "
    rows = [
        element("tr", element("td", f"-{each.points:g}"), element("td", each.code), element("td", each.title),
                element("td", str(each.times)))
        for each in found.contributions
    ]  # fmt: skip
    head = element("tr", (element("th", name) for name in ("Points", "Rule", "What", "Times")))
    worst = [tile for tile in found.tiles if tile.findings]
    tiles = [
        element("tr", element("td", tile.framework), element("td", tile.name), element("td", tile.title),
                element("td", f"{tile.score} of 100"), element("td", str(tile.findings)))
        for tile in worst
    ]  # fmt: skip
    return element(
        "section",
        element("h2", f"Score: {most}{found.overall} of 100, grade {found.grade}"),
        element("p", f"Risk {found.risk}, a sum without an upper end. How both come about:", cls="dim"),
        element(
            "details",
            element("summary", "What took points away" if rows else "Nothing took points away"),
            element("table", head, rows),
        ),
        element(
            "details",
            element("summary", "By category"),
            element(
                "table",
                element("tr", (element("th", name) for name in ("List", "Entry", "Title", "Score", "Findings"))),
                tiles,
            ),
        )
        if tiles
        else None,
    )


def _not_analysed(report: Report) -> Element | None:
    lists = []
    for title, those in (
        ("Not analysed, or not wholly", report.not_analysed),
        ("Failures of mcp-lsp itself", [NotAnalysed(f.path, f"{f.rule} {f.thing} {f.error}") for f in report.failures]),
        ("Left out", report.excluded),
    ):
        if those:
            entries = [element("li", _path(each.path), f": {each.reason}") for each in those]
            opened = "" if title != "Left out" else None
            summary = element("summary", f"{title} ({len(those)})")
            lists.append(element("details", summary, element("ul", entries), open=opened))
    return element("section", element("h2", "What was not looked at"), lists) if lists else None


def _servers(report: Report) -> Element | None:
    if not report.servers:
        return None
    worst = _by_thing(report.found)
    return element("section", element("h2", "Servers"), (_server(server, worst) for server in report.servers))


def _by_thing(found: Iterable[Found]) -> dict[tuple[str, str], list[Found]]:
    """Findings by path and the first two parts of their pointer: ``/tools/ping``."""
    by_thing: dict[tuple[str, str], list[Found]] = {}
    for each in found:
        by_thing.setdefault((each.region.path, "/".join(each.thing.split("/")[:3])), []).append(each)
    return by_thing


def _server(server: Seen, by_thing: dict[tuple[str, str], list[Found]]) -> Element:
    rows = []
    for kind, names in (("tool", server.tools), ("prompt", server.prompts), ("resource", server.resources)):
        for name in names:
            those = by_thing.get((server.path, f"/{kind}s/{name}"), [])
            marks = [
                element("span", f"{n} {_plural(n, word)} ", cls=f"word {word}")
                for word, n in counts(those).items()
                if n
            ]
            cells = element("td", kind, cls="dim"), element("td", element("code", name)), element("td", marks)
            rows.append(element("tr", cells))
    return element(
        "details",
        element("summary", _path(server.path), element("span", f" {server.sdk}", cls="dim")),
        element("table", rows) if rows else element("p", "It declares nothing that could be read from its source."),
        open="",
    )


def _graph(found: list[Found]) -> Element | None:
    drawn = graph(found)
    if drawn is None:
        return None
    return element(
        "section",
        element("h2", "What arguments lead to"),
        element("p", "From what a model or its callers choose (left) to what happens with it (right).", cls="dim"),
        element("div", drawn, cls="graph"),
    )


# ---------------------------------------------------------------- findings


def _findings(report: Report, rooms: list[str]) -> Element:
    if not report.found:
        said = "No findings in what was looked at." if report.files else "Nothing was checked."
        return element("section", element("h2", "Findings"), element("p", said))
    by_path: dict[str, list[Found]] = {}
    for each in report.found:
        by_path.setdefault(each.region.path, []).append(each)
    return element(
        "section",
        element("h2", "Findings"),
        _filters(report.found, rooms),
        (
            element(
                "details",
                element("summary", _path(path), element("span", f" {len(those)}", cls="dim")),
                (_finding(each) for each in those),
                open="",
            )
            for path, those in by_path.items()
        ),
    )


def _filters(found: list[Found], rooms: list[str]) -> Element:
    by_severity = counts(found)
    boxes = [switch(kind, f"{n} {_plural(n, kind)}") for kind, n in by_severity.items() if n]
    if len(rooms) > 1:
        boxes += [switch(f"room-{room}", room) for room in rooms]
    if any(each.fix is None for each in found) and any(each.fix for each in found):
        boxes.append(switch("without-fix", "without a fix"))
    return element("div", boxes, cls="filters")


def _finding(found: Found) -> Element:
    region = found.region
    fix = "" if found.fix else " without-fix"
    return element(
        "article",
        element(
            "h3",
            element("span", found.severity, cls=f"word {found.severity}"),
            f" {found.code} ",
            element("span", found.message, cls="message"),
        ),
        element("div", _path(f"{region.path}:{region.start[0]}:{region.start[1]}"), cls="dim"),
        _excerpt(found.lines, region),
        _steps(found),
        _fix(found),
        _why(found),
        cls=f"finding {found.severity} room-{_room(found)}{fix}",
    )


def _excerpt(lines: tuple[Line, ...], region: Region) -> Element | None:
    if not lines:
        return None
    out: list[Child] = []
    width = len(str(lines[-1].number))
    for line in lines:
        out.append(element("span", f"{line.number:>{width}} ", cls="number"))
        indent = len(line.text) - len(line.text.lstrip())
        begin = region.start[1] - 1 - line.cut if line.number == region.start[0] else indent
        stop = region.end[1] - 1 - line.cut if line.number == region.end[0] else len(line.text)
        begin = max(0, min(begin, len(line.text)))
        stop = max(begin, min(stop, len(line.text)))
        out += ["…" if line.cut else "", line.text[:begin]]
        out += [element("mark", line.text[begin:stop] or " ") if begin < stop or line.number == region.start[0] else ""]
        out += [line.text[stop:], "\n"]
    return element("pre", out)


def _steps(found: Found) -> Element | None:
    if not found.related:
        return None
    steps = [
        element(
            "li",
            _path(f"{step.region.path}:{step.region.start[0]}:{step.region.start[1]}"),
            " ",
            element("span", step.message, cls="message"),
            _excerpt((step.line,), step.region) if step.line else None,
        )
        for step in found.related
    ]
    title = "How it gets there" if len(steps) > 1 else "See also"
    return element("details", element("summary", title), element("ul", steps))


def _fix(found: Found) -> Element | None:
    if found.fix is None:
        return None
    safe = "" if found.fix.safe else " (look at what it does before you keep it)"
    rows = []
    for sign, text in changed(found):
        kind = {"+": "added", "-": "removed"}.get(sign)
        rows.append(element("span", f"{sign} {text}", cls=kind) if kind else element("span", f"{sign} {text}\n"))
    lines = element("pre", rows) if rows else None
    return element("details", element("summary", f"Fix: {found.fix.title}{safe}"), lines)


def _why(found: Found) -> Element | None:
    rule = registry.by_name().get(found.code)
    if rule is None:
        return None
    links = []
    for reference in found.references:
        title = f"{reference} {taxonomy.title(reference)}" if reference in taxonomy.known() else reference
        href = taxonomy.url(reference) if reference in taxonomy.known() else None
        links.append(element("li", element("a", title, href=href, rel="noreferrer") if href else title))
    paragraphs = [element("p", paragraph) for paragraph in rule.why.split("\n\n") if paragraph.strip()]
    return element(
        "details",
        element("summary", f"{found.name}: {rule.title}"),
        paragraphs,
        element("ul", links),
        element("p", "To allow it in one place: ", element("code", f"mcp-lsp: ignore[{found.name}] reason")),
    )


def _rooms(found: Iterable[Found]) -> list[str]:
    return list(dict.fromkeys(_room(each) for each in found))


def _room(found: Found) -> str:
    rule = registry.by_name().get(found.code)
    return rule.room.replace("_", "-") if rule is not None else "other"


def _path(path: str) -> Element:
    return element("span", path, cls="path")


def _plural(n: int, word: str) -> str:
    return word if n == 1 or word == "information" else f"{word}s"
