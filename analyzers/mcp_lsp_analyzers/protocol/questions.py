"""Questions to the user with fields that no client can ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import code, inside
from ..code import Class, Dict, Expr, Function, Unit
from ..model import Server
from ..once import once
from ..place import Place, Span
from ..record import NamedTuple
from ..rule import Example, Finding, Related, Severity, rule
from ..scope import Module
from ..walk import sites
from .kept import found, word


class _Question(NamedTuple):
    call: code.Call
    schema: Expr
    unit: Unit
    function: Function | None


@rule(
    "MCP149",
    severity=Severity.ERROR,
    references=("CWE-573",),
    bad='''
    from mcp.server.fastmcp import Context
    from pydantic import BaseModel


    class Address(BaseModel):
        street: str


    class Order(BaseModel):
        name: str
        address: Address
    #            ^^^^^^^ `address` is an object, which mcp 1 takes in no question: `elicit` raises


    @mcp.tool()
    async def order(ctx: Context) -> str:
        """Order something."""
        answer = await ctx.elicit("Where to?", Order)
        return answer.action
    ''',
    good='''
    from mcp.server.fastmcp import Context
    from pydantic import BaseModel


    class Order(BaseModel):
        name: str
        street: str


    @mcp.tool()
    async def order(ctx: Context) -> str:
        """Order something."""
        answer = await ctx.elicit("Where to?", Order)
        return answer.action
    ''',
    typescript=Example(
        bad="""
        server.registerTool("order", { description: "Order something." }, async () => {
          const answer = await server.server.elicitInput({
            message: "Where to?",
            requestedSchema: {
              type: "object",
              properties: { address: { type: "object", properties: { street: { type: "string" } } } },
              //                       ^^^^^^^^^^^^^^ `address` is an object, and clients refuse the question
            },
          });
          return { content: [{ type: "text", text: answer.action }] };
        });
        """,
        good="""
        server.registerTool("order", { description: "Order something." }, async () => {
          const answer = await server.server.elicitInput({
            message: "Where to?",
            requestedSchema: { type: "object", properties: { street: { type: "string" } } },
          });
          return { content: [{ type: "text", text: answer.action }] };
        });
        """,
    ),
)
def question_that_cannot_be_asked(server: Server) -> Iterator[Finding]:
    """A question to the user has fields that no client can ask for.

    A client shows a form with one input for each field: texts, numbers, yes or no, and choices. Objects, and lists of
    anything but choices, have none, and the protocol does not allow them. The Python SDKs raise before anything is
    sent, each with its own idea of what is flat: mcp 1 takes no `Literal` and no enumeration, mcp 2 no enumeration,
    fastmcp no field that may be null. The TypeScript SDK sends the question, and clients refuse it. (Run with mcp
    1.30 and 2.3, fastmcp 2.14, 3.4 and 4.1, and the TypeScript SDK 1.32 and 2.4 with its own client.)

    Ask for flat fields, or ask several times.
    """
    module = server.module
    if module is None or server.sdk.family not in ("mcp", "fastmcp", "typescript-sdk"):
        return
    for _, questions in found(module, _questions):
        for question in questions:
            if isinstance(question.schema, Dict):
                yield from _literal(server, question)
            else:
                yield from _typed(server, module, question)


@once
def _questions(unit: Unit) -> Sequence[_Question]:
    if "elicit" not in unit.key:
        return ()
    every = []
    for site in sites(unit.statements, unit, kinds=(code.Call,)):
        call = site.node
        assert isinstance(call, code.Call)
        named = code.last_name(call.callee)
        if named == "elicit":
            schema = call.positional(1) or call.keyword("schema") or call.keyword("response_type")
        elif named == "elicitInput":
            first = call.positional(0)
            schema = first.get("requestedSchema") if isinstance(first, Dict) else None
        else:
            continue
        if isinstance(schema, (code.Name, Dict)):
            every.append(_Question(call, schema, site.unit, site.function))
    return every


def _place(server: Server, unit: Unit, node: Expr | Span) -> Place:
    return unit.place(server.uri, server.place.pointer, node)


# ---------------------------------------------------------------- classes


def _typed(server: Server, module: Module, question: _Question) -> Iterator[Finding]:
    assert isinstance(question.schema, code.Name)
    cls = _class(question.schema.id, module, question.function)
    if cls is None or not _is_model(cls, module):
        return
    for statement, nested in code.flat(cls.body):
        if not isinstance(statement, code.Assign) or statement.annotation is None:
            continue
        if _schema_given(statement) and (server.sdk.family, server.sdk.major) != ("mcp", 1):
            continue
        field = code.last_name(statement.target)
        what = _refused(statement.annotation, server, module, question.function)
        if what:
            said = f"`{field}` is {what}, which {server.sdk} takes in no question: `elicit` raises"
            asked = Related(_place(server, question.unit, question.call.callee), "it is asked for here")
            place = _place(server, nested or cls.unit, statement.annotation)
            yield Finding(place, said, related=(asked,), detail=field)


def _schema_given(field: code.Assign) -> bool:
    """Whether a field says itself what is listed of it. mcp 1 looks at its annotation alone, others at the schema."""
    annotation = field.annotation
    more = [annotation.index] if isinstance(annotation, code.Index) else []
    more = [item for each in more if isinstance(each, code.Items) for item in each.items]
    return any(
        isinstance(each, code.Call)
        and (code.last_name(each.callee) == "WithJsonSchema" or each.keyword("json_schema_extra") is not None)
        for each in (field.value, *more)
    )


def _class(name: str, module: Module, function: Function | None) -> Class | None:
    for local in inside.meaning(name, function):
        return local.node if isinstance(local.node, Class) else None
    binding = module.binding(name)
    return binding.cls if binding is not None else None


def _is_model(cls: Class, module: Module) -> bool:
    named = {word(module, base) for base in cls.bases}
    decorators = {word(module, d.callee if isinstance(d, code.Call) else d) for d in cls.decorators}
    return "BaseModel" in named or "TypedDict" in named or "dataclass" in decorators


def _is_enumeration(cls: Class, module: Module) -> bool:
    return not {word(module, base) for base in cls.bases}.isdisjoint(("Enum", "StrEnum", "IntEnum"))


_TEXTS_AND_SUCH = frozenset(("str", "int", "float", "bool"))
_LISTS = frozenset(("list", "List", "Sequence"))
_MAPPINGS = frozenset(("dict", "Dict", "Mapping"))


def _refused(annotation: Expr, server: Server, module: Module, function: Function | None) -> str:
    """What a field is that the SDK of a server takes in no question; "" where it does, or that is not known."""
    family, major = server.sdk.family, server.sdk.major
    official = family == "mcp"

    def of(expr: Expr) -> str:
        return _refused(expr, server, module, function)

    if isinstance(annotation, (code.Name, code.Attr)):
        named = word(module, annotation)
        if named in _MAPPINGS:
            return "an object"
        if named == "Any":
            return "anything"
        cls = _class(annotation.id, module, function) if isinstance(annotation, code.Name) else None
        if cls is None:
            return ""
        return (
            "an object"
            if _is_model(cls, module)
            else "an enumeration"
            if official and _is_enumeration(cls, module)
            else ""
        )
    if isinstance(annotation, code.Binary) and annotation.op == "|":
        parts = list(_union(annotation))
        null = [part for part in parts if isinstance(part, code.Const) and part.value is None]
        others = [part for part in parts if part not in null]
        if null and family == "fastmcp":
            return "a value that may be null"
        return next((what for part in others if (what := of(part))), "")
    if not isinstance(annotation, code.Index):
        return ""
    named, inner = word(module, annotation.value), annotation.index
    first = inner.items[0] if isinstance(inner, code.Items) and inner.items else inner
    if named == "Annotated":
        return of(first)
    if named == "Optional":
        return "a value that may be null" if family == "fastmcp" else of(inner)
    if named in _MAPPINGS:
        return "an object"
    if named in ("tuple", "Tuple"):
        return "a list"
    if named == "Literal":
        return "a choice (`Literal`)" if official and major == 1 else ""
    if named in _LISTS:
        return _refused_list(inner, of(inner), official, major)
    return ""


def _refused_list(item: Expr, refused: str, official: bool, major: int | None) -> str:
    word = code.last_name(item)
    if word == "str":
        return "" if official and major in (1, None) else "a list of texts"
    return "a list" if refused or word in _TEXTS_AND_SUCH else ""


def _union(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, code.Binary) and expr.op == "|":
        yield from _union(expr.left)
        yield from _union(expr.right)
    else:
        yield expr


# ---------------------------------------------------------------- JSON Schema

_FORMATS = frozenset(("email", "uri", "date", "date-time"))
_CHOICES = ("enum", "oneOf", "anyOf")


def _literal(server: Server, question: _Question) -> Iterator[Finding]:
    assert isinstance(question.schema, Dict)
    properties = question.schema.get("properties")
    for pair in properties.pairs if isinstance(properties, Dict) else ():
        if not isinstance(pair.key, code.Str) or not isinstance(pair.value, Dict):
            continue
        at, what = _refused_property(pair.value)
        if at is not None:
            said = f"`{pair.key.value[:40]}` is {what}, and clients refuse the question"
            place = _place(server, question.unit, at)
            yield Finding(place, said, detail=pair.key.value, severity=Severity.WARNING)


def _refused_property(schema: Dict) -> tuple[Span | None, str]:
    kind, items, form = schema.get("type"), schema.get("items"), schema.get("format")
    if isinstance(kind, code.Items):
        return Span(kind.start, kind.end), "one of several types"
    if not isinstance(kind, code.Str):
        return None, ""
    at = next((Span(p.key.start, p.value.end) for p in schema.pairs if p.key is not None and p.value is kind), None)
    if kind.value == "object":
        return at, "an object"
    if kind.value == "array":
        choices = isinstance(items, Dict) and any(items.get(word) is not None for word in _CHOICES)
        known = items is None or isinstance(items, Dict)
        return (at, "a list of what is no choice") if known and not choices else (None, "")
    if kind.value == "string" and isinstance(form, code.Str) and form.value not in _FORMATS:
        return Span(form.start, form.end), f"a text of a format that no question has (`{form.value[:20]}`)"
    return None, ""
