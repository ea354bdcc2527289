"""A path and the roots it is compared with: the one it is in, looked for; links followed of what is there."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.test_words_of_programs import everything

STORY = """
    import fs from "node:fs/promises";
    import path from "node:path";
    import { z } from "zod";

    const ROOTS = () => [process.env.ROOT, process.env.OTHER];
    const inside = (file, root) => file === root || file.startsWith(root + path.sep);

    async function allowed(file) {
      const real = path.resolve(file);
      const roots = await ROOTS();
      const found = roots.find((root) => CONDITION);
      if (!found) {
        return { ok: false, reason: `not ${file}` };
      }
      return { ok: true, root: found };
    }

    server.registerTool("read", { inputSchema: { file: z.string() } }, async ({ file }) => {
      const answer = await allowed(file);
      if (!answer.ok) {
        throw new Error(answer.reason);
      }
      return { content: [{ type: "text", text: await fs.readFile(file, "utf8") }] };
    });
    """


@pytest.mark.parametrize(
    ("condition", "enough"),
    [
        ("inside(real, root)", True),
        ("real.startsWith(root + '/')", True),
        ("inside(root, real)", False),
        ("root.length > 0", False),
    ],
)
def test_a_root_that_is_looked_for(condition: str, enough: bool) -> None:
    assert ("MCP305" not in everything(STORY.replace("CONDITION", condition))) is enough


LINKS = """
    import fs from "node:fs/promises";
    import path from "node:path";
    import { z } from "zod";

    async function inside(file) {
      const one = path.normalize(file);
      const root = path.normalize(process.env.ROOT);
      if (one === root) {
        return true;
      }
      return one.startsWith(root + path.sep);
    }

    async function validated(file) {
      const absolute = path.isAbsolute(file) ? path.resolve(file) : path.resolve(process.cwd(), file);
      let real = null;
      try {
        real = await fs.realpath(absolute, { encoding: "utf8" });
      } catch (error) {
        if (error.code !== "ENOENT") {
          throw new Error("no");
        }
        FAILED
      }
      const wanted = real ?? absolute;
      if (!(await inside(wanted))) {
        throw new Error("outside");
      }
      return wanted;
    }

    server.registerTool("write", { inputSchema: { file: z.string() } }, async ({ file }) => {
      await fs.writeFile(await validated(file), "");
      return { content: [] };
    });
    """


@pytest.mark.parametrize(
    ("failed", "enough"),
    [
        ("real = path.join(await fs.realpath(path.dirname(absolute)), path.basename(absolute));", True),
        ("", False),
    ],
)
def test_links_of_the_folder_of_a_file_that_is_not_there_yet(failed: str, enough: bool) -> None:
    assert ("MCP305" not in everything(LINKS.replace("FAILED", failed))) is enough


ELSEWHERE = """
    import fs from "node:fs/promises";
    import path from "node:path";
    import { z } from "zod";

    function inside(file) {
      if (!file || file.includes("\\0")) {
        return false;
      }
      const one = path.resolve(path.normalize(file));
      return [process.env.ROOT, process.env.OTHER].some((root) => {
        const folder = path.resolve(root);
        return one === folder || one.startsWith(folder + path.sep);
      });
    }

    server.registerTool("read", { inputSchema: { file: z.string() } }, async ({ file }) => {
      const wanted = path.resolve(file);
      if (!inside(wanted)) {
        throw new Error("outside");
      }
      CHECK
      return { content: [{ type: "text", text: await fs.readFile(USED, "utf8") }] };
    });
    """


@pytest.mark.parametrize(
    ("check", "used", "enough"),
    [
        ("const real = await fs.realpath(wanted); if (!inside(real)) throw new Error('no');", "real", True),
        (
            "const real = await fs.realpath(path.dirname(wanted)); if (!inside(real)) throw new Error('no');",
            "wanted",
            True,
        ),
        ("const real = await fs.realpath(wanted);", "real", False),
        ("", "wanted", False),
    ],
)
def test_a_function_is_asked_again_when_links_were_followed(check: str, used: str, enough: bool) -> None:
    story = ELSEWHERE.replace("CHECK", check).replace("USED", used)
    assert ("MCP305" not in everything(story)) is enough


OPTIONAL = {
    "python": """
        from pathlib import Path
        from mcp.server.fastmcp import FastMCP

        mcp = FastMCP("docs")
        KNOWN = ["1", "2"]

        def refused(version):
            if WHEN:
                return "no such version"
            return None

        def inside(folder, file):
            return file.resolve().is_relative_to(folder.resolve())

        @mcp.tool()
        def read(name: str, version: str | None = None) -> str:
            if refused(version):
                return ""
            folder = Path("/srv/docs") / version
            if not inside(folder, folder / name):
                return ""
            return (folder / name).read_text()
        """,
    "typescript": """
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import fs from "node:fs";
        import path from "node:path";
        import { z } from "zod";

        const server = new McpServer({ name: "docs", version: "1" });
        const KNOWN = ["1", "2"];

        function refused(version) {
          if (WHEN) return "no such version";
          return null;
        }

        function inside(folder, file) {
          return fs.realpathSync(file).startsWith(fs.realpathSync(folder) + path.sep);
        }

        server.tool("read", { name: z.string(), version: z.string().optional() }, async ({ name, version }) => {
          if (refused(version)) return { content: [] };
          const folder = path.join("/srv/docs", version);
          const file = path.join(folder, name);
          if (!inside(folder, file)) return { content: [] };
          return { content: [{ type: "text", text: fs.readFileSync(file, "utf8") }] };
        });
        """,
}


@pytest.mark.parametrize(
    ("language", "when", "enough"),
    [
        ("python", "version is not None and version not in KNOWN", True),
        ("python", "version is not None and version.startswith('/')", False),
        ("typescript", "version && !KNOWN.includes(version)", True),
        ("typescript", "version && version.startsWith('/')", False),
    ],
)
def test_a_folder_that_is_known_where_it_is_given(language: str, when: str, enough: bool) -> None:
    uri = "file:///mcp/story.py" if language == "python" else "file:///mcp/story.ts"
    text = textwrap.dedent(OPTIONAL[language].replace("WHEN", when))
    assert ("MCP305" not in {d.rule.id for d in check_text(uri, text)}) is enough
