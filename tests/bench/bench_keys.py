"""Keystrokes in real files: what `Analysis` does for each, in milliseconds of the processor's.

``python tests/bench/bench_keys.py FOLDER...``: each folder holds projects. In up to 150 of their files of 300 to 12,000
lines that speak of MCP, a statement is typed at four places, one character at a time; the places and the files are the
same in every run. Nothing is written. A file whose 95th percentile is far above the others has something that is done
for all of it at each key.
"""

from __future__ import annotations

import gc
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.project.index import Index

ALLOWANCE = 0.002
"""Seconds for the data flow at a key, as the server gives."""
_SKIPPED = frozenset(("node_modules", ".git", "dist", "build", "tests", "test"))
_STATEMENT = re.compile(r"\s+(?:return|if|const|let|await|for|[a-z_]+ =)\b")


def files(folders: list[Path]) -> Iterator[tuple[Path, Path, str]]:
    """Root of the project, file and text."""
    for folder in folders:
        for project in sorted(path for path in folder.iterdir() if path.is_dir()):
            for place, inside, names in os.walk(project):
                inside[:] = sorted(set(inside) - _SKIPPED)
                for name in sorted(names):
                    if name.endswith((".py", ".ts", ".js")) and not name.endswith((".min.js", ".d.ts")):
                        file = Path(place, name)
                        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
                        if 300 < text.count("\n") < 12_000 and "mcp" in text.lower():
                            yield project, file, text


def typed(project: Path, file: Path, text: str) -> list[float]:
    """Milliseconds for each key."""
    language = syntax.language_of(str(file)) or "python"
    lines = text.split("\n")
    places = [
        i
        for i, line in enumerate(lines)
        if _STATEMENT.match(line) and (language == "python" or lines[i - 1].rstrip().endswith((";", "{")))
    ]
    if not places:
        return []
    analysis = Analysis(syntax.Document(file.as_uri(), text, language), modules=Index(str(project)), root=str(project))
    found = []
    chosen = random.Random(len(text))
    for line in (chosen.choice(places) for _ in range(4)):
        at = sum(len(each) + 1 for each in lines[:line])
        indent = " " * (len(lines[line]) - len(lines[line].lstrip()))
        what = indent + ('seen = f"{name}!"' if language == "python" else "const seen = `${name}`;")
        analysis.change([syntax.Change(at, at, "\n")], allowance=ALLOWANCE)
        for i, char in enumerate(what):
            start = time.thread_time()
            analysis.change([syntax.Change(at + i, at + i, char)], allowance=ALLOWANCE)
            found.append((time.thread_time() - start) * 1000)
        analysis.change([syntax.Change(at, at + len(what) + 1, "")], allowance=ALLOWANCE)
    return found


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit("name folders that hold projects: python tests/bench/bench_keys.py FOLDER...")
    every = list(files([Path(name).resolve() for name in sys.argv[1:]]))
    random.Random(5).shuffle(every)
    rows = []
    for project, file, text in every[:150]:
        gc.collect()
        gc.disable()  # the server collects between keys
        keys = typed(project, file, text)
        gc.enable()
        if keys:
            cut = statistics.quantiles(keys, n=20)
            rows.append((cut[18], cut[9], max(keys), text.count("\n"), file))
    rows.sort(reverse=True)
    print(f"{'p95':>7} {'p50':>7} {'worst':>7}  lines  file")
    for p95, p50, worst, lines, file in rows[:20]:
        print(f"{p95:7.1f} {p50:7.1f} {worst:7.1f}  {lines:5}  {file}")
    if rows:
        many = [row[0] for row in rows]
        print(
            f"{len(rows)} files; p95 of a file: half below {statistics.median(many):.1f} ms, worst {max(many):.1f} ms"
        )


if __name__ == "__main__":
    main()
