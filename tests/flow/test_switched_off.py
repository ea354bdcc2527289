"""Values that are checked, except where the settings say that nothing is."""

from __future__ import annotations

from tests.flow.stories import check


def test_a_root_that_may_not_be_set() -> None:
    check(
        """
        import os

        ROOT = None
        ROOTS = []

        def confined(name):
            if ROOT is None:
                return os.path.normpath(name)
            path = os.path.realpath(os.path.join(ROOT, name))
            if os.path.commonpath([os.path.realpath(ROOT), path]) != os.path.realpath(ROOT):
                raise ValueError(name)
            return path

        def joined(name):
            if ROOT is None:
                return os.path.normpath(name)
            return os.path.join(ROOT, name)

        def chosen(name):
            if os.path.isabs(name):
                return name
            path = os.path.realpath(os.path.join(ROOT, name))
            if os.path.commonpath([os.path.realpath(ROOT), path]) != os.path.realpath(ROOT):
                raise ValueError(name)
            return path

        def first_of(name):
            if not ROOTS:
                return os.path.realpath(name)
            for root in ROOTS:
                path = os.path.realpath(os.path.join(root, name))
                if os.path.commonpath([os.path.realpath(root), path]) == os.path.realpath(root):
                    return path
            return os.path.realpath(os.path.join(ROOTS[0], name))

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str) -> str:
            open(confined(a))
            #    ^^^^^^^^^^^ a → path-read / confined, resolved
            open(joined(b))
            #    ^^^^^^^^^ b → path-read; b → path-read / resolved
            open(chosen(c))
            #    ^^^^^^^^^ c → path-read; c → path-read / confined, not-absolute, resolved
            open(first_of(d))
            #    ^^^^^^^^^^^ d → path-read / resolved; d → path-read / confined, resolved
            return ""
        """
    )


def test_a_variable_that_is_checked_where_a_root_is_set() -> None:
    check(
        """
        import os
        from pathlib import Path

        ROOT = os.environ.get("ROOT")

        @mcp.tool()
        def f(a: str) -> str:
            path = Path(a)
            if ROOT:
                path = (Path(ROOT) / a).resolve()
                if not path.is_relative_to(Path(ROOT).resolve()):
                    raise ValueError(a)
            return path.read_text()
            #      ^^^^ a → path-read / confined, resolved
        """
    )


def test_a_check_and_what_switches_it_in_one_test() -> None:
    check(
        """
        import os

        ROOT = os.environ.get("ROOT")
        STRICT = os.environ.get("STRICT")

        def inside(path):
            return path.startswith(os.path.realpath(ROOT) + os.sep)

        @mcp.tool()
        def f(a: str, b: str, c: str, d: bool) -> str:
            a = os.path.realpath(a)
            if ROOT and not inside(a):
                raise ValueError(a)
            open(a)
            #    ^ a → path-read / confined, resolved
            b = os.path.realpath(b)
            if not inside(b) and STRICT:
                raise ValueError(b)
            open(b)
            #    ^ b → path-read / confined, resolved
            c = os.path.realpath(c)
            if d and not inside(c):
                raise ValueError(c)
            open(c)
            #    ^ c → path-read / resolved
            return ""
        """
    )


def test_a_check_after_which_both_ways_go_on() -> None:
    check(
        """
        import os

        @mcp.tool()
        def f(a: str, b: str, c: str) -> str:
            a = os.path.realpath(a)
            if not a.startswith("/srv/notes/"):
                print("outside")
            open(a)
            #    ^ a → path-read / resolved
            b = os.path.realpath(b)
            if b.startswith("/srv/notes/"):
                print("inside")
            elif b.startswith("/etc/"):
                raise ValueError(b)
            open(b)
            #    ^ b → path-read / confined, resolved; b → path-read / outside, resolved
            c = os.path.realpath(c)
            if c.startswith("/etc/"):
                raise ValueError(c)
            open(c)
            #    ^ c → path-read / outside, resolved
            return ""
        """
    )


def test_whoever_calls_switches_the_check_off() -> None:
    check(
        """
        import os

        @mcp.tool()
        def f(a: str, b: str, anywhere: bool, mode: int) -> str:
            a = os.path.realpath(a)
            if not anywhere:
                if not a.startswith("/srv/notes/"):
                    raise ValueError(a)
            open(a)
            #    ^ a → path-read / resolved
            b = os.path.realpath(b)
            if mode > 1 and not b.startswith("/srv/notes/"):
                raise ValueError(b)
            open(b)
            #    ^ b → path-read / resolved
            return ""
        """
    )


def test_what_was_found_out_before_a_switch_was_asked() -> None:
    check(
        """
        import os
        import time

        STARTED = time.time()
        KNOWN = ("one", "two")

        @mcp.tool()
        def f(a: str, b: str) -> str:
            if a in KNOWN and time.time() > STARTED:
                return "known"
            open(a)
            #    ^ a → path-read / denied
            if b not in KNOWN and os.environ.get("STRICT"):
                raise ValueError(b)
            open(b)
            #    ^ b → path-read / choices
            return ""
        """
    )


def test_what_is_left_on_the_way_by_a_choice_says_nothing_of_what_goes_on() -> None:
    check(
        """
        import os

        from elsewhere import rows

        VERBOSE = os.environ.get("VERBOSE")
        ROOT = os.environ.get("ROOT")

        def plain(name):
            return name in ("a", "b")

        def noted(name, lines):
            for line in lines:
                if line.strip():
                    if plain(name):
                        if line.endswith(name):
                            break

        def early(name):
            if VERBOSE:
                if plain(name):
                    return name
                print("another one")
            return name

        def within(name):
            if ROOT:
                path = os.path.realpath(os.path.join(ROOT, name))
                if path.startswith(ROOT + os.sep):
                    return path
                raise ValueError(name)
            return name

        @mcp.tool()
        def f(a: str, b: str, c: str) -> str:
            noted(a, rows())
            open(a)
            #    ^ a → path-read
            open(early(b))
            #    ^^^^^^^^ b → path-read / choices; b → path-read / denied
            open(within(c))
            #    ^^^^^^^^^ c → path-read / confined, resolved
            return ""
        """
    )


def test_what_something_outside_says_of_a_choice_is_no_setting() -> None:
    check(
        """
        from elsewhere import known, text

        def plain(name):
            if name not in ("a", "b"):
                raise ValueError(name)

        @mcp.tool()
        def f(a: str, b: str, c: str) -> str:
            if known(a):
                plain(a)
            open(a)
            #    ^ a → path-read
            if text().endswith(b):
                plain(b)
            open(b)
            #    ^ b → path-read
            if known("c"):
                plain(c)
            open(c)
            #    ^ c → path-read / choices
            return ""
        """
    )


def test_what_was_known_before_the_settings_were_asked_is_no_check_of_theirs() -> None:
    """A cache that has the name, and what it has is still there: whoever gets nothing of it was in none."""
    check(
        """
        from elsewhere import fresh

        CACHE = {}

        def cached(name):
            if name in CACHE:
                path = CACHE[name]
                if path.exists():
                    return path
            return None

        def said(name):
            if name in CACHE:
                if fresh():
                    return 1
            return 0

        def held(name):
            if name in CACHE:
                if fresh():
                    print("fresh")
                return 1
            return 0

        @mcp.tool()
        def f(a: str, b: str, c: str) -> str:
            if cached(a):
                return ""
            open(a)
            #    ^ a → path-read
            if said(b):
                return ""
            open(b)
            #    ^ b → path-read
            if held(c):
                open(c)
                #    ^ c → path-read / choices
            return ""
        """
    )
