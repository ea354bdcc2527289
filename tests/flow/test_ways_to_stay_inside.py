"""Ways in which authors keep a path inside a folder: what is known of the path that was checked, of what it was put
together from, and of neither."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT
from tests.flow.test_words_of_programs import everything

SCRIPT = """
    import fs from "node:fs";
    import path from "node:path";
    import { z } from "zod";

    const ROOT = fs.realpathSync("/srv/notes");
    const ROOTS = (process.env.DIRS ?? "/srv").split(",").map((one) => fs.realpathSync(one));
    const within = (file) => fs.realpathSync(file).startsWith(ROOT + path.sep);
    const DOCS = { a: "a.md", b: "b.md" };

    server.registerTool("a", { inputSchema: { a: z.string(), b: z.array(z.string()) } }, async ({ a, b }) => {
      BODY
      return { content: [] };
    });
    """

MODULE = """
    import os
    import uuid

    import git
    from pathlib import Path

    ROOT = Path("/srv/notes").resolve()
    ROOTS = [Path(one).resolve() for one in os.environ["DIRS"].split(":")]


    @mcp.tool()
    def f(a: str) -> str:
    BODY
    """


def silent(body: str) -> bool:
    return "MCP305" not in everything(SCRIPT.replace("BODY", body))


def said(body: str) -> list[str]:
    lines = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    text = PYTHON + textwrap.dedent(MODULE).replace("BODY", lines)
    return [d.severity.value for d in check_text("file:///story.py", text) if d.rule.id == "MCP305"]


@pytest.mark.parametrize(
    ("used", "enough"),
    [
        ("fs.readFileSync(real)", True),
        ("fs.readFileSync(path.join(ROOT, a))", True),
        ("fs.readFileSync(path.join(path.dirname(real), 'x'))", True),
        ("fs.readFileSync(a)", False),
        ("fs.readFileSync(path.join(a, 'x'))", False),
    ],
)
def test_what_a_path_was_put_together_from(used: str, enough: bool) -> None:
    checked = "const real = fs.realpathSync(path.join(ROOT, a)); if (!real.startsWith(ROOT + path.sep)) throw 1; "
    assert silent(checked + used) is enough


@pytest.mark.parametrize(
    ("folder", "enough"),
    [("process.cwd()", True), ("ROOT", False)],
)
def test_a_path_that_begins_where_the_server_runs(folder: str, enough: bool) -> None:
    checked = f"const real = path.resolve({folder}, a); if (path.relative(ROOT, real).startsWith('..')) throw 1; "
    assert ("MCP305 warning" not in _severities(checked + "fs.writeFileSync(a, '')")) is enough


def _severities(body: str) -> list[str]:
    text = TYPESCRIPT + textwrap.dedent(SCRIPT).replace("BODY", body)
    return [f"{d.rule.id} {d.severity.value}" for d in check_text("file:///story.ts", text)]


def test_a_call_that_knows_the_folder() -> None:
    checked = "real = (ROOT / a).resolve()\nif not real.is_relative_to(ROOT):\n    raise ValueError(a)\n"
    assert said(checked + "git.Repo(ROOT).index.add([a])") == []
    assert said(checked + "open(a)") == ["information"]


def test_a_function_that_checks_what_it_joins() -> None:
    inside = "fs.realpathSync(path.resolve(ROOT, one)).startsWith(ROOT + path.sep)"
    helper = f"const check = (one) => {{ if (!{inside}) throw 1; }};"
    assert silent(f"{helper} check(a); fs.readFileSync(path.join(ROOT, a));")
    assert silent(f"{helper} const real = fs.realpathSync(a); check(real); fs.readFileSync(real);")
    assert not silent(f"{helper} check(a); fs.readFileSync(a);")


@pytest.mark.parametrize(
    ("test", "enough"),
    [
        ("ROOTS.every((one) => !real.startsWith(one + path.sep))", True),
        ("ROOTS.findIndex((one) => real.startsWith(one + path.sep)) === -1", True),
        ("ROOTS.findIndex((one) => real.startsWith(one + path.sep)) < 0", True),
        ("ROOTS.filter((one) => real.startsWith(one + path.sep)).length === 0", True),
        ("ROOTS.filter((one) => real.startsWith(one)).length === 0", False),
        ("ROOTS.findIndex((one) => real.startsWith(one + path.sep)) === 0", False),
        ("path.relative(ROOT, real).split(path.sep)[0] === '..'", True),
        ("path.relative(ROOT, real).split(path.sep)[0] === '.git'", False),
        (r"/^\.\.(?:[\\/]|$)/.test(path.relative(ROOT, real))", True),
        (r"/^\.\.\//.test(path.relative(ROOT, real))", False),
    ],
)
def test_roots_of_a_list_and_the_way_from_a_root(test: str, enough: bool) -> None:
    assert silent(f"const real = fs.realpathSync(a); if ({test}) throw 1; fs.readFileSync(real);") is enough


@pytest.mark.parametrize(
    ("test", "enough"),
    [
        ("!b.every(within)", True),
        ("b.some((one) => !within(one))", True),
        ("!b.some(within)", False),
        ("b.findIndex(within) === -1", False),
        ("b.filter(within).length === 0", False),
    ],
)
def test_what_is_so_of_one_of_several_paths_is_not_so_of_each(test: str, enough: bool) -> None:
    assert silent(f"if ({test}) throw 1; for (const one of b) fs.readFileSync(one);") is enough


@pytest.mark.parametrize(
    ("name", "enough"),
    [
        (r"a.replaceAll('/', '_').replaceAll('\\', '_')", True),
        (r"a.replace('/', '_').replace('\\', '_')", False),
        ("a.replaceAll('../', '')", False),
        ("encodeURIComponent(a)", True),
        ("encodeURI(a)", False),
        ("(Object.hasOwn(DOCS, a) ? a : 'a')", True),
        ("(DOCS.hasOwnProperty(a) ? a : 'a')", True),
        ("(Object.hasOwn(DOCS, 'a') ? a : 'a')", False),
    ],
)
def test_names_without_a_slash(name: str, enough: bool) -> None:
    assert silent(f"fs.readFileSync(path.join(ROOT, `${{{name}}}.md`));") is enough


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            """
            real = Path(a).resolve()
            known = False
            for root in ROOTS:
                try:
                    real.relative_to(root)
                    known = True
                    break
                except ValueError:
                    continue
            if not known:
                raise ValueError(a)
            return real.read_text()
            """,
            [],
        ),
        (
            """
            real = Path(a).resolve()
            known = False
            for root in ROOTS:
                try:
                    known = True
                    real.relative_to(root)
                    break
                except ValueError:
                    continue
            if not known:
                raise ValueError(a)
            return real.read_text()
            """,
            ["information"],
        ),
        (
            """
            real = Path(a).resolve()
            root = next((one for one in ROOTS if real.is_relative_to(one)), None)
            if root is None:
                raise ValueError(a)
            return real.read_text()
            """,
            [],
        ),
        (
            """
            real = Path(a).resolve()
            if len([one for one in ROOTS if real.is_relative_to(one)]) == 0:
                raise ValueError(a)
            return real.read_text()
            """,
            [],
        ),
        (
            """
            real = os.path.realpath(a)
            if not real.startswith(tuple(str(one) + os.sep for one in ROOTS)):
                raise ValueError(a)
            return open(real).read()
            """,
            [],
        ),
        (
            """
            real = os.path.realpath(a)
            if not real.startswith(tuple(str(one) for one in ROOTS)):
                raise ValueError(a)
            return open(real).read()
            """,
            ["information"],
        ),
        (
            """
            real = os.path.realpath(ROOT / a)
            if ".." in Path(os.path.relpath(real, ROOT)).parts:
                raise ValueError(a)
            return open(real).read()
            """,
            [],
        ),
        ("uuid.UUID(a)\nreturn (ROOT / a).read_text()", []),
        ("try:\n    uuid.UUID(a)\nexcept ValueError:\n    pass\nreturn (ROOT / a).read_text()", ["error"]),
        ("name = ''.join(c for c in a if c.isalnum() or c in '-_')\nreturn (ROOT / name).read_text()", []),
        ("name = ''.join(c for c in a if c.isalnum() or c in '-_/.')\nreturn (ROOT / name).read_text()", ["error"]),
        (
            "if not all(c.isalnum() or c in '-_' for c in a):\n    raise ValueError(a)\nreturn (ROOT / a).read_text()",
            [],
        ),
        ("name = a.replace('/', '-').replace('..', '')\nreturn (ROOT / f'{name}.md').read_text()", []),
        ("name = a.replace('/', '-')\nreturn (ROOT / f'{name}.md').read_text()", ["information"]),
        ("name = a.replace('../', '')\nreturn (ROOT / f'{name}.md').read_text()", ["error"]),
        ("if '..' in a.replace('\\\\', '/').split('/'):\n    raise ValueError(a)\nreturn open(f'/srv/{a}').read()", []),
        ("if not a.replace('-', '').isalnum():\n    raise ValueError(a)\nreturn (ROOT / a).read_text()", []),
        ("if not a.replace('/', '').isalnum():\n    raise ValueError(a)\nreturn (ROOT / a).read_text()", ["error"]),
    ],
)
def test_in_python(body: str, told: list[str]) -> None:
    assert said(body) == told


@pytest.mark.parametrize(
    ("made", "enough"),
    [
        ('os.path.normpath("/" + a).lstrip("/")', True),
        ('os.path.normpath("/" + a).lstrip("x")', False),
        ('os.path.normpath(a).lstrip("/")', False),
        ('("/" + a).lstrip("/")', False),
    ],
)
def test_a_way_down_from_the_root_of_all(made: str, enough: bool) -> None:
    for joined in (f"ROOT / {made}", f"os.path.join(ROOT, {made})"):
        assert (not said(f"open({joined}).read()")) is enough
