"""TypeScript and JavaScript source in, ``code.py`` out, written as one line per statement."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator

import pytest

from mcp_lsp.read import module
from mcp_lsp.syntax import Document, parse
from mcp_lsp_analyzers import code as c
from mcp_lsp_analyzers.scope import Module, Scope


def read(source: str, language: str = "typescript") -> Module:
    return module(parse(Document("file:///a.ts", source, language)))


def statements(source: str, language: str = "typescript") -> list[c.Stmt]:
    return [statement for unit in read(source, language).units for statement in unit.statements]


def check(source: str, *expected: str, language: str = "typescript") -> None:
    assert [shown(s) for s in statements(textwrap.dedent(source).strip("\n"), language)] == list(expected)


def shown(x: object) -> str:
    """One line for anything, close to how it would be written."""
    if x is None:
        return "-"
    if isinstance(x, list):
        return "{" + " ".join(shown(i) + ";" for i in x) + "}" if x else "{}"
    if isinstance(x, c.Name):
        return x.id
    if isinstance(x, c.Str):
        return repr(x.value)
    if isinstance(x, c.Const):
        return repr(x.value)
    if isinstance(x, c.Regex):
        return f"/{x.pattern}/{x.flags}"
    if isinstance(x, c.Join):
        return (shown(x.tag) if x.tag else "") + "`" + "|".join(shown(p) for p in x.parts) + "`"
    if isinstance(x, c.Attr):
        return f"{shown(x.value)}.{x.name}"
    if isinstance(x, c.Index):
        return f"{shown(x.value)}[{shown(x.index)}]"
    if isinstance(x, c.Call):
        args = ", ".join(a.spread + shown(a.value) for a in x.args)
        return f"{'new ' if x.new else ''}{shown(x.callee)}({args})"
    if isinstance(x, (c.Binary, c.Compare, c.Logic)):
        return f"({shown(x.left)} {x.op} {shown(x.right)})"
    if isinstance(x, c.Not):
        return f"!{shown(x.value)}"
    if isinstance(x, c.Choice):
        return f"({shown(x.test)} ? {shown(x.then)} : {shown(x.otherwise)})"
    if isinstance(x, c.Items):
        return "[" + ", ".join(shown(i) for i in x.items) + "]"
    if isinstance(x, c.Dict):
        return "{" + ", ".join(f"{shown(p.key) if p.key else '...'}: {shown(p.value)}" for p in x.pairs) + "}"
    if isinstance(x, c.Default):
        return f"{shown(x.target)} = {shown(x.value)}"
    if isinstance(x, c.Spread):
        return f"...{shown(x.value)}"
    if isinstance(x, (c.Await, c.Yield)):
        return f"{type(x).__name__.lower()} {shown(x.value)}"
    if isinstance(x, c.Bind):
        return f"({shown(x.target)} := {shown(x.value)})"
    if isinstance(x, c.Lambda):
        return function(x.function)
    if isinstance(x, c.ClassValue):
        return cls(x.cls)
    if isinstance(x, c.Opaque):
        return f"<{x.kind} {' '.join(shown(i) for i in x.inside)}>"
    if isinstance(x, c.Assign):
        declared = f": {shown(x.annotation)}" if x.annotation else ""
        return f"{'const ' if x.constant else ''}{shown(x.target)}{declared} {x.op}= {shown(x.value)}"
    if isinstance(x, c.Do):
        return shown(x.value)
    if isinstance(x, (c.Return, c.Raise)):
        return f"{type(x).__name__.lower()} {shown(x.value)}"
    if isinstance(x, c.Jump):
        return x.kind
    if isinstance(x, c.If):
        return f"if {shown(x.test)} {shown(x.then)} else {shown(x.otherwise)}"
    if isinstance(x, c.Loop):
        head = f"{shown(x.target)} {'in' if x.keys else 'of'} {shown(x.iterable)}" if x.iterable else shown(x.test)
        return f"loop {head} {shown(x.body)}"
    if isinstance(x, c.Try):
        catches = " ".join(f"catch {shown(k.target)} {shown(k.body)}" for k in x.catches)
        return f"try {shown(x.body)} {catches} finally {shown(x.last)}"
    if isinstance(x, c.Match):
        cases = "; ".join(f"{shown(k.patterns[0]) if k.patterns else 'default'}: {shown(k.body)}" for k in x.cases)
        return f"switch {shown(x.subject)} {cases}"
    if isinstance(x, c.Define):
        return function(x.function)
    if isinstance(x, c.DefineClass):
        return cls(x.cls)
    if isinstance(x, c.DefineType):
        return f"type {x.name} = {shown(x.value) if x.cls is None else shown(x.cls.body)}"
    if isinstance(x, c.Import):
        return f"{'type ' if x.type_only else ''}import {x.name} of {x.module!r} as {x.local}"
    if isinstance(x, c.Export):
        names = ", ".join(f"{a} as {b}" for a, b in x.names)
        return (
            f"export {names}" + (f" of {x.module!r}" if x.module else "") + (f" = {shown(x.value)}" if x.value else "")
        )
    if isinstance(x, c.Nested):
        return f"nested {shown(x.unit.statements)}"
    if isinstance(x, c.Block):
        return ("broken " if x.broken else "") + f"block {shown(x.body)}"
    raise AssertionError(type(x))


def function(f: c.Function) -> str:
    marks = "".join(f"@{shown(d)} " for d in f.decorators)
    marks += "static " * f.is_static + "async " * f.is_async
    params = ", ".join(
        p.kind
        + shown(p.target)
        + (f": {shown(p.annotation)}" if p.annotation else "")
        + (f" = {shown(p.default)}" if p.default else "")
        for p in f.params
    )
    doc = f" {shown(f.doc)}" if f.doc else ""
    return f"{marks}def{'*' * f.is_generator} {f.name}({params}){doc} {shown(f.body)}"


def cls(k: c.Class) -> str:
    marks = "".join(f"@{shown(d)} " for d in k.decorators)
    bases = ", ".join(shown(b) for b in k.bases)
    return f"{marks}class {k.name}({bases}) {shown(k.body)}"


# ---------------------------------------------------------------- expressions


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b?.c", "a.b.c"),
        ("a?.[0]", "a[0]"),
        ("a?.(b)", "a(b)"),
        ("a /* x */ . /* y */ b", "a.b"),
        ("this.x", "self.x"),
        ("super.x()", "super.x()"),
        ("x!.y", "x.y"),
        ("(x as any).y", "x.y"),
        ("<any>x", "x"),
        ("x satisfies T", "x"),
        ("f<T>(x)", "f(x)"),
        ("f(a, ...b)", "f(a, *b)"),
        ("new A.B(x)", "new A.B(x)"),
        ("new A", "new A()"),
        ("import('x')", "import('x')"),
        ("import.meta.url", "import.meta.url"),
        ("(0, foo_1.bar)(x)", "foo_1.bar(x)"),
        ("(0, foo_1.default)(x)", "foo_1(x)"),
        ("a && b || c", "((a and b) or c)"),
        ("a ?? b", "(a ?? b)"),
        ("a === b", "(a == b)"),
        ("a !== b", "(a != b)"),
        ("a in b", "(a in b)"),
        ("a instanceof B", "(a instanceof B)"),
        ("'a' + b + 'c'", "(('a' + b) + 'c')"),
        ("!x", "!x"),
        ("-1", "-1"),
        ("1_000n", "1000"),
        ("0x1F", "31"),
        ("1.5e3", "1500.0"),
        ("void 0", "None"),
        ("undefined", "None"),
        ("typeof x", "typeof(x)"),
        ("a ? b : c", "(a ? b : c)"),
        ("/a[/]b/gi", "/a[/]b/gi"),
        ("`a`", "'a'"),
        ("`a${b}c${`d`}`", "`'a'|b|'c'|'d'`"),
        ("sql`a ${b}`", "sql`'a '|b`"),
        ("sql`a`", "sql`'a'`"),
        ("[a, , ...b]", "[a, None, ...b]"),
        ("f({a, b: 1, 'c-d': 2, [e]: 3, ...g})", "f({'a': a, 'b': 1, 'c-d': 2, e: 3, ...: g})"),
        ("f({get a() { return 1 }, async b(c) {}})",
         "f({'a': @property def a() {return 1;}, 'b': async def b(c) {}})"),
        ("f(x => x)", "f(def (x) {return x;})"),
        ("f(async ({a, b: c = 1}, [d, ...e], ...g) => {})",
         "f(async def ({'a': a, 'b': c = 1}, [d, ...e], *g) {})"),
        ("f(function* n() { yield a; yield* b; })", "f(def* n() {yield a; yield b;})"),
        ("f(class extends A { x = 1 })", "f(class (A) {x = 1;})"),
        ("f(await x)", "f(await x)"),
        ("f(a = b)", "f((a := b))"),
        ("f(a += b)", "f((a := (a + b)))"),
        ("f(a, (b, c))", "f(a, <sequence b c>)"),
        ("f(a++)", "f(<update a>)"),
        ("a || // why\n b", "(a or b)"),
        ("a /* why */ + /* what */ b + // end\n c", "((a + b) + c)"),
        ("a === 1 && // why\n b > 2", "((a == 1) and (b > 2))"),
    ],
)  # fmt: skip
def test_expressions(source: str, expected: str) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "value", "pieces"),
    [
        ("'plain'", "plain", [("plain", "plain")]),
        (r"'a\n\tb'", "a\n\tb", [("a", "a"), ("\n", r"\n"), ("\t", r"\t"), ("b", "b")]),
        (r"'\x41\u0042\u{1F600}\q'", "AB😀q", [("A", r"\x41"), ("B", r"\u0042"), ("😀", r"\u{1F600}"), ("q", r"\q")]),
        (r"'a\ud83d\ude00b'", "a😀b", [("a", "a"), ("😀", r"\ud83d\ude00"), ("b", "b")]),
        (r"'\ud83dx'", "\ufffdx", [("\ufffd", r"\ud83d"), ("x", "x")]),
        ("'a\\\nb'", "ab", [("a", "a"), ("b", "b")]),
        ("`a\r\nb`", "a\nb", [("a", "a"), ("\n", "\r\n"), ("b", "b")]),
        ("`é😀${0}z\\n`", "z\n", [("z", "z"), ("\n", r"\n")]),
        ("'\\0'", "\0", [("\0", r"\0")]),
        ("''", "", []),
    ],
)
def test_strings_know_where_each_character_stands(source: str, value: str, pieces: list[tuple[str, str]]) -> None:
    prefix = "/* é 😀 */ x("
    unit = read(f"{prefix}{source})").units[0]
    found = unit.strings[-1]
    assert found.value == value
    assert [(found.value[a:b], unit.key[s:e]) for a, b, s, e in found.pieces] == pieces


# ---------------------------------------------------------------- statements


def test_declarations() -> None:
    check(
        "const a = 1, {b, c: [d = 2]} = x; let e: string; var f = g;",
        "const a = 1",
        "const {'b': b, 'c': [d = 2]} = x",
        "e: string = -",
        "f = g",
    )
    check(
        "a = b = c; a += 1; a ??= 1; a++; ({a} = b);", "b = c", "a = b", "a += 1", "a ??= 1", "a += 1", "{'a': a} = b"
    )
    check(
        "function f(a: string, b?: number, ...c: T[]): Promise<void> {}", "def f(a: string, b: number, *c: Array[T]) {}"
    )
    check("function f(this: X, a = 1) {}", "def f(a = 1) {}")
    check("function over(a: string): void; declare const c: number;")
    check(
        "interface A { a: B; b(): C } type B = string; type D = () => A;",
        "type A = {a: B = -; b: def () {} = -;}",
        "type B = string",
        "type D = def () {}",
    )
    check("enum E { A = 'a', B, C = 4, D }", "const E = {'A': 'a', 'B': 0, 'C': 4, 'D': 5}")
    check("namespace N { export const q = 1 }", "block {const q = 1; export q as q;}")
    check("export type A = 1; export interface B {} export declare const d: 1", "type A = 1", "type B = {}")


def test_types_that_say_what_values_are_admitted() -> None:
    check(
        "let a: string | undefined, b: Array<A.B>, c: 'x' | 1, d: {e: string, f?: number}, g: readonly string[];",
        "a: (string | None) = -",
        "b: Array[A.B] = -",
        "c: ('x' | 1) = -",
        "d: {'e': string, 'f': (number | None)} = -",
        "g: Array[string] = -",
    )


def test_control() -> None:
    check("if (a) b; else if (c) { d } else e", "if a {b;} else {if c {d;} else {e;};}")
    check("for (const [k, v] of x) y", "loop [k, v] of x {y;}")
    check("for await (const a of b) {}", "loop a of b {}")
    check("for (const a in b) {}", "loop a in b {}")
    check("for (let i = 0; i < 2; i++) a", "i = 0", "loop (i < 2) {a; i += 1;}")
    check("for (;;) { break }", "loop - {break;}")
    check("while (a) b; do { c } while (d)", "loop a {b;}", "loop d {c;}")
    check("out: while (a) continue out", "loop a {continue;}")
    check("try { a } catch ({m}) { b } finally { c }", "try {a;} catch {'m': m} {b;} finally {c;}")
    check("try { a } catch { b }", "try {a;} catch - {b;} finally {}")
    check(
        "switch (a.b) { case 'x': case 'y': { c; break } default: d }",
        "switch a.b 'x': {}; 'y': {block {c; break;};}; default: {d;}",
    )
    check("throw new Error('x')", "raise new Error('x')")


def test_classes() -> None:
    check(
        """
        @Injectable()
        export class A extends B<C> implements D {
          static #n: string = 'q';
          run = async () => this.n;
          constructor(private readonly db: Db, plain: string) { super() }
          /** Says hello.
           *  Twice. */
          @Tool({ name: "hello" })
          async *hello({ who }: { who: string }) {}
          get z() { return 1 }
          static of() {}
          static { boot() }
          abstract x(): void;
        }
        """,
        "@Injectable() class A(B) {#n: string = 'q'; run = async def () {return self.n;}; "
        "def constructor(db: Db, plain: string) {self.db = db; super();}; "
        "@Tool({'name': 'hello'}) async def* hello({'who': who}: {'who': string}) 'Says hello.\\n Twice.' {}; "
        "@property def z() {return 1;}; static def of() {}; block {boot();};}",
        "export A as A",
    )


def test_a_method_knows_its_class_and_a_function_its_parent() -> None:
    (statement,) = statements("class A { m() { return () => 1 } f = () => 2 }")
    assert isinstance(statement, c.DefineClass)
    method, field = statement.cls.body
    assert isinstance(method, c.Define)
    assert method.function.cls is statement.cls
    inner = next(x for x in every(method.function.body) if isinstance(x, c.Function))
    assert inner.parent is method.function
    assert inner.cls is None
    assert next(x for x in every([field]) if isinstance(x, c.Function)).cls is statement.cls


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/** Hi. */\nfunction f() {}", "Hi."),
        ("/**\n * Hi.\n *\n *   More\n */\nexport async function f() {}", "Hi.\n\n  More"),
        ("/** Hi. */\nexport const f = async () => {}", "Hi."),
        ("/** Hi. */\nexport default class { }", "Hi."),
        ("// Hi.\nfunction f() {}", None),
        ("/** Hi. */\nconst a = 1;\nfunction f() {}", None),
        ("/** Hi. */\nserver.tool('x', () => {})", None),
    ],
)
def test_jsdoc(source: str, expected: str | None) -> None:
    unit = read("let é = 1;\n" + source).units[-1]
    docs = [x.doc for x in every(unit.statements) if isinstance(x, (c.Function, c.Class)) and x.doc is not None]
    assert [doc.value for doc in docs if isinstance(doc, c.Str)] == ([] if expected is None else [expected])
    for doc in docs:
        assert isinstance(doc, c.Str)
        assert "".join(unit.key[s:e] for _, _, s, e in doc.pieces) == doc.value.replace("\n", "")
        assert all(doc.value[a:b] == unit.key[s:e] for a, b, s, e in doc.pieces)


# ---------------------------------------------------------------- modules


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import 'm'", ["import None of 'm' as "]),
        ("import a, {b, c as d, type E} from 'node:fs'",
         ["import default of 'fs' as a", "import b of 'fs' as b", "import c of 'fs' as d",
          "type import E of 'fs' as E"]),
        ("import * as a from './m.js'", ["import * of './m.js' as a"]),
        ("import type {A} from 'm'", ["type import A of 'm' as A"]),
        ("import a = require('m')", ["import * of 'm' as a"]),
        ("const a = require('m')", ["import * of 'm' as a"]),
        ("const {a, b: c = 1} = require('m')", ["import a of 'm' as a", "import b of 'm' as c"]),
        ("const a = require('m').b", ["import b of 'm' as a"]),
        ("const a_1 = __importStar(require('m'))", ["import * of 'm' as a_1"]),
        ("var a_1 = __importDefault(require('m'))", ["import * of 'm' as a_1"]),
        ("var import_a = __toESM(require('m'), 1)", ["import * of 'm' as import_a"]),
        ("const {a} = await import('m')", ["import a of 'm' as a"]),
        ("export {a as b, type C} from 'm'", ["export a as b of 'm'"]),
        ("export * from 'm'; export * as n from 'm'", ["export * as * of 'm'", "export * as n of 'm'"]),
        ("export const a = 1, {b} = c", ["const a = 1", "const {'b': b} = c", "export a as a, b as b"]),
        ("export function f() {}", ["def f() {}", "export f as f"]),
        ("export default function f() {}", ["def f() {}", "export f as default"]),
        ("export default async () => 1", ["export default as default = async def () {return 1;}"]),
        ("export default a", ["export a as default"]),
        ("export = a", ["export a as default"]),
        ("exports.a = exports.b = void 0", []),
        ("exports.a = a; exports.b = () => 1", ["export a as a", "b = def () {return 1;}", "export b as b"]),
        ("module.exports = {a, b: c}",
         ["export default as default = {'a': a, 'b': c}", "export a as a, c as b"]),
        ("module.exports = a", ["export a as default"]),
        ("module.exports.a = 1", ["a = 1", "export a as a"]),
        ("__exportStar(require('m'), exports)", ["export * as * of 'm'"]),
        ("Object.defineProperty(exports, 'a', {enumerable: true, get: function () { return m_1.a; }})",
         ["a = m_1.a", "export a as a"]),
    ],
)  # fmt: skip
def test_modules(source: str, expected: list[str]) -> None:
    check(source, *expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import {exec as e} from 'node:child_process'; e", "child_process.exec"),
        ("import * as cp from 'child_process'; cp.exec", "child_process.exec"),
        ("import cp from 'child_process'; cp.exec", "child_process.exec"),
        ("const {promisify} = require('util'); const run = promisify(require('child_process').exec); run",
         "child_process.exec"),
        ("const child_process_1 = require('child_process'); (0, child_process_1.exec)", "child_process.exec"),
        ("var import_fs = __toESM(require('fs')); import_fs.default.readFile", "fs.readFile"),
        ("const fs_1 = __importDefault(require('fs')); fs_1.default.promises.readFile", "fs.promises.readFile"),
        ("import {promises as fs} from 'fs'; fs.readFile", "fs.promises.readFile"),
        ("const {exec} = await import('node:child_process'); exec", "child_process.exec"),
        ("exports.run = run; function run() {} exports.run", "run"),
    ],
)  # fmt: skip
def test_names_resolve(source: str, expected: str) -> None:
    found = read(source)
    last = found.units[-1].statements[-1]
    assert isinstance(last, c.Do)
    assert Scope(found).dotted(last.value) == expected


def test_a_compiled_async_function_has_its_real_body() -> None:
    check(
        """
        function f(a) {
            return __awaiter(this, void 0, void 0, function* () {
                const b = yield g(a);
                return b;
            });
        }
        """,
        "async def f(a) {const b = await g(a); return b;}",
        language="javascript",
    )


def test_jsx_keeps_the_expressions_in_it() -> None:
    check("const a = <A b={c()} d='e'>{f()}<G /></A>", "const a = <jsx c() 'e' f()>", language="tsx")


# ---------------------------------------------------------------- around errors


def test_what_stands_around_an_error_is_still_read() -> None:
    for source in (
        "server.tool('a', async (x) => { run(x",
        "f(g(",
        "const a = {b: c(",
        "if (a { b()",
        "class A { m() { n(",
    ):
        calls = [x for s in statements(source) for x in every([s]) if isinstance(x, (c.Call, c.Name))]
        assert calls, source


EXAMPLE = """\
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
/** é😀 A class. */
export default class Foo<T> extends Bar { #x?: string = `a${b}\\u{1F600}`; @D() m({a, ...r}: T = {}) { yield; } }
const server = new McpServer({ name: "x", version: '1' });
server.registerTool("a\\tb", { inputSchema: { p: z.string().describe("d") } }, async ({ p }) => {
  switch (p) { case 'q': for (let i = 0; i < 1; i++) { continue } default: try { throw p } catch { } }
  return { content: [{ type: "text", text: `${p}` }] } as const;
});
enum E { A = 1, B } export { E as F }; x = y = z ?? (a, b); exports.q = 1; if (a) b; else if (c) d
"""


@pytest.mark.parametrize("language", ["typescript", "tsx", "javascript"])
@pytest.mark.slow
def test_every_prefix_is_read_and_places_are_exact(language: str) -> None:
    for end in range(len(EXAMPLE) + 1):
        found = read(EXAMPLE[:end], language)
        for unit in found.units:
            exact(unit)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000,
        "[" * 10_000,
        "{" * 10_000,
        "a(" * 5_000 + ")" * 5_000,
        "a.b()" + ".c()" * 5_000,
        "x = " + " + ".join(["'a'"] * 5_000),
        "x = " + " && ".join(["a"] * 5_000),
        "if (a) {}" + " else if (b) {}" * 2_000,
        "x = " + "a ? b : " * 2_000 + "c",
        "x = y" * 3_000,
        "x = " * 2_000 + "1",
        "x += (" * 500 + "1",
        "function f() {" * 1_000 + "}" * 1_000,
        "let a: " + "A<" * 2_000 + ">" * 2_000,
        "let a: " + " | ".join(["'b'"] * 2_000),
        "<A>" * 2_000,
        "`${" * 2_000,
        "!" * 5_000 + "a",
    ],
)
@pytest.mark.parametrize("language", ["tsx", "javascript"])
def test_depth_is_bounded(source: str, language: str) -> None:
    for statement in statements(source, language):
        for _ in every([statement]):
            pass


def exact(unit: c.Unit) -> None:
    text = unit.key
    for x in every(unit.statements, within=True):
        if isinstance(x, (c.Unit,)):
            exact(x)
            continue
        if not hasattr(x, "start"):
            continue
        assert 0 <= x.start <= x.end <= len(text)  # type: ignore[attr-defined]
        if isinstance(x, c.Name) and x.id not in ("self", "property", "setter", "Array"):
            assert x.id in text[x.start : x.end]
        if isinstance(x, c.Attr):
            assert text.startswith(x.name, x.name_start)
        if isinstance(x, c.Str):
            for a, b, s, e in x.pieces:
                assert x.start <= s <= e <= x.end
                assert b - a != e - s or x.value[a:b] == text[s:e] or b - a == 1


def every(x: object, within: bool = False) -> Iterator[object]:
    """Everything inside, nested units opened (or given as they are: ``within``)."""
    pending: list[object] = [x]
    while pending:
        x = pending.pop()
        if isinstance(x, (list, tuple)):
            pending += x
        elif isinstance(x, c.Unit):
            yield x
            if not within:
                pending += x.statements
        elif dataclasses.is_dataclass(x):
            yield x
            skip = () if isinstance(x, c.Nested) else ("unit",)
            pending += [
                getattr(x, f.name) for f in dataclasses.fields(x) if f.name not in ("parent", "cls", *skip)
                or (f.name == "cls" and not isinstance(x, c.Function))
            ]  # fmt: skip
