"""Checks that answer with more than yes or no: a pair of an outcome and a reason, a dictionary, a reason or nothing."""

from __future__ import annotations

from tests.flow.stories import check, handlers


def test_an_outcome_with_a_reason() -> None:
    check(
        """
        import os, re

        def looked_at(name):
            if not re.fullmatch("[a-z]+", name):
                return False, f"not a name: {name}"
            return True, None

        def described(name):
            if not re.fullmatch("[a-z]+", name):
                return {"valid": False, "error": "not a name"}
            return {"valid": True}

        @mcp.tool()
        def f(a: str, b: str, c: str) -> str:
            ok, reason = looked_at(a)
            if not ok:
                return reason
            os.system(a)
            #         ^ a → shell / pattern
            if looked_at(b)[0]:
                os.system(b)
                #         ^ b → shell / pattern
            if not described(c)["valid"]:
                raise ValueError(c)
            os.system(c)
            #         ^ c → shell / pattern
            return ""
        """
    )


def test_an_outcome_that_the_settings_may_decide() -> None:
    check(
        """
        import os, re

        def looked_at(name):
            if os.getenv("ANY_NAME") == "1":
                return True, None
            if not re.fullmatch("[a-z]+", name):
                return False, "not a name"
            return True, None

        @mcp.tool()
        def f(a: str) -> str:
            ok, reason = looked_at(a)
            if not ok:
                return reason
            os.system(a)
            #         ^ a → shell / pattern
            return ""
        """
    )


def test_a_reason_that_repeats_what_it_refuses() -> None:
    check(
        """
        import os, re

        def refused(name: str) -> str | None:
            if not re.fullmatch("[a-z]+", name):
                return f"not a name: {name}"
            return None

        @mcp.tool()
        def f(a: str, b: str) -> str:
            why = refused(a)
            if why is not None:
                return why
            os.system(a)
            #         ^ a → shell / pattern
            if refused(b) is not None:
                os.system(b)
                #         ^ b → shell / unmatched
            return ""
        """
    )


def test_more_than_a_few_handlers_in_one_table() -> None:
    names = [f"tool{i}" for i in range(20)]
    functions = "\n".join(f"def {n}(arguments):\n    os.system(arguments['{n}'])\n" for n in names)
    table = ", ".join(f'"{n}": {n}' for n in names)
    text = f"""
import os
from mcp.server import Server
from mcp.types import Tool

server = Server("many")

{functions}
TABLE = {{{table}}}

@server.list_tools()
async def tools():
    return [Tool(name=name, inputSchema={{"type": "object"}}) for name in sorted(TABLE)] + [
        Tool(name="other", inputSchema={{"type": "object", "properties": {{"tool19": {{"type": "string"}}}}}})
    ]

@server.call_tool()
async def call(name: str, arguments: dict) -> list:
    return TABLE[name](arguments)
"""
    reached = {flow.source.name for handler in handlers(text) for flow in handler.flows}
    assert reached >= {f'arguments["{n}"]' for n in names} or reached >= set(names), reached


def test_a_path_made_absolute_still_has_its_dots() -> None:
    check(
        """
        from pathlib import Path

        ROOT = Path("/srv/notes")

        @mcp.tool()
        def f(a: str, b: str) -> None:
            path = ROOT / a
            if ROOT not in path.absolute().parents:
                raise ValueError(a)
            path.read_text()
        #   ^^^^ a → path-read / inside-unresolved
            path = (ROOT / b).resolve()
            if ROOT not in path.parents:
                raise ValueError(b)
            path.read_text()
        #   ^^^^ b → path-read / confined, resolved
        """
    )


def test_a_device_has_a_shell_too() -> None:
    check(
        """
        from ppadb.client import Client

        @mcp.tool()
        def dump(package: str) -> str:
            device = Client().device("emulator-5554")
            return device.shell(f"dumpsys package {package}")
            #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ package → shell
        """
    )


def test_a_root_that_may_be_missing() -> None:
    check(
        """
        import os
        from pathlib import Path
        from .state import current

        def inside(path: Path, root: str, temporary: str) -> None:
            resolved = str(path.resolve())
            allowed = [r for r in (root, temporary) if r]
            if not any(resolved == r or resolved.startswith(r + os.sep) for r in allowed):
                raise ValueError(path)

        @mcp.tool()
        def f(a: str) -> None:
            path = Path(a)
            inside(path, str(Path(current.root).resolve()), str(Path(current.tmp).resolve()) if current.tmp else "")
            path.read_text()
        #   ^^^^ a → path-read / choices, confined; a → path-read / confined
        """
    )


def test_what_is_not_known_is_collected_first() -> None:
    check(
        """
        import os, re

        KNOWN = frozenset({"a", "b"})
        NAME = re.compile("^[a-z]+$")

        def named(names):
            if not names:
                return True
            wrong = [name for name in names if not NAME.fullmatch(name)]
            if wrong:
                raise ValueError(wrong)
            return True

        @mcp.tool()
        def f(a: list[str], b: list[str], c: list[str], d: list[str], e: list[str]) -> None:
            named(a)
            os.system(" ".join(a))
            #         ^^^^^^^^^^^ a → shell / pattern
            if unknown := [one for one in b if one not in KNOWN]:
                raise ValueError(unknown)
            os.system(" ".join(b))
            #         ^^^^^^^^^^^ b → shell / choices
            if set(c) - KNOWN:
                raise ValueError(c)
            os.system(" ".join(c))
            #         ^^^^^^^^^^^ c → shell / choices
            if not set(d) <= KNOWN:
                raise ValueError(d)
            os.system(" ".join(d))
            #         ^^^^^^^^^^^ d → shell / choices
            known = [one for one in e if one in KNOWN]
            if not known:
                raise ValueError(e)
            os.system(" ".join(e))
            #         ^^^^^^^^^^^ e → shell
        """
    )


def test_an_entry_that_is_kept_and_too_old_says_no_more_than_one_that_is_missing() -> None:
    check(
        """
        class Kept {
          private entries = new Map<string, { text: string; at: number }>();
          get(url: string) {
            const entry = this.entries.get(url);
            if (!entry) {
              return null;
            }
            if (Date.now() - entry.at > 3) {
              return null;
            }
            return entry;
          }
        }
        const kept = new Kept();
        server.registerTool("f", { inputSchema: { a: z.string(), b: z.string() } }, async ({ a, b }) => {
          const entry = kept.get(a);
          if (entry) {
            return entry.text;
          }
          if (!kept.get(b)) {
            throw new Error("never seen");
          }
          await fetch(b);
          //          ^ b → url / choices
          return (await fetch(a)).text();
          //                  ^ a → url
        });
        """,
        "typescript",
    )


def test_a_reason_or_nothing_by_a_choice() -> None:
    check(
        """
        import fs from "node:fs";
        import path from "node:path";

        const refused = (file) => {
          const inside = file.startsWith("/srv/notes" + path.sep);
          return inside ? null : "outside";
        };
        const refusedToo = (file) => (file.startsWith("/srv/notes" + path.sep) ? "" : `outside: ${file}`);

        server.tool("f", { a: z.string(), b: z.string(), c: z.string() }, async ({ a, b, c }) => {
          const first = fs.realpathSync(a);
          if (refused(first)) throw new Error("no");
          fs.readFileSync(first);
          //              ^^^^^ a → path-read / confined, resolved
          const second = fs.realpathSync(b);
          const error = refusedToo(second);
          if (error) throw new Error(error);
          fs.readFileSync(second);
          //              ^^^^^^ b → path-read / confined, resolved
          const third = fs.realpathSync(c);
          if (!refused(third)) throw new Error("no");
          fs.readFileSync(third);
          //              ^^^^^ c → path-read / outside, resolved
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_a_part_of_an_answer_takes_along_what_was_checked_of_it() -> None:
    check(
        """
        KNOWN = ["1.x", "2.x"]

        def split(path, default):
            parts = path.split("/", 1)
            if len(parts) == 2 and parts[0] in KNOWN:
                return parts[0], parts[1]
            return default, path

        def swapped(path, default):
            parts = path.split("/", 1)
            if parts[0] in KNOWN:
                return parts[1], parts[0]
            return default, path

        @mcp.tool()
        def f(a: str, b: str) -> str:
            version, rest = split(a, "1.x")
            open("/srv/" + version)
            #    ^^^^^^^^^^^^^^^^^ a → path-read / choices, first
            open("/srv/" + rest)
            #    ^^^^^^^^^^^^^^ a → path-read
            rest, version = swapped(b, "1.x")
            open("/srv/" + version)
            #    ^^^^^^^^^^^^^^^^^ b → path-read
        """,
    )


def test_a_field_of_an_answer_takes_along_what_was_checked_of_it() -> None:
    check(
        """
        import fs from "node:fs";

        const KNOWN = ["1.x", "2.x"];

        function split(given) {
          const [version, rest] = given.split("/");
          if (!KNOWN.includes(version)) return { version: "1.x", rest: given };
          return { version, rest };
        }

        server.tool("f", { a: z.string() }, async ({ a }) => {
          const { version, rest } = split(a);
          fs.readFileSync("/srv/" + version);
          //              ^^^^^^^^^^^^^^^^^ a → path-read / choices, first
          fs.readFileSync("/srv/" + rest);
          //              ^^^^^^^^^^^^^^ a → path-read
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_a_host_that_is_written_as_an_address_is_looked_at_with_those_that_are_looked_up() -> None:
    check(
        """
        import dns from "dns/promises";
        import net from "net";
        import { z } from "zod";

        const PRIVATE_RANGES = [[0x7f000000, 0xff000000], [0x0a000000, 0xff000000], [0xc0a80000, 0xffff0000]];

        function isPrivateV4(ip: string) {
          const [a, b, c, d] = ip.split(".").map(Number);
          const n = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
          return PRIVATE_RANGES.some(([base, mask]) => (n & mask) === base);
        }

        function isPrivate(ip: string) {
          if (net.isIPv4(ip)) return isPrivateV4(ip);
          if (net.isIPv6(ip)) return isPrivateV6(ip);
          return true;
        }

        function isPrivateV6(ip: string) {
          const lower = ip.toLowerCase();
          if (lower === "::" || lower === "::1") return true;
          if (lower.startsWith("fe80:")) return true;
          if (lower.startsWith("fc") || lower.startsWith("fd")) return true;
          if (lower.startsWith("::ffff:")) {
            const v4 = lower.slice(7);
            return net.isIPv4(v4) ? isPrivateV4(v4) : true;
          }
          return false;
        }

        async function refused(raw: string) {
          const url = new URL(raw);
          if (!["http:", "https:"].includes(url.protocol)) {
            throw new Error("no page");
          }
          const host = url.hostname;
          const found = net.isIP(host) ? [host] : (await dns.lookup(host, { all: true })).map((one) => one.address);
          for (const address of found) {
            if (isPrivate(address)) {
              throw new Error("private");
            }
          }
          return url;
        }

        server.tool("read", { page: z.string(), other: z.string() }, async ({ page, other }) => {
          await fetch(await refused(page));
          //          ^^^^^^^^^^^^^^^^^^^ page → url / pattern, private-literal, private-refused, scheme
          const hosts = [new URL(other).hostname, "example.com"];
          for (const host of hosts) {
            console.error(host);
          }
          await fetch(other);
          //          ^^^^^ other → url
          return { content: [] };
        });
        """,
        "typescript",
    )
