"""Guards judged by what they mean: on every path, of this value, against something a model did not choose."""

from __future__ import annotations

from mcp_lsp.flow import conditions
from mcp_lsp.flow.handlers import _order as order
from tests.flow.stories import PYTHON, check, handlers


def test_membership_and_equality() -> None:
    check(
        """
        import os

        KNOWN = {"a": 1, "b": 2}

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str, e: str) -> None:
            if a in ("x", "y"):
                os.system(a)
                #         ^ a → shell / choices
            os.system(a)
            #         ^ a → shell / choices; a → shell / denied
            if b not in KNOWN:
                return
            os.system(b)
            #         ^ b → shell / choices
            if not (c == "x" or c == "y"):
                raise ValueError(c)
            os.system(c)
            #         ^ c → shell / choices
            if d not in e:
                return
            os.system(d)
            #         ^ d → shell
            if (found := KNOWN.get(e)) is None:
                raise ValueError(e)
            os.system(e)
            #         ^ e → shell / choices
        """
    )


def test_a_guard_holds_on_every_path_or_not_at_all() -> None:
    check(
        """
        import os

        KNOWN = ("a", "b")
        STRICT = os.environ.get("STRICT")

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str, loud: bool) -> None:
            if loud:
                if a not in KNOWN:
                    raise ValueError(a)
            if STRICT:
                if b not in KNOWN:
                    raise ValueError(b)
            os.system(b)
            #         ^ b → shell / choices
            try:
                if c not in KNOWN:
                    raise ValueError(c)
            except ValueError:
                pass
            os.system(c)
            #         ^ c → shell
            ok = False
            for known in KNOWN:
                if d == known:
                    ok = True
                    break
            if not ok:
                return
            os.system(d)
            #         ^ d → shell / choices
            if a != "x":
                return
            if b in KNOWN and c in KNOWN:
                os.system(c)
                #         ^ c → shell / choices
        """
    )


def test_a_check_of_another_variable_does_not_count() -> None:
    check(
        """
        import os

        @mcp.tool()
        def f(a: str, b: str) -> None:
            if a not in ("x", "y"):
                raise ValueError(a)
            os.system(b)
            #         ^ b → shell
            b = a
            os.system(b)
            #         ^ a → shell / choices
        """
    )


def test_expressions() -> None:
    check(
        """
        import os, re, shlex

        NAME = re.compile(r"[a-z]+")

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str, e: str, g: str) -> None:
            if not re.fullmatch(r"[a-z]+", a):
                raise ValueError(a)
            os.system(a)
            #         ^ a → shell / pattern
            if not re.match(r"[a-z]+", b):
                raise ValueError(b)
            os.system(b)
            #         ^ b → shell / prefix
            if NAME.fullmatch(c) is None:
                return
            os.system(c)
            #         ^ c → shell / pattern
            if re.search(r"[;&|]", d):
                return
            os.system(d)
            #         ^ d → shell / excludes
            os.system(re.sub(r"[^a-z]", "", e))
            #         ^^^^^^^^^^^^^^^^^^^^^^^^ e → shell / pattern
            os.system("echo " + shlex.quote(g))
            #         ^^^^^^^^^^^^^^^^^^^^^^^^ g → shell / quoted
            if any(bad in g for bad in (";", "|")) or not e.isalnum():
                return
            os.system(g)
            #         ^ g → shell / excludes
            os.system(e)
            #         ^ e → shell / identifier
        """
    )


def test_paths_are_confined_after_they_were_resolved() -> None:
    check(
        """
        import os
        from pathlib import Path

        ROOT = Path("/srv").resolve()
        ROOTS = [ROOT]

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str, e: str, g: str, root: str) -> None:
            open(os.path.basename(a))
            #    ^^^^^^^^^^^^^^^^^^^ a → path-read / basename
            p = Path(b).resolve()
            p.relative_to(ROOT)
            open(p)
            #    ^ b → path-read / confined, resolved
            if not Path(c).is_relative_to(ROOT):
                return
            open(c)
            #    ^ c → path-read / inside-unresolved
            q = os.path.realpath(os.path.join(ROOT, d))
            if not q.startswith(str(ROOT)):
                return
            open(q)
            #    ^ d → path-read / prefix, resolved
            if not q.startswith(str(ROOT) + os.sep):
                return
            open(q)
            #    ^ d → path-read / confined, prefix, resolved
            r = os.path.abspath(e)
            if os.path.commonpath([r, ROOT]) != ROOT:
                raise ValueError(e)
            open(r)
            #    ^ e → path-read / confined, resolved
            s = Path(g).resolve()
            if not s.is_relative_to(Path(root).resolve()):
                return
            open(s)
            #    ^ g → path-read / resolved
            if ".." in a:
                return
            open(f"/srv/{a}")
            #    ^^^^^^^^^^^ a → path-read / no-dotdot
            if not any(s.is_relative_to(one) for one in ROOTS):
                return
            open(s)
            #    ^ g → path-read / confined, resolved
        """
    )


def test_helpers_that_check() -> None:
    check(
        """
        from pathlib import Path

        ROOT = Path("/srv").resolve()

        class Outside(Exception):
            pass

        def inside(path):
            return Path(path).resolve().is_relative_to(ROOT)

        def confine(name):
            path = (ROOT / name).resolve()
            if path == ROOT or ROOT in path.parents:
                return path
            raise Outside(name)

        def refuse(why):
            raise Outside(why)

        def ensure(path):
            if not inside(path):
                refuse("outside")

        def looks_fine(path):
            return len(path) < 100

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str) -> None:
            if not inside(a):
                return
            open(a)
            #    ^ a → path-read / confined
            open(confine(b))
            #    ^^^^^^^^^^ b → path-read / choices, confined, resolved; b → path-read / confined, resolved
            ensure(c)
            open(c)
            #    ^ c → path-read / confined
            if not looks_fine(d):
                return
            open(d)
            #    ^ d → path-read
        """
    )


def test_addresses() -> None:
    check(
        """
        import ipaddress, socket
        import httpx
        from urllib.parse import urlparse

        HOSTS = {"example.com"}

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str, e: str) -> None:
            if urlparse(a).hostname not in HOSTS:
                raise ValueError(a)
            httpx.get(a)
            #         ^ a → url / host-allowed
            host = urlparse(b).hostname
            if ipaddress.ip_address(socket.gethostbyname(host)).is_private:
                raise ValueError(b)
            httpx.get(b)
            #         ^ b → url / private-refused
            if ipaddress.ip_address(urlparse(c).hostname).is_private:
                raise ValueError(c)
            httpx.get(c)
            #         ^ c → url / private-literal
            if urlparse(d).scheme not in ("http", "https"):
                raise ValueError(d)
            httpx.get(d)
            #         ^ d → url / scheme
            if not e.startswith("https://example.com/"):
                return
            httpx.get(e)
            #         ^ e → url / prefix
        """
    )


def test_options_are_refused() -> None:
    check(
        """
        import subprocess

        @mcp.tool()
        def f(a: str, words: list[str]) -> None:
            if a.startswith("-"):
                raise ValueError(a)
            subprocess.run(["git", "show", a])
            #                              ^ a → argv / not-option
            for word in words:
                if word.startswith("-"):
                    raise ValueError(word)
            subprocess.run(["git", "add", *words])
            #              ^^^^^^^^^^^^^^^^^^^^^^ words → argv / not-option
        """
    )


def test_guards_in_typescript() -> None:
    check(
        """
        import { execSync } from "child_process";
        import fs from "fs";
        import path from "path";

        const KNOWN = new Set(["a", "b"]);
        const LIST = ["a", "b"] as const;
        const ROOT = path.resolve(process.env.ROOT ?? "/srv");

        function inside(root: string, candidate: string): boolean {
          const relative = path.relative(root, candidate);
          return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
        }

        server.tool("a", { a: z.string(), b: z.string(), c: z.string(), d: z.string() }, async ({ a, b, c, d }) => {
          if (!KNOWN.has(a)) throw new Error(a);
          execSync(a);
          //       ^ a → shell / choices
          if (!LIST.includes(b)) {
            return { content: [] };
          }
          execSync(b);
          //       ^ b → shell / choices
          if (!/^[a-z]+$/.test(c)) throw new Error(c);
          execSync(c);
          //       ^ c → shell / pattern
          const full = path.resolve(ROOT, d);
          if (!full.startsWith(ROOT + path.sep)) throw new Error(d);
          fs.readFileSync(full);
          //              ^^^^ d → path-read / confined, resolved
          return { content: [] };
        });

        server.tool("b", { a: z.string(), b: z.string(), c: z.string() }, async ({ a, b, c }) => {
          const full = path.resolve(ROOT, a);
          if (!full.startsWith(ROOT)) throw new Error(a);
          fs.readFileSync(full);
          //              ^^^^ a → path-read / prefix, resolved
          const other = path.resolve(ROOT, b);
          if (!inside(ROOT, other)) throw new Error(b);
          fs.readFileSync(other);
          //              ^^^^^ b → path-read / confined, resolved
          if (c.includes("..")) throw new Error(c);
          fs.readFileSync(path.join(ROOT, c));
          //              ^^^^^^^^^^^^^^^^^^ c → path-read / no-dotdot, normalised
          return { content: [] };
        });

        server.tool("c", { url: z.string(), other: z.string() }, async ({ url, other }) => {
          const parsed = new URL(url);
          if (parsed.hostname !== "example.com" && !parsed.hostname.endsWith(".example.com")) throw new Error(url);
          await fetch(url);
          //          ^^^ url → url / host-allowed
          const { hostname, protocol } = new URL(other);
          if (protocol !== "https:" || hostname === "localhost") throw new Error(other);
          await fetch(other);
          //          ^^^^^ other → url / private-literal, scheme
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_a_match_with_any_of_several_expressions() -> None:
    check(
        """
        import os
        import re

        KNOWN = [r"^https://a\\.example\\.com/", r"^https://b\\.example\\.com/"]
        MORE = [{"form": r"^https://c\\.example\\.com/"}]

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str) -> None:
            if not any(re.match(one, a) for one in KNOWN):
                raise ValueError(a)
            os.system(a)
            #         ^ a → shell / prefix
            known = [r"^https://a\\.example\\.com/"]
            for more in MORE:
                known.append(more["form"])
            if not any(re.match(one, b) for one in known):
                raise ValueError(b)
            os.system(b)
            #         ^ b → shell / prefix
            if not any(re.match(one, c) for one in settings.allowed):
                raise ValueError(c)
            os.system(c)
            #         ^ c → shell / checked
            if not any(re.match(one, d) for one in [d]):
                #               ^^^ d → regex
                raise ValueError(d)
            os.system(d)
            #         ^ d → shell
        """
    )


def test_every_alternative_speaks_of_the_whole_text() -> None:
    check(
        """
        import os
        import re

        @mcp.tool()
        def f(a: str, b: str) -> None:
            if not re.search("^[a-z]{2}$|^[0-9]{4}$", a):
                raise ValueError(a)
            os.system(a)
            #         ^ a → shell / pattern
            if not re.search("^[a-z]{2}$|[0-9]{4}$", b):
                raise ValueError(b)
            os.system(b)
            #         ^ b → shell
        """
    )


def test_a_package_that_says_whether_a_value_is_one() -> None:
    check(
        """
        import os
        from addresses import is_safe_name, name_of

        @mcp.tool()
        def f(a: str, b: str) -> None:
            if not is_safe_name(a):
                raise ValueError(a)
            os.system(a)
            #         ^ a → shell / checked
            if not name_of(b):
                raise ValueError(b)
            os.system(b)
            #         ^ b → shell
        """
    )


def test_what_was_checked_of_an_item_goes_with_the_list() -> None:
    check(
        """
        import os
        import re

        def names(rows):
            found = []
            for row in rows:
                if isinstance(row, dict):
                    for key in row:
                        if not re.fullmatch(r"[a-z]+", key):
                            raise ValueError(key)
                        found.append(key)
            return found

        def unchecked(rows):
            found = []
            for row in rows:
                if isinstance(row, dict):
                    for key in row:
                        found.append(key)
            return found

        @mcp.tool()
        def f(rows: list[dict]) -> None:
            for name in names(rows):
                os.system(name)
                #         ^^^^ rows → shell / pattern
            for name in unchecked(rows):
                os.system(name)
                #         ^^^^ rows → shell
        """
    )


def test_guards_of_one_kind_are_told_as_they_stand() -> None:
    refused = '    if "$" in a:\n        return\n' * 8
    (handler,) = handlers(f"{PYTHON}import os\n\n@mcp.tool()\ndef f(a: str) -> None:\n{refused}    os.system(a)\n")
    (found,) = handler.flows
    places = [guard.place.span for guard in found.guards]
    assert len(places) == 8
    assert places == sorted(places)


def test_what_is_known_of_nothing_can_be_put_in_order() -> None:
    (way,) = conditions._NOTHING
    assert [kind for kind, _, _ in sorted(way, key=order)] == ["empty"]
