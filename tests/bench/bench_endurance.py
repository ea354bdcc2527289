"""An editing day through the server as it runs: memory and answers, every five thousand of fifty thousand keystrokes.

    python tests/bench/bench_endurance.py [EDITS]

What is typed is never the same twice. The test of the same name (`tests/lsp/test_fifty_thousand_edits.py`) counts objects
in one process; this one sees what the system sees. About ten minutes for each language.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.bench_lsp import memory, python, typescript
from tests.lsp.client import Client, capabilities, insertion, position, running

WRITTEN = {
    "python": ("lines = []", "seen(host, [{i}]); note_{i} = str({i}); "),
    "typescript": ("const lines", "seen(host, [{i}]); const note_{i} = String({i}); "),
}


def day(client: Client, text: str, language: str, edits: int) -> None:
    marker, written = WRITTEN[language]
    uri = f"file:///nowhere/server.{'py' if language == 'python' else 'ts'}"
    lines = text.split("\n")
    line = next(i for i in range(len(lines) // 2, len(lines)) if lines[i].strip().startswith(marker))
    column = lines[line].index(marker)
    client.open(uri, text, language)
    client.pull(uri)
    version, i, took, first = 1, 1_000_000, list[float](), 0.0
    for part in range(1, 11):
        while version < part * edits // 10:
            words = written.format(i=i)
            i += 1
            for at, char in enumerate(words):
                version += 1
                began = time.perf_counter()
                client.change(uri, version, insertion(line, column + at, char))
                client.pull(uri)
                took.append((time.perf_counter() - began) * 1000)
            version += 1
            whole = {"start": position(line, column), "end": position(line, column + len(words))}
            client.change(uri, version, {"range": whole, "text": ""})
            client.pull(uri)
        held = memory(client)
        first = first or held
        p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
        print(
            f"{language:10} {version:6} edits  {held:6.1f} MiB ({held - first:+.1f})   p50 {p50:5.1f}  p95 {p95:5.1f} ms",
            flush=True,
        )
        took.clear()


def main() -> None:
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    for language, text in (("python", python(60)), ("typescript", typescript(60))):
        with running(quiet=True, alone=True) as client:
            client.initialize(capabilities("vscode"), rootUri=None)
            day(client, text, language, edits)


if __name__ == "__main__":
    main()
