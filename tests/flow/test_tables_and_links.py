"""Tables that a value is compared with one by one, and paths that are brought into a form before they are joined."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp_analyzers.handlers import hosts, judging
from tests.flow.stories import TYPESCRIPT, handlers

HEAD = """
import fs from "node:fs/promises";
import path from "node:path";
import dns from "node:dns/promises";
import { execSync } from "node:child_process";

const ROOT = path.resolve("/srv/notes");
"""


def verdicts(body: str, before: str = "") -> set[str]:
    """What is said of the flows of a tool with the parameter ``given``, whose body this is."""
    tool = 'server.tool("t", "A tool.", { given: z.string() }, async ({ given }) => {\n'
    text = (
        TYPESCRIPT
        + HEAD
        + textwrap.dedent(before)
        + tool
        + textwrap.dedent(body)
        + "\n  return { content: [] };\n});\n"
    )
    judges = {"path-read": judging.path, "path-write": judging.path, "url": hosts.url, "shell": judging.shell}
    found = [flow for handler in handlers(text, "typescript") for flow in handler.flows]
    assert found, "nothing reaches anything"
    return {judges[flow.sink.kind](flow).name for flow in found}


RANGES = "/^0\\./, /^10\\./, /^127\\./, /^169\\.254\\./, /^192\\.168\\./, /^172\\.(1[6-9]|2\\d|3[01])\\./, /^::1$/, /^f[cd]/i, /^fe80/i"


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        (
            "for (const one of found) { if (PRIVATE.some((range) => range.test(one.address))) throw new Error(); }",
            "SAFE",
        ),
        ("if (found.some(({ address }) => PRIVATE.some((r) => r.test(address)))) throw new Error();", "SAFE"),
        (
            "for (const { address } of found) { for (const r of PRIVATE) { if (r.test(address)) throw new Error(); } }",
            "SAFE",
        ),
        ("if (found.length === 0) throw new Error();", "OPEN"),
        ("if (PRIVATE.every((r) => r.test(found[0].address))) throw new Error();", "OPEN"),
    ],
)
def test_an_address_is_compared_with_each_range_of_a_long_table(check: str, verdict: str) -> None:
    looked_up = "const found = await dns.lookup(new URL(given).hostname, { all: true });"
    body = f"{looked_up}\n{check}\nawait fetch(given, {{ redirect: 'error' }});"
    assert verdicts(body, f"const PRIVATE = [{RANGES}];\n") == {verdict}


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        ("if (BAD.some((bad) => given.includes(bad))) throw new Error();", "SAFE"),
        ("if (!BAD.every((bad) => !given.includes(bad))) throw new Error();", "SAFE"),
        ("if (BAD.every((bad) => given.includes(bad))) throw new Error();", "OPEN"),
    ],
)
def test_words_of_a_table_are_refused_one_by_one(check: str, verdict: str) -> None:
    bad = """const BAD = [";", "|", "&", "$", "`", "\\n", "<", ">", "'", '"'];\n"""
    assert verdicts(f"{check}\nexecSync(`show ${{given}}`);", bad) == {verdict}


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        ('path.join(ROOT, path.normalize(given).replace(/^(\\.\\.[\\/\\\\])+/, ""))', "SAFE"),
        ('path.join(ROOT, path.normalize(given).replace(/^(\\.\\.(\\/|\\\\|$))+/, ""))', "SAFE"),
        ('path.join(ROOT, path.normalize(given).replace(/^\\.\\.\\//, ""))', "OPEN"),
        ('path.join(ROOT, given.replace(/^(\\.\\.[\\/\\\\])+/, ""))', "OPEN"),
        ('path.resolve(ROOT, path.normalize(given).replace(/^(\\.\\.[\\/\\\\])+/, ""))', "PARTLY"),
        ('path.join(ROOT, path.normalize("/" + given))', "SAFE"),
        ('path.join(ROOT, path.join("/", given))', "SAFE"),
        ('path.join(ROOT, path.join("notes", given))', "OPEN"),
        ('path.resolve(ROOT, path.join("/", given))', "OPEN"),
        ('path.join(ROOT, path.resolve("/", given))', "SAFE"),
        ("path.join(ROOT, path.normalize(given))", "OPEN"),
        ('path.resolve(ROOT, path.normalize("/" + given))', "OPEN"),
    ],
)
def test_what_leads_upwards_is_taken_off_before_a_path_is_joined(made: str, verdict: str) -> None:
    assert verdicts(f"await fs.readFile({made});") == {verdict}


NEAREST = """
    async function nearest(wanted: string): Promise<string> {
      const tail: string[] = [];
      let current = wanted;
      for (;;) {
        try {
          return path.join(await fs.realpath(current), ...tail);
        } catch {
          const parent = path.dirname(current);
          if (parent === current) return wanted;
          tail.unshift(path.basename(current));
          current = parent;
        }
      }
    }
    """


RECURSIVE = """
    function nearest(at) {
      try {
        return realpathSync(at);
      } catch {
        const folder = path.dirname(at);
        return folder === at ? at : path.join(AGAIN, path.basename(at));
      }
    }
    """


@pytest.mark.parametrize(("again", "verdict"), [("nearest(folder)", "SAFE"), ("folder", "PARTLY")])
def test_a_function_that_calls_itself_for_the_folder(again: str, verdict: str) -> None:
    before = 'import { realpathSync } from "node:fs";\n' + textwrap.dedent(RECURSIVE).replace("AGAIN", again)
    body = f"const file = nearest(path.resolve(ROOT, given));\n{INSIDE}await fs.writeFile(file, '');"
    assert worst(verdicts(body, before)) == verdict


def worst(verdicts: set[str]) -> str:
    return min(verdicts, key=["OPEN", "PARTLY", "SAFE"].index)


INSIDE = "if (file !== ROOT && !file.startsWith(ROOT + path.sep)) throw new Error();\n"


@pytest.mark.parametrize(
    ("made", "read", "written"),
    [
        ("const file = await fs.realpath(path.resolve(ROOT, given));", "SAFE", "SAFE"),
        ("const file = path.resolve(ROOT, given);", "PARTLY", "PARTLY"),
        (
            "const at = path.resolve(ROOT, given);\nconst file = await fs.realpath(at).catch(() => at);",
            "SAFE",
            "PARTLY",
        ),
        ("let file = path.resolve(ROOT, given);\ntry { file = await fs.realpath(file); } catch {}", "SAFE", "PARTLY"),
        ("const file = await nearest(path.resolve(await nearest(ROOT), given));", "SAFE", "SAFE"),
    ],
)
def test_a_path_whose_links_cannot_be_followed(made: str, read: str, written: str) -> None:
    assert worst(verdicts(f"{made}\n{INSIDE}await fs.readFile(file);", NEAREST)) == read
    assert worst(verdicts(f'{made}\n{INSIDE}await fs.writeFile(file, "");', NEAREST)) == written
