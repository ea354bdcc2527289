"""Annotations of prompts that are texts (``from __future__ import annotations``, or quoted): which of them fastmcp
understands.

It hands the text to pydantic, which looks names up where it was asked from: first in ``fastmcp.utilities.types``, and
when something is not there, all of them once more in the file of its prompts. A name that means nothing there leaves
the argument without a note on its type, whatever the author's own file imports. (2.14.7, 3.4.10 and 4.1.6: read and
run.)
"""

from __future__ import annotations

from mcp_lsp.read.python.scopes import Env
from mcp_lsp.read.python.types import forward
from mcp_lsp_analyzers.code import Attr, Binary, Call, Expr, Index, Items, Name, Str
from mcp_lsp_analyzers.definition import Missing

from .sight import meaning

_TYPES = {
    "Annotated": "typing", "Any": "typing", "Union": "typing", "Path": "pathlib", "BaseModel": "pydantic",
    "AnyUrl": "pydantic", "Field": "pydantic",
}  # fmt: skip
_PROMPTS = {2: {"Any": "typing", "Sequence": "collections.abc"}, 3: {"Any": "typing", "Literal": "typing"}}
_PROMPTS[4] = _PROMPTS[3]
_ALIASES = {"typing_extensions": "typing", "typing.Sequence": "collections.abc.Sequence"}
# Everything else that these two files have names for: what a text that uses one of them means is not followed.
_OTHER = frozenset(
    """Annotations AnyFunction AuthCheck Audio Awaitable Callable ConfigDict ContentBlock
    ContextSamplingFallbackProtocol DecoratedPrompt EllipsisType F FastMCPBaseModel FastMCPComponent
    FastMCPDeprecationWarning FastMCPError File FunctionPrompt Icon Image Message MethodType ModelPreferences NotSet
    NotSetT ParsedDocstring Prompt PromptArgument PromptError PromptMessage PromptMeta PromptResult Protocol Role
    SDKPrompt SDKPromptArgument SamplingMessage SimpleNamespace SkipJsonSchema SyncPromptResult T TYPE_CHECKING
    TaskConfig TextContent TypeAdapter TypeAlias TypeVar UnionType UrlConstraints annotations arguments auth base64
    cast cls dataclass description e enabled fastmcp field fn functools icons inspect json logger lru_cache mcp
    mcp_types meta metadata mimetypes name os overload param parameters prompt properties pydantic_core quote sig
    sys tags task title version warnings""".split()  # noqa: SIM905
)


def understood_text(annotation: Expr, env: Env, major: int) -> bool | Missing:
    """Whether fastmcp finds a type in an annotation that is a text to it."""
    names = list(_names(annotation))
    if any(name in _OTHER for name, _ in names):
        return Missing("what fastmcp takes a name in an annotation for that is a text is not followed")
    for there in (_TYPES, _PROMPTS.get(major, {})):
        if all(_builtin(node, env) or name in there for name, node in names):
            if all(name not in there or _means(node, env, f"{there[name]}.{name}") for name, node in names):
                return True
            return Missing("the names in it mean something else in fastmcp")
    return False


def _means(node: Expr, env: Env, dotted: str) -> bool:
    found = meaning(node, env).outside or ""
    package, _, name = found.rpartition(".")
    return dotted in (found, f"{_ALIASES.get(package, package)}.{name}", _ALIASES.get(found))


def _builtin(node: Expr, env: Env) -> bool:
    return isinstance(node, Name) and env.find(node.id) is None


def _names(expr: Expr, inside: str = "") -> list[tuple[str, Expr]]:
    """The names that are looked up, of dotted ones the first. ``inside``: the type whose argument it is."""
    if isinstance(expr, Str):
        parsed = None if inside == "Literal" else forward(expr)
        return [] if parsed is None else _names(parsed, inside)
    if isinstance(expr, Name):
        return [(expr.id, expr)]
    if isinstance(expr, Attr):
        return [(name, expr) for name, _ in _names(expr.value)]
    if isinstance(expr, Index):
        called = expr.value.id if isinstance(expr.value, Name) else ""
        inner = expr.index.items if isinstance(expr.index, Items) else [expr.index]
        if called == "Annotated":  # what stands behind the type is a text to nobody
            first = [name for item in inner[:1] for name in _names(item)]
            return [*_names(expr.value), *first, *(n for i in inner[1:] if not isinstance(i, Str) for n in _names(i))]
        return [*_names(expr.value), *(name for item in inner for name in _names(item, called))]
    if isinstance(expr, Binary):
        return [*_names(expr.left, inside), *_names(expr.right, inside)]
    if isinstance(expr, Call):
        values = [arg.value for arg in expr.args if not isinstance(arg.value, Str)]
        return [name for each in (expr.callee, *values) for name in _names(each)]
    if isinstance(expr, Items):
        return [name for item in expr.items for name in _names(item)]
    return []
