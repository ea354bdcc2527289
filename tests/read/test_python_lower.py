"""Python source in, ``code.py`` out, written as one line per statement; every string mapped to its source."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator

import pytest

from mcp_lsp.read import module
from mcp_lsp.syntax import Document, parse
from mcp_lsp_analyzers import code as c


def statements(source: str) -> list[c.Stmt]:
    found = module(parse(Document("file:///a.py", source, "python")))
    return [statement for unit in found.units for statement in unit.statements]


def check(source: str, *expected: str) -> None:
    assert [shown(s) for s in statements(textwrap.dedent(source).strip("\n"))] == list(expected)


def shown(x: object) -> str:
    """One line for anything, close to how it would be written."""
    if x is None:
        return "-"
    if isinstance(x, list):
        return "{" + " ".join(shown(i) + ";" for i in x) + "}"
    if isinstance(x, c.Name):
        return x.id
    if isinstance(x, c.Str):
        return ("b" if x.bytes else "") + repr(x.value)
    if isinstance(x, c.Const):
        return repr(x.value)
    if isinstance(x, c.Join):
        return "`" + "|".join(shown(p) for p in x.parts) + "`"
    if isinstance(x, c.Attr):
        return f"{shown(x.value)}.{x.name}"
    if isinstance(x, c.Index):
        return f"{shown(x.value)}[{shown(x.index)}]"
    if isinstance(x, c.Arg):
        return x.spread + (f"{x.name}=" if x.name else "") + shown(x.value)
    if isinstance(x, c.Call):
        return f"{shown(x.callee)}({', '.join(shown(a) for a in x.args)})"
    if isinstance(x, (c.Binary, c.Compare, c.Logic)):
        return f"({shown(x.left)} {x.op} {shown(x.right)})"
    if isinstance(x, c.Not):
        return f"!{shown(x.value)}"
    if isinstance(x, c.Choice):
        return f"({shown(x.test)} ? {shown(x.then)} : {shown(x.otherwise)})"
    if isinstance(x, c.Items):
        return f"{x.kind[0]}[" + ", ".join(shown(i) for i in x.items) + "]"
    if isinstance(x, c.Dict):
        return "{" + ", ".join(shown(p) for p in x.pairs) + "}"
    if isinstance(x, c.Pair):
        return f"**{shown(x.value)}" if x.key is None else f"{shown(x.key)}: {shown(x.value)}"
    if isinstance(x, c.Spread):
        return "*" + shown(x.value)
    if isinstance(x, c.Await):
        return "await " + shown(x.value)
    if isinstance(x, c.Yield):
        return "yield " + shown(x.value)
    if isinstance(x, c.Bind):
        return f"({shown(x.target)} := {shown(x.value)})"
    if isinstance(x, c.Lambda):
        return "lambda " + shown(x.function)
    if isinstance(x, c.Comprehension):
        clauses = "".join(
            f" for {shown(t)} in {shown(i)}" + "".join(f" if {shown(q)}" for q in tests) for t, i, tests in x.clauses
        )
        return f"{x.kind}({shown(x.element)}{clauses})"
    if isinstance(x, c.Opaque):
        return f"<{x.kind} {' '.join(shown(i) for i in x.inside)}>"
    if isinstance(x, c.Param):
        annotation = f": {shown(x.annotation)}" if x.annotation else ""
        return f"{x.kind}{shown(x.target)}{annotation}" + (f" = {shown(x.default)}" if x.default else "")
    if isinstance(x, c.Function):
        flags = "".join(f"{w} " for w, on in (("async", x.is_async), ("gen", x.is_generator)) if on)
        decorators = "".join(f"@{shown(d)} " for d in x.decorators)
        returns = f" -> {shown(x.returns)}" if x.returns else ""
        return f"{decorators}{flags}{x.name}({', '.join(shown(p) for p in x.params)}){returns}{shown(x.body)}"
    if isinstance(x, c.Define):
        return "def " + shown(x.function)
    if isinstance(x, c.DefineClass):
        k = x.cls
        heads = ", ".join([shown(b) for b in k.bases] + [shown(a) for a in k.keywords])
        return f"class {k.name}({heads}){shown(k.body)}"
    if isinstance(x, c.Assign):
        annotation = f": {shown(x.annotation)}" if x.annotation else ""
        return f"{shown(x.target)}{annotation} {x.op}= {shown(x.value)}"
    if isinstance(x, c.Do):
        return shown(x.value)
    if isinstance(x, c.Return):
        return "return " + shown(x.value)
    if isinstance(x, c.Raise):
        return "raise " + shown(x.value)
    if isinstance(x, c.Jump):
        return x.kind
    if isinstance(x, c.If):
        return f"if {shown(x.test)} {shown(x.then)} else {shown(x.otherwise)}"
    if isinstance(x, c.Loop):
        head = f"while {shown(x.test)}" if x.test else f"for {shown(x.target)} in {shown(x.iterable)}"
        return f"{head} {shown(x.body)} else {shown(x.otherwise)}"
    if isinstance(x, c.Try):
        catches = " ".join(f"except {shown(k.types)} as {shown(k.target)} {shown(k.body)}" for k in x.catches)
        return f"try {shown(x.body)} {catches} else {shown(x.otherwise)} finally {shown(x.last)}"
    if isinstance(x, c.With):
        return "with " + ", ".join(f"{shown(v)} as {shown(t)}" for v, t in x.items) + " " + shown(x.body)
    if isinstance(x, c.Match):
        cases = " ".join(
            f"case {'|'.join(shown(p) for p in k.patterns)} binds {'|'.join(shown(n) for n in k.captures)}"
            f" if {shown(k.guard)} {shown(k.body)}"
            for k in x.cases
        )
        return f"match {shown(x.subject)} {cases}"
    if isinstance(x, c.Import):
        return f"import {x.module}:{x.name} as {x.local}"
    if isinstance(x, c.Block):
        return ("broken" if x.broken else "block") + shown(x.body)
    if isinstance(x, c.Nested):
        return "nested" + shown(x.unit.statements)
    raise AssertionError(type(x))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b(c, *d, e=1, **f)", "a.b(c, *d, e=1, **f)"),
        ("f(x for x in y if z if w for q in r)", "f(generator(x for x in y if z if w for q in r))"),
        ("x[1]; x[1:2]", "x[1]"),
        ("x[1, ::2]", "x[t[1, <slice 2>]]"),
        ("x[1,]", "x[t[1]]"),
        ("-1 + +2.5 ** ~x", "(-1 + <unary_operator (2.5 ** <unary_operator x>)>)"),
        ("0x10, 1_000, 1e3, 2j", "t[16, 1000, 1000.0, 1j]"),
        ("None, True, False, ...", "t[None, True, False, Ellipsis]"),
        ("a < b <= c", "((a < b) and (b <= c))"),
        ("a not in b", "(a not in b)"),
        ("a is not b or not c and d", "((a is not b) or (!c and d))"),
        ("a if b else c", "(b ? a : c)"),
        ("[1, *a], {1}, {'k': v, **w}, ()", "t[l[1, *a], s[1], {'k': v, **w}, t[]]"),
        ("{k: v for k, v in m.items()}", "dict(k: v for t[k, v] in m.items())"),
        ("(n := f(x))", "(n := f(x))"),
        ("lambda a, *b, c=1, **d: a", "lambda (a, *b, =c = 1, **d){return a;}"),
        ("await a.b", "await a.b"),
        ("(yield)", "yield -"),
        ("(yield from a)", "yield a"),
        ("x = y = 1", "x = 1"),
        ("x, *y = z", "t[x, *y] = z"),
        ("x: Annotated[list[a.B], Field(1)] | None = 2", "x: (Annotated[t[list[a.B], Field(1)]] | None) = 2"),
        ("x: int", "x: int = -"),
        ("x += 1", "x += 1"),
        ("type T = int | str", "T = (int | str)"),
        ("del a, b", "<delete_statement t[a, b]>"),
        ("global a", "<global_statement a>"),
        ("assert a, 'no'", "if !a {raise 'no';} else {}"),
        ("raise A(b) from c", "raise A(b)"),
        ("import a.b", "import a:None as a"),
        ("import a.b as c", "import a.b:None as c"),
        ("from . import a as b", "import .:a as b"),
        ("from ..x.y import *", "import ..x.y:* as *"),
        ("while a: break\nelse: continue", "while a {break;} else {continue;}"),
        ("async def f(): return", "def async f(){return -;}"),
        ("pass", None),
    ],
)
def test_forms(source: str, expected: str | None) -> None:
    found = [shown(s) for s in statements(source)]
    assert found[:1] == ([] if expected is None else [expected])


def test_statements() -> None:
    check(
        """
        for a, b in x, y:
            with open(p) as f, g as (h, i), j:
                pass
        else:
            q
        try:
            a
        except (A, B) as e:
            b
        except* C:
            c
        except:
            raise
        else:
            d
        finally:
            e
        if a: b
        elif c: d
        else: e
        """,
        "for t[a, b] in t[x, y] {with open(p) as f, g as t[h, i], j as - {};} else {q;}",
        "try {a;} except t[A, B] as e {b;} except C as - {c;} except - as - {raise -;} else {d;} finally {e;}",
        "if a {b;} else {if c {d;} else {e;};}",
    )


def test_match() -> None:
    check(
        """
        match x, y:
            case "a" | 'b' | A.B | -1 | None: 1
            case name: 2
            case _ if z: 3
            case [1, *rest] | {"k": v, **more} | Foo(a=w): 4
            case str() as s: 5
        """,
        "match t[x, y] case 'a'|'b'|A.B|-1|None binds  if - {1;} case  binds name if - {2;} case  binds  if z {3;} "
        "case  binds rest|v|more|w if - {4;} case  binds s if - {5;}",
    )


def test_definitions() -> None:
    check(
        """
        @a.b("c")  # why
        @d
        async def f(x, /, y: int = 1, *args: str, k: "T" = None, **kw) -> list[str]:
            "doc"
            yield x
        class K(Base, metaclass=M):
            field: int = 3
            @staticmethod
            def m(self, *, z): ...
        """,
        "def @a.b('c') @d async gen f(/x, y: int = 1, *args: str, =k: 'T' = None, **kw) -> list[str]{'doc'; yield x;}",
        "class K(Base, metaclass=M){field: int = 3; def @staticmethod m(self, =z){Ellipsis;};}",
    )
    function = next(s for s in statements("class K:\n  @staticmethod\n  def m(): pass") if isinstance(s, c.DefineClass))
    method = next(function.cls.methods())
    assert method.is_static
    assert method.cls is function.cls


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # What is half typed is still a function, with what it has.
        ('@mcp.tool()\ndef foo(a: int\n    """doc"""\n', "foo"),
        ("@mcp.tool(\n", "mcp.tool"),
        ("def f(a, b=g(", "g"),
        ("x = foo(bar, 'abc", "bar"),
        ("class A:\n  def f(self):\n    return (1 +\n\ndef after(): pass", "after"),
    ],
)
def test_errors_keep_what_is_around_them(source: str, expected: str) -> None:
    found = module(parse(Document("file:///a.py", source, "python")))
    assert found.broken
    assert any(expected in shown(s) for unit in found.units for s in unit.statements)


# ---------------------------------------------------------------- strings


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("'abc'", "abc"),
        ('"""a\nb"""', "a\nb"),
        ("''", ""),
        (r"'a\tb\n\\\'\"'", "a\tb\n\\'\""),
        (r"'\x41\u00e9\U0001F600\101\0'", "A\u00e9\U0001f600A\0"),
        (r"'\N{BULLET}'", "•"),
        (r"'\ud800'", "\ufffd"),
        (r"'\d\q'", "\\d\\q"),
        (r"r'\n\d'", "\\n\\d"),
        ("'a\\\nb'", "ab"),
        ("'a' \"b\" 'c'", "abc"),
        ("('a'  # first\n 'b')", "ab"),
        ("f'a{{b}}'", "a{b}"),
        ("'é😀\\n中'", "é😀\n中"),
        ("b'\\x41b'", "Ab"),
        ('"""a\r\nb\rc"""', "a\nb\nc"),
    ],
)
def test_every_character_of_a_string_has_a_source(source: str, value: str) -> None:
    prefix = "é = "  # bytes and code points differ
    (statement,) = statements(prefix + source)
    assert isinstance(statement, c.Assign)
    string = statement.value
    assert isinstance(string, c.Str)
    assert string.value == value
    text = prefix + source
    at = 0
    for first, last, start, end in string.pieces:
        assert first == at, "pieces follow each other without gaps"
        at = last
        if last - first == end - start:
            assert text[start:end].replace("\r", "\n") == value[first:last]
        else:
            assert text[start] in "\\{}\r"
    assert at == len(value)


def test_holes() -> None:
    check(
        """x = f"a {b!r:>{w}} {c.d=}{e}" 'tail' f'{g}'""",
        "x = `'a '|<interpolation repr(b) w>|' c.d='|c.d|e|'tail'|g`",
    )
    check("x = f'{a!r}{b!s}'", "x = `repr(a)|b`")


def test_places_stand_where_the_source_says() -> None:
    source = textwrap.dedent(
        """
        import os
        # é comment
        @mcp.tool(name="né😀")
        def ping(host: str = "x", *, n: int = 1) -> str:
            '''Döc'''
            return os.system(f"ping {host}" + "y") if n > 0 else [i for i in range(n)]
        """
    )
    found = module(parse(Document("file:///a.py", source, "python")))
    seen = set()
    for unit in found.units:
        for node in walk(unit.statements):
            if isinstance(node, (c.Name, c.Attr, c.Function, c.Str, c.Call, c.Const, c.Param)):
                text = source[unit.anchor.start + node.start : unit.anchor.start + node.end]
                seen.add(text)
                if isinstance(node, c.Name):
                    assert text == node.id
                elif isinstance(node, c.Attr):
                    assert text.endswith("." + node.name)
                elif isinstance(node, c.Function):
                    name = source[unit.anchor.start + node.name_start :]
                    assert name.startswith(node.name)
    assert {"host", "os.system", '"né😀"', "ping ", "range(n)", 'os.system(f"ping {host}" + "y")'} <= seen


def walk(x: object) -> Iterator[object]:
    if isinstance(x, (list, tuple)):
        for item in x:
            yield from walk(item)
    elif dataclasses.is_dataclass(x) and not isinstance(x, c.Unit):
        yield x
        for f in dataclasses.fields(x):
            if f.name not in ("unit", "cls", "parent") or isinstance(x, c.DefineClass):
                yield from walk(getattr(x, f.name))


def test_strings_and_notes_of_a_unit() -> None:
    source = 'x = f("one", f"two{y}")  # mcp-lsp: ignore[a] why\n# mcp-lsp: other\ny = 2\n'
    units = module(parse(Document("file:///a.py", source, "python"))).units
    assert [s.value for unit in units for s in unit.strings] == ["one", "two"]
    notes = [(unit, *note) for unit in units for note in unit.notes]
    assert [text for *_, text in notes] == ["# mcp-lsp: ignore[a] why", "# mcp-lsp: other"]
    assert all(source[u.anchor.start + s : u.anchor.start + e] == text for u, s, e, text in notes)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000,
        "(" * 5_000 + "x" + ")" * 5_000,
        "[" * 3_000 + "f'{x}'" + "]" * 3_000,
        "x = " + "-" * 10_000 + "1",
        "x = " + " + ".join(["a"] * 5_000),
        "x = " + "f(" * 3_000 + ")" * 3_000,
        "x" + ".a()" * 5_000,
        "if a:\n" + "".join(" " * i + "if a:\n" for i in range(1, 400)),
        "\x00\x01\x02",
        "\ud800 = '\udfff'",
        "x: 'A" + "[" * 3_000 + "'",
    ],
)
def test_nothing_is_too_deep(source: str) -> None:
    assert module(parse(Document("file:///a.py", source, "python"))).units
