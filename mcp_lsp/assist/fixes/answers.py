"""Fixes of what a handler answers: a failure told as one. And of literals that belong into the environment."""

from __future__ import annotations

import re

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call, Dict
from mcp_lsp_analyzers.fix import FromEnvironment, RaiseToolError

from . import brackets
from .calls import edit_call
from .draft import Draft
from .imports import Imports
from .literals import Hole, Part, quoted, written
from .locate import Site, Source
from .sdks import family, low_level, major, tool_error


def raise_tool_error(recipe: RaiseToolError, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.answer)
    answer = (site.node(code.Return) or site.around(code.Return)) if site else None
    if site is None or answer is None or answer.value is None:
        return False
    value = source.at(recipe.value)
    if not source.python:
        return _script(site, answer, draft, imports)
    if _returned(site, answer):
        return False
    result = answer.value if isinstance(answer.value, Call) else None
    if result is not None and (source.scope.dotted(result.callee) or "").endswith("CallToolResult"):
        return edit_call(site, result, draft, keywords={"is_error" if major(source) == 2 else "isError": "True"})
    if low_level(source, site):
        if major(source) == 2:
            return False  # an exception becomes a protocol error there, which the model never sees
        error: str | None = "ValueError"
    else:
        error = tool_error(source, site, imports)
    if error is None:
        return False
    said = _said(site, answer.value, value, imports)
    if said is None or _swallowed(site, answer):
        return False
    caught = site.around(code.Catch, of=answer)
    cause = ""
    if caught is not None and isinstance(caught.target, code.Name) and site.functions[:1] == _functions(site, caught):
        cause = f" from {caught.target.id}"
    draft.replace(answer.start + site.base, answer.end + site.base, f"raise {error}({said}){cause}")
    return True


def _returned(site: Site, answer: code.Return) -> bool:
    """Whether the return is not written as one (the body of a lambda)."""
    return not site.source.text.startswith("return", answer.start + site.base)


_ALL = ("Exception", "BaseException")


def _swallowed(site: Site, answer: code.Return) -> bool:
    """Whether an exception raised in its place is caught by the function itself, which makes an answer of it again."""
    inner: object = answer
    for node in reversed(site.path[: site.path.index(answer)]):
        if isinstance(node, code.Function):
            break
        if isinstance(node, code.Try) and inner in node.body:
            for caught in node.catches:
                kinds = caught.types.items if isinstance(caught.types, code.Items) else [caught.types]
                every = any(kind is None or code.last_name(kind) in _ALL for kind in kinds)
                if every and not any(isinstance(n, code.Raise) for n in caught.body):
                    return True
        inner = node
    return False


def _functions(site: Site, node: object) -> list[code.Function]:
    above = site.path[: site.path.index(node)]
    return [n for n in reversed(above) if isinstance(n, code.Function)][:1]


_TELLING = ("error", "message", "detail", "reason")


def _said(site: Site, whole: code.Expr, value: Site | None, imports: Imports) -> str | None:
    """The text of the failure, as an expression; ``None`` where the answer says more than a text can."""
    if isinstance(whole, Call) and (site.source.scope.dotted(whole.callee) or "") == "json.dumps":
        told = _told(whole.positional(0))
        return site.text(whole) if told is None else _as_text(site, told)
    if isinstance(whole, Dict):
        told = _told(whole)
        if told is None:
            json = imports.need("json", None, site)
            return None if json is None else f"{json}.dumps({site.text(whole)})"
        return _as_text(site, told)
    if isinstance(whole, code.Items):
        content = whole.items[0] if len(whole.items) == 1 else None
        text = content.keyword("text") if isinstance(content, Call) else None
        return None if text is None else site.text(text)  # [TextContent(type="text", text=...)]
    if value is not None and value.path and not isinstance(whole, (code.Str, code.Join)):
        node = value.path[-1]
        if (node.start, node.end) == (value.span.start, value.span.end):
            return _as_text(value, node)
    return _as_text(site, whole)


def _told(answer: code.Expr | None) -> code.Expr | None:
    """What an object that is about a failure says of it, where nothing else in it says more."""
    if not isinstance(answer, Dict):
        return None
    found = next((text for key in _TELLING if (text := answer.get(key)) is not None), None)
    if not all(pair.value is found or _adds_nothing(pair) for pair in answer.pairs):
        return None
    return _told(found) if isinstance(found, Dict) else None if isinstance(found, code.Const) else found


_KINDS = frozenset({"status", "success", "ok", "type", "code", "error_type", "error_code"})


def _adds_nothing(pair: code.Pair) -> bool:
    """Whether a pair only says again that it failed."""
    key = pair.key.value if isinstance(pair.key, code.Str) else ""
    return isinstance(pair.value, code.Const) or (key in _KINDS and isinstance(pair.value, code.Str))


def _as_text(site: Site, expr: code.Expr) -> str:
    text = site.text(expr)
    return text if isinstance(expr, (code.Str, code.Join)) or _is_str_call(expr) else f"str({text})"


def _is_str_call(expr: object) -> bool:
    return isinstance(expr, Call) and isinstance(expr.callee, code.Name) and expr.callee.id == "str"


def _script(site: Site, answer: code.Return, draft: Draft, imports: Imports) -> bool:
    source = site.source
    result = answer.value
    if isinstance(result, Dict) and result.get("content") is not None:
        flag = result.get("isError")
        if flag is not None:
            draft.replace(flag.start + site.base, flag.end + site.base, "true")
            return True
        spans = [(pair.start + site.base, pair.end + site.base) for pair in result.pairs]
        start, end = result.start + site.base, result.end + site.base
        brackets.append(draft, source.text, start, spans, end - 1, "isError: true")
        _admit_errors(site, draft)
        return True
    written_return = source.text.startswith("return", answer.start + site.base)
    if family(source) == "fastmcp-ts" and written_return and result is not None:
        error = imports.need("fastmcp", "UserError", site)
        if error is None:
            return False
        semicolon = ";" if site.text(answer).endswith(";") else ""
        said = site.text(result)
        if isinstance(result, Dict):
            text = result.get("error") or result.get("message")
            said = f"String({site.text(text)})" if text is not None else f"JSON.stringify({said})"
        draft.replace(answer.start + site.base, answer.end + site.base, f"throw new {error}({said}){semicolon}")
        return True
    return False


def _admit_errors(site: Site, draft: Draft) -> None:
    """Where the function says of what it returns that it is content alone, that may be an error as well."""
    told = site.functions[0].returns if site.functions else None
    told = told.index if isinstance(told, code.Index) else told  # Promise<…>
    if isinstance(told, Dict) and told.get("content") is not None and told.get("isError") is None:
        draft.insert(told.pairs[-1].end + site.base, "; isError?: boolean")


def from_environment(recipe: FromEnvironment, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.literal)
    literal = site.around(code.Str) if site else None
    if site is None or literal is None or literal.bytes or not re.fullmatch(r"[A-Za-z_]\w*", recipe.variable):
        return False
    above = site.path[: site.path.index(literal)]
    parent = above[-1] if above else None
    if isinstance(parent, (code.Case, code.Join, code.Import, code.Do)):
        return False
    if isinstance(parent, code.Pair) and parent.key is literal:
        return False
    text = site.text(literal)
    if source.python:
        os = imports.need("os", None, site)
        if os is None:
            return False
        read = f"{os}.environ[{quoted(source, recipe.variable)}]"
    else:
        # The type of an environment variable admits undefined; the program needs it, as it needed the literal.
        read = f"process.env.{recipe.variable}"
        if source.document.language in ("typescript", "tsx"):
            read += "!"
    start, end = literal.start + site.base, literal.end + site.base
    inner = (site.start, site.end)
    opening = re.match(r"[A-Za-z]*(\"\"\"|'''|\"|'|`)", text)
    quote = opening.end() if opening else 0
    if inner in ((start, end), (start + quote, end - (len(opening.group(1)) if opening else 0))):
        draft.replace(start, end, read)
        return True
    if not opening or not literal.pieces:
        return False
    around = _around(site, literal)
    if around is None:
        return False
    before, after = around
    rest: list[Part] = [part for part in (before, Hole(read), after) if part != ""]
    draft.replace(start, end, written(source, rest))
    return True


def _around(site: Site, literal: code.Str) -> tuple[str, str] | None:
    """What stands in a literal in front of and behind the place; ``None`` where a boundary is not exact."""
    start = end = None
    for first, last, begin, finish in literal.pieces:
        if finish - begin != last - first:
            continue
        if begin <= site.span.start <= finish and start is None:
            start = first + site.span.start - begin
        if begin <= site.span.end <= finish:
            end = first + site.span.end - begin
    return None if start is None or end is None else (literal.value[:start], literal.value[end:])
