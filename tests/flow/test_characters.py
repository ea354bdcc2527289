"""Which characters a value is made of: sets of them, each looked at by itself, what is taken out, a leading dash."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from mcp_lsp_analyzers.handlers.expressions import begins_with_dash, refuses_dash
from tests.flow.stories import PYTHON, TYPESCRIPT

RULES = frozenset(("MCP301", "MCP302", "MCP303", "MCP304", "MCP305", "MCP310"))


def told(source: str, language: str = "python") -> bool:
    """Whether a rule about commands, code and files says anything of a story."""
    head, name = (PYTHON, "story.py") if language == "python" else (TYPESCRIPT, "story.ts")
    found = check_text(f"file:///{name}", head + textwrap.dedent(source))
    return any(d.rule.id in RULES for d in found)


SHELL = """
    import re
    import string
    import subprocess

    PLAIN = re.compile("[^a-z0-9.-]")
    SIGNS = re.compile("[;&|$`\\n]")
    LETTERS = set(string.ascii_lowercase + string.digits + ".-")
    BAD = [";", "|", "&", "$", "`", "\\n", "<", ">", "(", ")", "{", "}"]
    WORST = set(";|&$`\\n")

    @mcp.tool()
    def ping(host: str) -> str:
        CHECK
        return subprocess.getoutput(f"ping -c1 {host}")
    """


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("if PLAIN.search(host): raise ValueError(host)", True),
        ("if PLAIN.findall(host): return 'no'", True),
        ("if SIGNS.search(host): return 'no'", True),
        ("if SIGNS.match(host): return 'no'", False),
        ("host = PLAIN.sub('', host)", True),
        ("host = SIGNS.sub('', host)", True),
        ("if not all(one in LETTERS for one in host): return 'no'", True),
        ("if not all(one in 'abc.-' for one in host): return 'no'", True),
        ("if not all(one in 'abc;|&$`' for one in host): return 'no'", False),
        ("if not all(one in string.printable for one in host): return 'no'", False),
        ("if not any(one in LETTERS for one in host): return 'no'", False),
        ("if not all(one.isalnum() or one in '-_.' for one in host): return 'no'", True),
        ("if not all(one.isalnum() or one in '-_. ;' for one in host): return 'no'", False),
        ("if not any(one.isalnum() for one in host): return 'no'", False),
        ("if any(one in host for one in BAD): return 'no'", True),
        ("if any(one in BAD for one in host): return 'no'", True),
        ("if all(one in BAD for one in host): return 'no'", False),
        ("if any(one in ';|&$`\\n' for one in host): return 'no'", True),
        ("if any(one in ';|' for one in host): return 'no'", False),
        ("if set(host) & WORST: return 'no'", True),
        ("if WORST & set(host): return 'no'", True),
        ("if not WORST & set(host): return 'no'", False),
        ("if WORST.intersection(host): return 'no'", True),
        ("if not WORST.isdisjoint(host): return 'no'", True),
        ("if WORST.isdisjoint(host): return 'no'", False),
        ("if not set(host) <= LETTERS: return 'no'", True),
        ("if not set(host).issubset(LETTERS): return 'no'", True),
        ("if not LETTERS.issuperset(host): return 'no'", True),
        ("if not LETTERS.issubset(host): return 'no'", False),
        ("if set(host) - LETTERS: return 'no'", True),
        ("host = ''.join(one for one in host if one.isalnum() or one in '-_.')", True),
        ("host = ''.join(one for one in host if one not in ';|')", False),
        ("if not host.replace('.', '').replace('-', '').isalnum(): return 'no'", True),
        ("if not host.replace('.', '').replace(';', '').isalnum(): return 'no'", False),
        ("if host.strip() in 'abc;|&$`': return 'no'", False),
    ],
)
def test_characters_of_a_shell(check: str, enough: bool) -> None:
    assert told(SHELL.replace("CHECK", check)) is not enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ('if not re.match(r"^[0-9+*/(). -]+$", text): return 0', True),
        ('if not set(text) <= set("0123456789+-*/(). "): return 0', True),
        ('if not set(text).issubset("0123456789+-*/(). "): return 0', True),
        ('if not all(one in "0123456789+-*/(). " for one in text): return 0', True),
        ('if not all(one in "0123456789+-*/(). _abc" for one in text): return 0', False),
        ('if not re.match(r"^[0-9a-z+*/(). -]+$", text): return 0', False),
        ('if not re.match(r"^[0-9+*/(). -]+", text): return 0', False),
        ('if not re.match(r"^[\\\\[\\\\]()!+]+$", text): return 0', False),
    ],
)
def test_arithmetic_calls_nothing(check: str, enough: bool) -> None:
    story = """
        import re

        @mcp.tool()
        def reckon(text: str) -> float:
            CHECK
            return eval(text)
        """
    assert told(story.replace("CHECK", check)) is not enough


@pytest.mark.parametrize(
    ("spelled", "enough"),
    [
        ("print({name!r})", True),
        ("print({name!a})", True),
        ("print({name!s})", False),
        ("print('{name!r}')", False),
        ("print({name})", False),
    ],
)
def test_a_text_written_out_in_a_template(spelled: str, enough: bool) -> None:
    story = """
        import subprocess

        @mcp.tool()
        def run(name: str) -> str:
            return subprocess.check_output(["python", "-c", f"SPELLED"], text=True)
        """
    assert told(story.replace("SPELLED", spelled)) is not enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("if name[0] == '-': return ''", True),
        ("name = name.lstrip('-')", True),
        ("name = name.strip('-')", True),
        ("name = name.lstrip()", False),
        ("name = name.rstrip('-')", False),
        ("if re.match('-', name): return ''", True),
        ("if re.match('--', name): return ''", False),
        ("if not re.fullmatch(r'(?!-)[\\\\w./-]+', name): return ''", True),
        ("if not re.fullmatch(r'(?=.)[\\\\w./-]+', name): return ''", False),
        ("if not re.fullmatch(r'[a-z]?[\\\\w./-]+', name): return ''", False),
        ("if not name.replace('-', '').isalnum(): return ''", False),
        ("if not name.replace('_', '').isalnum(): return ''", True),
    ],
)
def test_a_leading_dash(check: str, enough: bool) -> None:
    story = """
        import re
        import subprocess

        @mcp.tool()
        def show(name: str) -> str:
            CHECK
            return subprocess.check_output(["git", "show", name], text=True)
        """
    assert told(story.replace("CHECK", check.replace("\\\\", "\\"))) is not enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ('if (name.charAt(0) === "-") throw new Error(name);', True),
        ('if (name.charAt(1) === "-") throw new Error(name);', False),
        ("if (/^-/.test(name)) throw new Error(name);", True),
        ("if (/^--/.test(name)) throw new Error(name);", False),
        ("if (/-/.test(name)) throw new Error(name);", True),
        ("if (/^[-+]/.test(name)) throw new Error(name);", True),
        ('name = name.replace(/^-+/, "");', True),
        ('name = name.replace(/^-/, "");', False),
        ('name = name.replace(/^-+/, "-");', False),
    ],
)
def test_a_leading_dash_in_typescript(check: str, enough: bool) -> None:
    story = """
        import { execFileSync } from "node:child_process";

        server.tool("show", { name: z.string() }, async ({ name }) => {
          CHECK
          return { content: [{ type: "text", text: execFileSync("git", ["show", name]).toString() }] };
        });
        """
    assert told(story.replace("CHECK", check), "typescript") is not enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("if (![...name].every((one) => LETTERS.includes(one))) throw new Error(name);", True),
        ("if (![...name].some((one) => LETTERS.includes(one))) throw new Error(name);", False),
        ("if ([...name].some((one) => SIGNS.includes(one))) throw new Error(name);", True),
        ("if (SIGNS.some((one) => name.includes(one))) throw new Error(name);", True),
        ("if (SIGNS.every((one) => name.includes(one))) throw new Error(name);", False),
    ],
)
def test_characters_in_typescript(check: str, enough: bool) -> None:
    story = """
        import { execSync } from "node:child_process";

        const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-";
        const SIGNS = [";", "|", "&", "$", "`", "\\n", "<", ">", "(", ")", "{", "}"];

        server.tool("show", { name: z.string() }, async ({ name }) => {
          CHECK
          return { content: [{ type: "text", text: execSync(`show ${name}`).toString() }] };
        });
        """
    assert told(story.replace("CHECK", check), "typescript") is not enough


@pytest.mark.parametrize(
    ("expression", "taken", "enough"),
    [
        ("/^([a-z]+)\\/([a-z]+)$/", "const [, owner, repository] = found;", True),
        ("/^(.+)\\/(.+)$/", "const [, owner, repository] = found;", False),
        ("/([a-z]+)\\/(.+)/", "const [, owner, repository] = found;", False),
        ("/^https:.*\\/([\\w-]+)\\/([\\w.-]+?)(?:\\.git)?\\/?$/", "const [, owner, repository] = found;", True),
        ("/example\\.com\\/(?<owner>[\\w-]+)\\/([\\w.-]+)/", "const [, owner, repository] = found;", True),
        ("/example\\.com\\/(?:[\\w-]+)\\/([\\w.-]+)/", "const owner = found[1], repository = 'own';", True),
        ("/([a-z]+)\\/(.+)/", "const owner = found[1], repository = found[1];", True),
        ("/([a-z]+)\\/(.+)/", "const owner = found[1], repository = found[2];", False),
        ("/([a-z]+)\\/(.+)/", "const owner = found[0], repository = 'own';", False),
        ("/[a-z]+/", "const owner = found[0], repository = 'own';", True),
        ("/[a-z]+|.+/", "const owner = found[0], repository = 'own';", False),
        ("/([a-z]+)|.+/", "const owner = found.input, repository = 'own';", False),
    ],
)
@pytest.mark.parametrize("ask", ["FORM.exec(name)", "name.match(FORM)"])
def test_parts_of_a_match(expression: str, taken: str, enough: bool, ask: str) -> None:
    story = """
        import { execSync } from "node:child_process";

        const FORM = EXPRESSION;

        server.tool("clone", { name: z.string() }, async ({ name }) => {
          const found = ASK;
          if (found === null) throw new Error(name);
          TAKEN
          execSync(`git clone https://example.com/${owner}/${repository}`);
          return { content: [] };
        });
        """
    story = story.replace("EXPRESSION", expression).replace("TAKEN", taken).replace("ASK", ask)
    assert told(story, "typescript") is not enough


QUOTED = """
    import { execSync } from "node:child_process";

    function quoted(text: string): string {
      HOW
    }

    server.tool("list", { folder: z.string() }, async ({ folder }) => {
      execSync(`ls -la ${quoted(folder)}`);
      return { content: [] };
    });
    """
POSIX = """return `'${text.replace(/'/g, "'\\\\''")}'`;"""
WINDOWS = """return `"${text.replace(/"/g, '""')}"`;"""


@pytest.mark.parametrize(
    ("how", "enough"),
    [
        (f'if (process.platform === "win32") {WINDOWS} {POSIX}', True),
        (f'if (process.platform !== "win32") {{ {POSIX} }} {WINDOWS}', True),
        (f'const windows = process.platform === "win32"; if (windows) {WINDOWS} {POSIX}', True),
        (f'if (process.platform !== "win32") {WINDOWS} {POSIX}', False),
        (f"if (text.length > 9) {WINDOWS} {POSIX}", False),
        (f'if (process.platform === "win32") {{ text = text.trim(); }} {WINDOWS}', False),
        (f'if (process.platform === "win32") return text; {POSIX}', False),
        (WINDOWS, False),
        (POSIX, True),
    ],
)
def test_quoted_for_the_shell_that_is_there(how: str, enough: bool) -> None:
    assert told(QUOTED.replace("HOW", how), "typescript") is not enough


@pytest.mark.parametrize("starter", ["run", "create_subprocess_exec"])
def test_words_handed_on_one_by_one(starter: str) -> None:
    story = """
        from asyncio import create_subprocess_exec

        async def run(*words: str) -> None:
            await create_subprocess_exec(*words)

        @mcp.tool()
        async def pods(namespace: str, name: str) -> None:
            await STARTER("kubectl", "get", "pods", "-n", namespaceTHEN)
        """
    story = story.replace("STARTER", starter)
    assert not told(story.replace("THEN", ""))
    assert not told(story.replace("THEN", ', "--", name'))
    assert told(story.replace("THEN", ", name"))


def test_what_expressions_say_of_a_dash() -> None:
    assert [one for one in ("^[a-z]+$", "^(?:[a-z]|[0-9])-$", "^\\w+-$", "(?!-)[-a]+", "^(?<name>[a-z])$") if
            begins_with_dash(one)] == []  # fmt: skip
    assert all(map(begins_with_dash, ("^[a-z-]+$", "^-$", "^[a-z]*-$", "^(?!x)[-a]$", "^.+$", "^(?:-|a)$", "[^]-a]")))
    assert [one for one in ("re:^-", "re:-", "-", "re:^[-+]", "re:^\\s*-") if not refuses_dash(one)] == []
    assert [one for one in ("re:^--", "re:^-a", "re:x", "re:^(?:", "^/") if refuses_dash(one)] == []


@pytest.mark.parametrize(
    ("asked", "enough"),
    [
        ("if found: return ', '.join(found)", True),
        ("if len(found) > 0: return ', '.join(found)", True),
        ("if len(found) != 0: return ', '.join(found)", True),
        ("fine = len(found) == 0\n            if not fine: return 'no'", True),
        ("answer = {'fine': not found, 'found': found}\n            if not answer['fine']: return 'no'", True),
        ("if not found: return 'no'", False),
        ("found = []\n            if found: return 'no'", False),
        ("print(found)", False),
    ],
)
def test_what_was_found_is_gathered_first(asked: str, enough: bool) -> None:
    story = """
        import re
        import subprocess

        def faults(host: str, count: int) -> list[str]:
            found = []
            if not host:
                found.append("no host")
            if not re.match(r"^[a-z0-9.-]+$", host):
                found.append(f"{host} is no host")
            if count < 0:
                found.append("no count")
            return found

        @mcp.tool()
        def ping(host: str, count: int) -> str:
            found = faults(host, count)
            ASKED
            return subprocess.getoutput(f"ping -c1 {host}")
        """
    assert told(story.replace("ASKED", asked)) is not enough


@pytest.mark.parametrize(
    ("asked", "enough"),
    [
        ("if (found.length > 0) throw new Error(found.join());", True),
        ("if (found.length) throw new Error(found.join());", True),
        ("if (found.length === 0) throw new Error(found.join());", False),
        ("const answer = { fine: found.length === 0, found }; if (!answer.fine) throw new Error(found.join());", True),
        ("console.error(found.length);", False),
    ],
)
def test_what_was_found_is_gathered_first_in_typescript(asked: str, enough: bool) -> None:
    story = """
        import { execSync } from "node:child_process";

        function faults(name: string): string[] {
          const found: string[] = [];
          if (name.startsWith("-")) found.push("an option");
          if (!/^[\\w.-]+$/.test(name)) {
            found.push(`${name} is no name`);
          }
          return found;
        }

        server.tool("show", { name: z.string() }, async ({ name }) => {
          const found = faults(name);
          ASKED
          execSync(`show ${name}`);
          return { content: [] };
        });
        """
    assert told(story.replace("ASKED", asked), "typescript") is not enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("int(text)", True),
        ("ipaddress.IPv4Address(text)", True),
        ("uuid.UUID(text)", True),
        ("ipaddress.ip_address(text)", False),  # ``fe80::1%;id`` is one
        ("int(text[0])", False),
        ("len(text)", False),
    ],
)
@pytest.mark.parametrize(("otherwise", "ends"), [("return 'no'", True), ("pass", False)])
def test_conversions_that_raise(check: str, enough: bool, otherwise: str, ends: bool) -> None:
    story = """
        import ipaddress
        import subprocess
        import uuid

        @mcp.tool()
        def ping(text: str) -> str:
            try:
                CHECK
            except ValueError:
                OTHERWISE
            return subprocess.getoutput(f"ping -c1 {text}")
        """
    assert told(story.replace("CHECK", check).replace("OTHERWISE", otherwise)) is not (enough and ends)


@pytest.mark.parametrize(
    ("way", "count"),
    [
        ('path.startsWith("/") ? path : `/${path}`', 0),
        ('path.startsWith("a") ? `/a/${path}` : `/b/${path}`', 1),
    ],
)
def test_a_slash_in_front_where_there_is_none(way: str, count: int) -> None:
    story = (
        TYPESCRIPT
        + f"""
        server.tool("get", {{ path: z.string() }}, async ({{ path }}) => {{
          const answer = await fetch(`${{process.env.HOST_URL}}${{{way}}}`);
          return {{ content: [{{ type: "text", text: await answer.text() }}] }};
        }});
        """
    )
    assert len([d for d in check_text("file:///story.ts", story) if d.rule.id == "MCP311"]) == count
