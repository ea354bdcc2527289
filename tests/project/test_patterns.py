"""Path patterns mean what git says they mean."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from mcp_lsp.patterns import Patterns

CASES = [
    ("node_modules", ["node_modules/x.ts", "a/node_modules/b/x.ts"], ["node_modules2/x.ts", "my_node_modules.ts"]),
    ("*.min.js", ["x.min.js", "a/b/x.min.js"], ["x.js", "minxjs"]),
    ("/build", ["build/x.py", "build"], ["a/build/x.py"]),
    ("docs/api", ["docs/api/x.py"], ["a/docs/api/x.py", "docs/apis/x.py"]),
    ("logs/", ["logs/x.py", "a/logs/x.py"], ["a/logs"]),
    ("**/gen", ["gen/x.py", "a/b/gen/x.py"], ["gent/x.py"]),
    ("a/**/z.py", ["a/z.py", "a/b/z.py", "a/b/c/z.py"], ["b/a/z.py", "az.py"]),
    ("a/**", ["a/b.py", "a/b/c.py"], ["a.py", "b/a/c.py"]),
    ("**", ["a.py", "a/b.py"], []),
    ("t?st.py", ["test.py", "d/tast.py"], ["t/st.py", "tst.py"]),
    ("[a-c]x.py", ["ax.py", "d/cx.py"], ["dx.py", "-x.py"]),
    ("[!a-c]x.py", ["dx.py"], ["ax.py"]),
    ("[]]x.py", ["]x.py"], ["x.py"]),
    ("a[.py", [], ["a.py"]),
    ("[z-a]x.py", [], ["ax.py", "x.py"]),
    ("\\!x.py", ["!x.py"], ["x.py"]),
    ("\\#x.py", ["#x.py"], ["x.py"]),
    ("x\\*y.py", ["x*y.py"], ["xay.py"]),
    ("a**b.py", ["ab.py", "axxb.py"], ["a/b.py"]),
    ("x.py  ", ["x.py"], ["x.py  "]),
    ("*\n!keep.py", ["a.py"], ["keep.py"]),
    ("*.py\n!/a/keep.py", ["keep.py", "b/a/keep.py"], ["a/keep.py"]),
    ("d/\n!d/keep.py", ["d/keep.py"], []),  # what is below an excluded folder cannot be taken back
    ("*a*b*[*]?.py", ["xaybz*1.py", "ab*1.py"], ["ba*1.py", "a/b*1.py", "ab1.py"]),
    ("a/**/b/**/c/**/d.py", ["a/b/c/d.py", "a/x/b/y/z/c/d.py"], ["a/c/b/d.py", "x/a/b/c/d.py"]),
    ("**/**/**/z", ["z/a.py", "a/b/z/c.py"], ["a/zz/c.py"]),
    ("a/**/**/**", ["a/b.py"], ["a"]),
    ("# comment\n\n   \n", [], ["# comment", "a.py"]),
    ("föö/*.py", ["föö/x.py"], ["foo/x.py"]),
]


@pytest.mark.parametrize(("lines", "inside", "outside"), CASES)
def test_patterns(lines: str, inside: list[str], outside: list[str]) -> None:
    patterns = Patterns(lines.split("\n"))
    assert [p for p in inside + outside if patterns.matches(p)] == inside


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git to compare with")
@pytest.mark.parametrize(("lines", "inside", "outside"), [c for c in CASES if c[0] != "/build"])
def test_git_agrees(tmp_path: Path, lines: str, inside: list[str], outside: list[str]) -> None:
    (tmp_path / ".gitignore").write_text(lines, "utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    asked = "\0".join(inside + outside)
    said = subprocess.run(
        ["git", "-C", tmp_path, "check-ignore", "-z", "--stdin", "--no-index"],
        input=asked.encode(),
        capture_output=True,
    )
    assert [p for p in said.stdout.decode().split("\0") if p] == inside


@pytest.mark.parametrize("line", ["*a" * 60 + "*b", "/".join(["**", "a"] * 60) + "/b", "a" + "*" * 300 + "b"])
def test_many_wildcards_cost_no_more_than_few(line: str) -> None:
    path = "/".join(["a"] * 150) + "/" + "a" * 200
    assert not Patterns([line]).matches(path)
