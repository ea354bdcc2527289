"""Code that is read more than once: the body of a loop over what is written out, a function with given arguments."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Call, Do, Function, Loop, Name, Stmt, last_name
from mcp_lsp_analyzers.inside import targets
from mcp_lsp_analyzers.once import once_each
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.walk import sites

from . import statements
from .factories import helper
from .known import Known, bind
from .lists import gathered
from .recognise import server
from .scopes import Env, Frame
from .statements import body_text
from .values import destructure, items

_REGISTERS = pattern(
    r"\.(?:tool|prompt|resource)\b|\.add_(?:tool|prompt|resource|template|request_handler|function)|Tool\("
    r"|\b(?:(?:add|create|make|define|new|build)_)?tool\("
    r"|\bregister\w*\(|\b_?\w*register\w*(?:tool|prompt|resource|handler|function)\w*\("
)
"""What registers something, by its name; ``_register_session(`` and ``run_tool(`` do not."""
_OWN = frozenset({"tool", "prompt", "resource", "add_tool", "add_prompt", "add_resource"})  # of the SDKs themselves


def rounds(statement: Loop, env: Env) -> list[Env]:
    """The surroundings of a loop's body in each round; nothing where it registers nothing, or where what it goes
    through is not known."""
    target, iterable = statement.target, statement.iterable
    if target is None or iterable is None:
        return []
    if not (_registers(env.unit.key[statement.start : statement.end]) or hands_over(statement.body, env)):
        return []
    found = []
    for value, home in max(list(items(iterable, env)), gathered(iterable, env), key=len):
        frame = Frame(env, env.unit, None, None)
        inner = Env(env.file, (*env.frames, frame), env.unit, env.lookups)
        destructure(target, value, home, frame)
        names: dict[str, list[Known]] = {}
        bind(statements.inside(statement.body, env.unit), inner, names)
        for name, known in names.items():
            frame.bound.setdefault(name, known[-1])
        found.append(inner)
    return found


def registering(call: Call, env: Env, inside: tuple[Function, ...]) -> Known | None:
    """The function of this project that a call calls, where that may register something that it is given. ``inside``:
    those that are being read already."""
    callee = call.callee
    named = last_name(callee)
    if not call.args or named in _OWN:
        return None
    known = helper(callee, env)
    function = known.function if known is not None else None
    if known is None or function is None or function in inside:
        return None
    if not (_registers(body_text(function)) or hands_over(function.body, known.env)):
        return None
    # What is given a server and nothing else registers the same each time.
    return None if all(server(arg.value, env) is not None for arg in call.args) or not _hands_on(function) else known


@once_each
def _hands_on(function: Function) -> bool:
    """Whether a function does something itself with what it is given, not only in the functions that it defines."""
    names = {name for param in function.params for name, _ in targets(param.target)}
    named = sites(function.body, function.unit, function, functions=False, kinds=(Name,))
    return any(site.node.id in names for site in named if isinstance(site.node, Name))


def hands_over(statements: list[Stmt], env: Env, depth: int = 0) -> bool:
    """Whether a statement is a call of a function of this file that registers something, bare or in a loop."""
    for statement in statements:
        if isinstance(statement, Loop):
            if hands_over(statement.body, env, depth):
                return True
        elif isinstance(statement, Do) and isinstance(statement.value, Call):
            callee = statement.value.callee
            known = env.find(callee.id) if isinstance(callee, Name) and statement.value.args else None
            if known is not None and known.function is not None and depth < 3:
                if _registers(known.unit.key) or hands_over(known.function.body, known.env, depth + 1):
                    return True
    return False


def _registers(source: str) -> bool:
    return _REGISTERS.search(source) is not None
