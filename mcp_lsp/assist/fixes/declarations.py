"""Fixes of what a tool says about itself: hints on its registration, descriptions of its parameters."""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call, Dict
from mcp_lsp_analyzers.fix import Annotate, Describe
from mcp_lsp_analyzers.pattern import pattern

from . import brackets
from .draft import Draft
from .imports import Imports
from .literals import quoted
from .locate import Site, Source, walk
from .sdks import family, major

_REGISTERS = pattern(r"(?i)(^|_)tools?$|^add_?tool$|^from_function$|^register_?tool$|^define_?(page_?)?tool$")
_SNAKE = pattern(r"(?<=[a-z])(?=[A-Z])")


def annotate(recipe: Annotate, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.declared)
    if site is None:
        return False
    if not source.python:
        return _annotate_script(recipe, site, draft)
    found = _registration(site)
    if found is None:
        return False
    given = found.keyword("annotations") if isinstance(found, Call) else None
    if given is not None:
        return _more_hints(recipe, site, given, draft)
    value = _hints(recipe, site, imports)
    if value is None:
        return False
    if not isinstance(found, Call):  # ``@mcp.tool`` without a call, which fastmcp allows
        draft.insert(found.end + site.base, f"(annotations={value})")
        return True
    from .calls import edit_call

    return edit_call(site, found, draft, keywords={"annotations": value})


def _registration(site: Site) -> Any:
    """The decorator or call that registers the tool."""
    define = site.node(code.Define, code.Function, exact=False)
    function = define.function if isinstance(define, code.Define) else define
    call = site.node(Call)
    if call is None and function is None:
        call = site.node(Call, exact=False)
    if call is not None:
        while isinstance(call.callee, Call):  # mcp.tool(name="x")(function)
            call = call.callee
        # What makes several tools knows nothing of the hints of one.
        return None if code.last_name(call.callee).lower().endswith("tools") else call
    for decorator in function.decorators if function is not None else ():
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        name = code.last_name(callee)
        if isinstance(callee, code.Name) and not _of_an_sdk(site.source, callee.id):
            continue  # what a project's own decorator takes is not known
        if _REGISTERS.search(name):
            return decorator
        if isinstance(decorator, Call) and decorator.keyword("annotations") is not None:
            return decorator
    return None


def _of_an_sdk(source: Source, name: str) -> bool:
    """Whether a name that stands alone is a method of a server (``tool = mcp.tool``), or comes from an SDK."""
    binding = source.module.binding(name)
    if binding is None:
        return False
    if binding.imported is not None:
        return binding.imported.module.split(".")[0] in ("mcp", "fastmcp")
    return isinstance(binding.value, code.Attr)


def _hints(recipe: Annotate, site: Site, imports: Imports) -> str | None:
    there = site.source.module.binding("ToolAnnotations")
    used = there is not None and there.imported is not None
    if family(site.source) == "fastmcp" and not used:
        # fastmcp takes a dictionary in every version, and its own spelling changed with its fourth.
        return "{" + ", ".join(f"{quoted(site.source, name)}: {value}" for name, value in recipe.hints) + "}"
    cls = "ToolAnnotations" if used else imports.need("mcp.types", "ToolAnnotations", site)
    if cls is None:
        return None
    snake = "destructive_hint=" in site.source.text or "read_only_hint=" in site.source.text
    snake = snake or (major(site.source) == 2 and family(site.source) == "mcp")
    return f"{cls}({', '.join(f'{_spelt(name, snake)}={value}' for name, value in recipe.hints)})"


def _spelt(name: str, snake: bool) -> str:
    return _SNAKE.sub("_", name).lower() if snake else name


def _more_hints(recipe: Annotate, site: Site, given: code.Expr, draft: Draft) -> bool:
    from mcp_lsp.syntax import rewrite  # loads libcst

    text = site.text(given)
    new = None
    if isinstance(given, Dict):
        new = rewrite.edited_dict(text, {name: str(value) for name, value in recipe.hints})
    elif isinstance(given, Call):
        names = {arg.name for arg in given.args if arg.name}
        snake = any("_" in name for name in names) or (not names and major(site.source) == 2)
        keywords = {}
        for name, value in recipe.hints:
            other = _spelt(name, not snake)
            keywords[other if other in names else _spelt(name, snake)] = str(value)
        new = rewrite.edited_call(text, keywords=keywords)
    if new is None:
        return False
    draft.replace(given.start + site.base, given.end + site.base, new)
    return True


def _annotate_script(recipe: Annotate, site: Site, draft: Draft) -> bool:
    hints = [(name, "true" if value else "false") for name, value in recipe.hints]
    found = site.node(Call, Dict) or site.node(Call, Dict, exact=False)
    if isinstance(found, Dict):
        return _set_hints(site, found, hints, draft)
    if not isinstance(found, Call):
        return False
    name = found.callee.name if isinstance(found.callee, code.Attr) else ""
    objects = [arg.value for arg in found.args if isinstance(arg.value, Dict)]
    if name == "tool" and found.positional(0) is not None and not isinstance(found.positional(0), Dict):
        for one in reversed(objects):
            keys = {pair.key.value for pair in one.pairs if isinstance(pair.key, code.Str)}
            if keys and all(key.endswith("Hint") or key == "title" for key in keys):
                return _set_pairs(site, one, hints, draft)
        last = found.args[-1] if len(found.args) > 1 else None
        if last is None or last.spread:
            return False
        written = "{ " + ", ".join(f"{key}: {value}" for key, value in hints) + " }"
        brackets.before(draft, site.source.text, (last.start + site.base, last.end + site.base), written)
        return True
    config = next((o for o in objects if _is_config(o) or (name == "registerTool" and not o.pairs)), None)
    return config is not None and _set_hints(site, config, hints, draft)


_CONFIG = frozenset({"inputSchema", "outputSchema", "parameters", "annotations", "handler", "execute", "_meta"})


def _is_config(given: Dict) -> bool:
    """Whether an object says what a tool is. What a project's own function takes may be the shape of the arguments."""
    for pair in given.pairs:
        key = pair.key.value if isinstance(pair.key, code.Str) else ""
        if key in _CONFIG or (key in ("description", "title") and not isinstance(pair.value, Call)):
            return True
    return False


def _set_hints(site: Site, config: Dict, hints: list[tuple[str, str]], draft: Draft) -> bool:
    given = config.get("annotations")
    if given is None:
        written = "annotations: { " + ", ".join(f"{key}: {value}" for key, value in hints) + " }"
        _append_pair(site, config, written, draft, behind=("description", "title", "name"))
        return True
    return isinstance(given, Dict) and _set_pairs(site, given, hints, draft)


def _set_pairs(site: Site, given: Dict, hints: list[tuple[str, str]], draft: Draft) -> bool:
    fresh = []
    for key, value in hints:
        there = given.get(key)
        if there is None:
            fresh.append(f"{key}: {value}")
        else:
            draft.replace(there.start + site.base, there.end + site.base, value)
    if fresh:
        _append_pair(site, given, ", ".join(fresh), draft)
    return True


def _append_pair(site: Site, given: Dict, written: str, draft: Draft, behind: tuple[str, ...] = ()) -> None:
    """Put a pair behind one of these keys, or at the end."""
    spans = [(pair.start + site.base, pair.end + site.base) for pair in given.pairs]
    keys = [pair.key.value if isinstance(pair.key, code.Str) else "" for pair in given.pairs]
    at = next((keys.index(name) + 1 for name in behind if name in keys), len(keys))
    if at < len(keys):
        brackets.before(draft, site.source.text, spans[at], written)
        return
    brackets.append(draft, site.source.text, given.start + site.base, spans, given.end + site.base - 1, written)


# ---------------------------------------------------------------- descriptions


def describe(recipe: Describe, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.parameter) or source.at(recipe.declared)
    if site is None:
        return False
    pair = _pair(site, recipe.name)
    if pair is not None:
        return _describe_pair(site, pair, recipe.text, draft)
    if not source.python:
        return False
    param = site.around(code.Param) or _param(source, recipe)
    if param is not None:
        return _describe_python(site, param.annotation, param.default, param.target, recipe, draft, imports)
    field = site.around(code.Assign)
    if field is not None and isinstance(field.target, code.Name) and field.annotation is not None:
        return _describe_python(site, field.annotation, field.value, field.target, recipe, draft, imports)
    return False


def _pair(site: Site, name: str) -> code.Pair | None:
    for node in reversed(site.path):
        if isinstance(node, code.Pair) and isinstance(node.key, code.Str) and node.key.value == name:
            return node
    return None


def _param(source: Source, recipe: Describe) -> code.Param | None:
    site = source.at(recipe.declared)
    function = site.node(code.Define, exact=False) if site else None
    if function is None:
        return None
    return next((p for p in function.function.params if p.name == recipe.name), None)


def _describe_pair(site: Site, pair: code.Pair, text: str, draft: Draft) -> bool:
    """A property of a JSON Schema, or of a zod object."""
    value = pair.value
    written = quoted(site.source, text)
    if isinstance(value, Dict):
        there = value.get("description")
        if there is not None:
            draft.replace(there.start + site.base, there.end + site.base, written)
        elif site.source.python:
            from mcp_lsp.syntax import rewrite  # loads libcst

            new = rewrite.edited_dict(site.text(value), {"description": written})
            if new is None:
                return False
            draft.replace(value.start + site.base, value.end + site.base, new)
        else:
            _append_pair(site, value, f"description: {written}", draft, behind=("type",))
        return True
    if site.source.python or not isinstance(value, (Call, code.Name, code.Attr)):
        return False
    if isinstance(pair.key, code.Str) and (pair.key.start, pair.key.end) == (value.start, value.end):
        draft.insert(value.end + site.base, f": {pair.key.value}.describe({written})")  # a shorthand ``{ host }``
        return True
    described = next((n for n in walk(value) if _describes(n)), None)
    if described is not None and described.args:
        first = described.args[0].value
        draft.replace(first.start + site.base, first.end + site.base, written)
    else:
        draft.insert(value.end + site.base, f".describe({written})")
    return True


def _describes(node: object) -> bool:
    return isinstance(node, Call) and isinstance(node.callee, code.Attr) and node.callee.name == "describe"


def _describe_python(
    site: Site,
    annotation: code.Expr | None,
    default: code.Expr | None,
    target: code.Expr,
    recipe: Describe,
    draft: Draft,
    imports: Imports,
) -> bool:
    from mcp_lsp.syntax import rewrite  # loads libcst

    written = quoted(site.source, recipe.text)
    for given in (default, *_metadata(annotation)):
        if isinstance(given, Call) and (site.source.scope.dotted(given.callee) or "").endswith(("Field", "Query")):
            new = rewrite.edited_call(site.text(given), keywords={"description": written})
            if new is None:
                return False
            draft.replace(given.start + site.base, given.end + site.base, new)
            return True
    annotated = imports.need("typing", "Annotated", site)
    field = imports.need("pydantic", "Field", site)
    if annotated is None or field is None:
        return False
    metadata = _metadata(annotation)
    if metadata:
        draft.insert(metadata[-1].end + site.base, f", {field}(description={written})")
        return True
    if annotation is not None:
        draft.insert(annotation.start + site.base, f"{annotated}[")
        draft.insert(annotation.end + site.base, f", {field}(description={written})]")
        return True
    # Without an annotation the SDKs say "string", whatever the default is.
    kind = "str"
    if isinstance(default, code.Const):
        kind = type(default.value).__name__
    elif default is not None and not isinstance(default, code.Str):
        return False
    if kind not in ("str", "int", "float", "bool"):
        return False
    new = f": {annotated}[{kind}, {field}(description={written})]"
    end = target.end + site.base
    if default is None:
        draft.insert(end, new)
    else:
        draft.replace(end, default.start + site.base, f"{new} = ")
    return True


def _metadata(annotation: code.Expr | None) -> list[code.Expr]:
    """What stands behind the type in ``Annotated[type, …]``."""
    if not isinstance(annotation, code.Index):
        return []
    base = annotation.value
    name = code.last_name(base)
    if name != "Annotated" or not isinstance(annotation.index, code.Items):
        return []
    return annotation.index.items[1:]
