"""Tools, prompts and resources out of what was registered: names, texts, parameters, hints, with exact places."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Arg, Attr, Binary, Call, Const, Dict, Expr, Function, Index, Join, Name, Return, Str
from mcp_lsp_analyzers.model import Annotations, Hint, Parameter, Prompt, Resource, Sdk, Tool
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span, Text
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.scope import Module

from ..reading import escaped
from . import docstrings, types
from .cutting import cleaned
from .given import Given
from .known import Known
from .members import Where, called_with
from .schema import parameters as written_out
from .scopes import Env
from .sdk import INJECTED, last
from .values import constant, function_of, resolve, text

HINTS = {
    "title": "title",
    "readOnlyHint": "readOnlyHint", "destructiveHint": "destructiveHint", "idempotentHint": "idempotentHint",
    "openWorldHint": "openWorldHint", "read_only_hint": "readOnlyHint", "destructive_hint": "destructiveHint",
    "idempotent_hint": "idempotentHint", "open_world_hint": "openWorldHint",
}  # fmt: skip


def tool(what: Given, known: Known | None, label: str, at: Place, declared: Place, sdk: Sdk, bound: bool) -> Tool:
    """``known``: the function, where it is in this file; ``label``: its name; ``at``: the place of that name;
    ``bound``: whether it is reached through an instance, so that ``self`` is filled in."""
    position = None if known is not None and not what.positional else 0
    name, place, complete = _name(what, label, at, "tools", position)
    pointer = f"/tools/{escaped(name)}"
    place, declared = pointed(place, pointer), pointed(declared, pointer)
    mcp = sdk.family != "fastmcp"
    title = what.text("title", f"{pointer}/title", "tool title", 1 if mcp else None)
    said = what.text("description", f"{pointer}/description", "tool description", 2 if mcp else None)
    function = known.function if known is not None else None
    described: dict[str, Text] = {}
    if known is not None and function is not None:
        documented, described = _documentation(known, f"{pointer}/description", "tool description", sdk)
        if said is None:
            said = documented
        elif sdk.major == 2:
            described = {}
    below = f"{pointer}/inputSchema/properties/"
    excluded = _strings(what.get("exclude_args"))
    parameters, arguments = _parameters(known, below, described, sdk, bound, excluded)
    hints = what.get("annotations", 3 if mcp else None)
    return Tool(
        name,
        place,
        declared,
        title,
        said,
        parameters,
        function is not None and not (known is not None and known.wrapped),
        hints_of(hints, f"{pointer}/annotations", sdk) if hints is not None else None,
        _has_output(what, function, known),
        function,
        arguments,
        (),
        complete,
        home_of(known, at.uri),
        what.by,
        what.registered(at.uri),
    )


def by_schema(item: Tool, what: Given) -> Tool:
    """A tool for which the project wrote out a schema: the function takes all that it says as one."""
    schema = next((at for word in _SCHEMAS if (at := what.get(word))), None)
    if schema is None:
        return item
    found = written_out(schema, f"{item.place.pointer}/inputSchema")
    names = [name for name, _ in item.arguments]
    whole = [name for name in names if name in _WHOLE] or names[:1]
    return replace(
        item, parameters=found or (), parameters_known=found is not None, arguments=tuple((name, "*") for name in whole)
    )


_SCHEMAS = ("input_schema", "inputSchema", "args_schema", "input_model", "args_model")
_WHOLE = ("params", "arguments", "args", "input", "inputs", "data", "payload", "parameters", "request")


def prompt(what: Given, known: Known | None, label: str, at: Place, declared: Place, sdk: Sdk, bound: bool) -> Prompt:
    name, place, complete = _name(what, label, at, "prompts", 0)
    name = name if complete or name == label else ""  # half of a name is none that a client sees
    pointer = f"/prompts/{escaped(name)}"
    mcp = sdk.family != "fastmcp"
    title = what.text("title", f"{pointer}/title", "prompt title", 1 if mcp else None)
    said = what.text("description", f"{pointer}/description", "prompt description", 2 if mcp else None)
    described: dict[str, Text] = {}
    if known is not None and known.function is not None:
        documented, described = _documentation(known, f"{pointer}/description", "prompt description", sdk)
        said = said if said is not None else documented
    parameters, arguments = _parameters(known, f"{pointer}/arguments/", described, sdk, bound, ())
    function = known.function if known is not None else None
    return Prompt(
        name, pointed(place, pointer), pointed(declared, pointer), title, said, parameters, function, arguments,
        home_of(known, at.uri), what.by, what.registered(at.uri),
    )  # fmt: skip


_VARIABLE = pattern(r"\{[+#./;?&]?([^{}]*)\}")


def resource(
    what: Given, known: Known | None, label: str, at: Place, declared: Place, sdk: Sdk, bound: bool
) -> Resource | None:
    """``None`` without a URI."""
    where = what.get("uri", 0) or what.get("uri_template") or what.get("uriTemplate")
    if where is None:
        return None
    name = label
    named = what.text("name", "", "")
    if named is not None and named.value:
        name = named.value
    uri = text(where[0], where[1], "", "resource uri")
    if uri is None or not uri.value:
        return None
    name = name or uri.value
    pointer = f"/resources/{escaped(name)}"
    uri = text(where[0], where[1], f"{pointer}/uri", "resource uri") or uri
    title = what.text("title", f"{pointer}/title", "resource title")
    said = what.text("description", f"{pointer}/description", "resource description")
    described: dict[str, Text] = {}
    if known is not None and known.function is not None:
        documented, described = _documentation(known, f"{pointer}/description", "resource description", sdk)
        said = said if said is not None else documented
    found, arguments = _parameters(known, f"{pointer}/parameters/", described, sdk, bound, ())
    variables = [part.strip().rstrip("*") for group in _VARIABLE.findall(uri.value) for part in group.split(",")]
    by_name = {parameter.name: parameter for parameter in found}
    parameters = []
    for variable in variables:
        parameter = by_name.get(variable)
        if parameter is None:
            parameter = Parameter(variable, pointed(uri.place, f"{pointer}/parameters/{escaped(variable)}"))
        parameters.append(parameter)
    return Resource(
        name,
        uri,
        pointed(at, pointer),
        pointed(declared, pointer),
        title,
        said,
        tuple(parameters),
        known.function if known is not None else None,
        arguments,
        home_of(known, at.uri),
        what.by,
        what.registered(at.uri),
    )


def pointed(place: Place, pointer: str) -> Place:
    return Place(place.uri, pointer, place.local, place.anchor)


def _name(what: Given, label: str, at: Place, kind: str, position: int | None) -> tuple[str, Place, bool]:
    where = what.get("name", position)
    if where is None and "name_or_fn" in what.named:
        where = what.named["name_or_fn"]
    said = None if where is None else text(where[0], where[1], f"/{kind}", "tool name")
    if said is None or where is None:
        return label, at, bool(label) and what.complete
    # A name that stands elsewhere (a constant, a member of an enumeration) is shown where the tool is.
    place = said.place if isinstance(where[0], (Str, Join, Binary)) else where[1].place("", where[0])
    return said.value or label, place, said.complete


def home_of(known: Known | None, uri: str) -> Module | None:
    """The file of a function, where it is not the one at ``uri``."""
    if known is None or known.function is None or known.env.file.uri == uri:
        return None
    return known.env.file.module


def function_place(known: Known) -> Place:
    """The name of a function, or all of it where it has none."""
    function = known.function
    assert function is not None
    start = function.name_start
    end = start + len(function.name) if function.name else function.end
    return Place(known.env.file.uri, "", Span(start, end), function.unit.anchor)


def header(function: Function, uri: str) -> Place:
    """Decorators and header of a function."""
    source = function.unit.key
    end = function.name_start + len(function.name)
    for part in (*function.params, function.returns):
        if part is not None:
            end = max(end, part.end)
    colon = source.find(":", end, function.end)
    return Place(uri, "", Span(function.start, colon + 1 if colon >= 0 else end), function.unit.anchor)


# ---------------------------------------------------------------- documentation and parameters


def _documentation(known: Known, pointer: str, role: str, sdk: Sdk) -> tuple[Text | None, dict[str, Text]]:
    """What the SDK makes of a docstring: the raw text, the cleaned one, or its first part and one per parameter."""
    function = known.function
    doc = None if function is None else function.doc
    if function is None or not isinstance(doc, Str) or doc.bytes:
        return None, {}
    prefix = function.unit.key[doc.start : doc.start + 2].lower()
    if "f" in prefix.partition('"')[0].partition("'")[0]:
        return None, {}  # an f-string is no docstring
    raw = text(doc, known.env.at(function.unit), pointer, role)
    if raw is None or sdk.family != "fastmcp":
        return raw, {}
    clean = cleaned(raw)
    return (clean, {}) if sdk.major == 2 else docstrings.parsed(clean)


def _strings(where: Where | None) -> tuple[str, ...]:
    if where is None:
        return ()
    value, env = resolve(*where)
    items = getattr(value, "items", ())
    return tuple(said for item in items if isinstance(said := constant(item, env), str))


def _parameters(
    known: Known | None, below: str, described: dict[str, Text], sdk: Sdk, bound: bool, excluded: tuple[str, ...]
) -> tuple[tuple[Parameter, ...], tuple[tuple[str, str], ...]]:
    function = known.function if known is not None else None
    if known is None or function is None:
        return (), ()
    env = known.env.at(function.unit)
    params = function.params
    if function.cls is not None and not function.is_static and params and (bound or sdk.family == "fastmcp"):
        params = params[1:]
    found: list[Parameter] = []
    injected = False
    for param in params:
        name = param.name
        if not name or name in excluded or (param.kind in ("*", "**") and sdk.family == "fastmcp"):
            continue
        pointer = below + escaped(name)
        shape = types.read(param.annotation, env, pointer, sdk.family)
        required, default = param.default is None, param.default
        if isinstance(default, Call):
            if last(env.dotted(default.callee) or "") in INJECTED:
                continue
            before = shape.has_default
            types.annotated(default, env, pointer, sdk.family, shape)
            required = not shape.has_default or before
            default = shape.default
        elif default is None and shape.has_default:
            required, default = False, shape.default
        if shape.injected:
            # mcp fills in the first Context only.
            if not (injected and sdk.family == "mcp" and _is_context(param.annotation)):
                injected = True
                continue
        description = shape.description
        if description is None and name in described:
            said = described[name]
            description = Text(
                said.value, pointed(said.place, f"{pointer}/description"), "parameter description", said.pieces
            )
        texts = shape.texts
        said_default = types.default_text(default, env, pointer)
        if said_default is not None:
            texts = [*texts, said_default]
        place = env.place(pointer, param.target)
        found.append(Parameter(name, place, description, shape.type, required, tuple(texts)))
    return tuple(found), tuple((parameter.name, parameter.name) for parameter in found)


def _is_context(annotation: Expr | None) -> bool:
    return annotation is not None and not isinstance(annotation, (Call, Const))


def _has_output(what: Given, function: Function | None, known: Known | None) -> bool:
    for name in ("output_schema", "structured_output"):
        where = what.get(name)
        if where is not None:
            value = constant(*where)
            return not (value is None or value is False)
    if function is None or known is None or function.returns is None:
        return False
    returns = function.returns
    if isinstance(returns, (Name, Attr)):
        name = last(known.env.dotted(returns) or "")
        return name not in ("dict", "Any", "Dict", "CallToolResult", "ToolResult", "Image", "object", "TextContent", "")
    if isinstance(returns, Const):
        return returns.value is None
    if isinstance(returns, Index):
        inner = returns.index
        return not (isinstance(inner, (Name, Attr)) and (known.env.dotted(inner) or "").endswith("Content"))
    return isinstance(returns, Binary)


# ---------------------------------------------------------------- hints


def hints_of(where: Where, pointer: str, sdk: Sdk, depth: int = 0) -> Annotations | None:
    """``ToolAnnotations(...)``, a dictionary, a constant, or what a function of this file returns."""
    expr, env = where
    place = env.place(pointer, expr)
    if isinstance(expr, Name) and _one_of_several(expr, env):
        return Annotations((), place, False)
    value, home = resolve(expr, env)
    if isinstance(value, Const) and value.value is None:
        return None
    if isinstance(value, Dict):
        found, complete = [], True
        for pair in value.pairs:
            if isinstance(pair.key, Str):
                found.append(_hint(pair.key.value, pair.key, pair.value, home, pointer, sdk))
            else:
                complete = False
        return Annotations(tuple(found), place, complete)
    if isinstance(value, Call):
        name = last(home.dotted(value.callee) or "")
        if name.endswith("Annotations") or name in ("dict", "model_validate"):
            return _hints(value.args, home, pointer, place, sdk)
        known = function_of(value.callee, home) if depth < 4 else None
        returned = _returned(known) if known is not None and known.function is not None else None
        if known is not None and returned is not None:
            inner = called_with(known, value, home)
            result = hints_of((returned, inner), pointer, sdk, depth + 1)
            if result is not None:
                return Annotations(result.hints, place, result.complete)
    return Annotations((), place, False)


def _one_of_several(name: Name, env: Env) -> bool:
    """Whether the function around assigns it more than once: ``hints = None``, and under a condition something else."""
    known = env.find(name.id)
    if known is None or known.value is None:
        return False
    before = env.beside(known).find(name.id)
    return before is not None and before.value is not None and before.env.frames == known.env.frames != ()


def _returned(known: Known) -> Expr | None:
    body = known.function.body if known.function is not None else []
    final = body[-1] if body else None
    return final.value if isinstance(final, Return) else None


def _hints(args: list[Arg], env: Env, pointer: str, place: Place, sdk: Sdk) -> Annotations:
    found, complete = [], True
    for arg in args:
        if arg.name is not None:
            found.append(_hint(arg.name, arg, arg.value, env, pointer, sdk))
        elif arg.spread == "**":
            inner = hints_of((arg.value, env), pointer, sdk, 4)
            found += inner.hints if inner is not None else ()
            complete = complete and inner is not None and inner.complete
        else:
            complete = False
    return Annotations(tuple(found), place, complete)


def _hint(name: str, at: Arg | Expr, value: Expr, env: Env, pointer: str, sdk: Sdk) -> Hint:
    # The older SDKs know the spelling of the wire only: another one goes out as it is written.
    old = (sdk.family == "mcp" and sdk.major == 1) or (sdk.family == "fastmcp" and sdk.major in (2, 3))
    wire = name if old else HINTS.get(name, name)
    said = constant(value, env)
    literal = None if said is ... else said
    place = env.place(f"{pointer}/{escaped(wire)}", at)
    return Hint(wire, literal, place)
