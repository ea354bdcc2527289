"""What is carried in something else: statements in web requests, scripts on the input of programs, uploaded files,
names of files in archives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import sinks
from mcp_lsp_analyzers.code import Expr
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.sinks import Api

from . import piped
from .evaluate import EFFECTS
from .taints import Origin, Taint
from .values import Rec, Seq, Value, all_taints

if TYPE_CHECKING:
    from .calls import At

_BODIES = ("json", "data", "content", "body", "params")
_STATEMENTS = frozenset(("query", "sql", "statement", "stmt", "q", "cypher"))


def positions(at: At, apis: tuple[Api, ...]) -> Iterator[tuple[str, str, Value, Expr]]:
    """Dangerous positions of a call, by kind, name of the position, what stands there, and where."""
    if any(api.kind == "url" for api in apis):
        # ``post(url, json={"statementText": sql})``
        given = [at.args.keys[name] for name in _BODIES if name in at.args.keys]
        for value, node in (*given, *at.args.plain[1:3]):
            found = tuple(_inside(value, "", 0))
            if found:
                yield "sql", "body", Value(found), node
    if at.method in _ASKS:
        fields = [at.args.keys[name] for name in _BODIES if name in at.args.keys]
        for value, node in (*fields, *at.args.plain[:2]):
            found = tuple(_graphql(value, 0))
            if found:
                yield "sql", "query", Value(found), node
    yield from piped.positions(at)
    if at.method in ("save", "mv") and at.args.plain and any(_uploaded(taint) for taint in at.base.taints):
        yield "path-write", "0", *at.args.plain[0]


def archived(at: At) -> Value:
    """``archive.infolist()``: whoever made the archive says what the files in it are called."""
    call = at.call
    place = Place(at.f.scope.module.uri, "", Span(call.start, call.end), at.f.unit.anchor)
    origin = Origin(f"{at.method}()", "archive", place)
    return Value((), Seq((), Value((Taint(origin, (), (origin,)),))))


def beside_the_point(taint: Taint, kind: str) -> bool:
    """Whether nothing is wrong with a name out of an archive there: only where files are written does it matter."""
    return isinstance(taint.origin, Origin) and taint.origin.kind == "archive" and kind != "path-write"


EFFECTS["archived"] = archived


def _uploaded(taint: Taint) -> bool:
    """``request.files["notes"].save(path)``, ``req.files.notes.mv(path)``"""
    return isinstance(taint.origin, Origin) and taint.origin.kind == "request" and taint.path[:1] == ("files",)


_ASKS = frozenset(
    ("post", "request", "query", "mutate", "mutation", "execute", "command", "graphql", "rawRequest", "raw_request")
)


def _graphql(value: Value, depth: int) -> Iterator[Taint]:
    """Choices inside of a document of GraphQL: the text itself, or what stands under ``query``."""
    if type(value.shape) is Rec:
        inner = value.shape.fields.get("query")
        if inner is not None and depth < 2:
            yield from _graphql(inner, depth + 1)
    else:
        yield from (t for t in all_taints(value) if t.before and sinks.GRAPHQL.match(t.before))


def _inside(value: Value, name: str, depth: int) -> Iterator[Taint]:
    shape = value.shape
    if type(shape) is Rec:
        if depth < 3:
            for key, inner in shape.fields.items():
                yield from _inside(inner, key, depth + 1)
        return
    if name in _BODIES or depth == 0 or not _STATEMENTS.isdisjoint(words(name)):
        yield from (t for t in all_taints(value) if t.before and sinks.SQL.match(t.before) and _whole(t.before))


def _whole(before: str) -> bool:
    """Whether it is more than a sentence that begins with such a word ("Select the best")."""
    said = set(before.lower().split())
    return not said.isdisjoint(("from", "into", "set", "where", "table", "as", "values"))
