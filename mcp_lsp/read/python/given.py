"""The arguments of one registration, each with the surroundings in which it is to be read."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Arg, Call, Dict, Expr, Name, Str
from mcp_lsp_analyzers.model import Registered
from mcp_lsp_analyzers.place import Text

from .members import Where
from .scopes import Env
from .values import resolve, text


class Given:
    """``complete`` is false where a spread hides what else is given. ``by``: the SDK's own decorator it stands in.
    ``written``: the decorator, call or literal itself, whosever it is."""

    __slots__ = ("by", "complete", "named", "positional", "written")

    def __init__(self, args: list[tuple[Arg, Env]]) -> None:
        self.positional: list[Where] = []
        self.named: dict[str, Where] = {}
        self.complete = True
        self.by: Expr | None = None
        self.written: Where | None = None
        for arg, env in args:
            self._add(arg, env)

    def _add(self, arg: Arg, env: Env) -> None:
        if arg.name is not None:
            self.named[arg.name] = (arg.value, env)
        elif not arg.spread:
            self.positional.append((arg.value, env))
        elif arg.spread == "**":
            known = env.find(arg.value.id) if isinstance(arg.value, Name) else None
            if known is not None and known.rest is not None:
                for inner, home in known.rest:
                    self._add(inner, home)
                return
            value, home = resolve(arg.value, env)
            if isinstance(value, Dict):
                for pair in value.pairs:
                    if isinstance(pair.key, Str):
                        self.named.setdefault(pair.key.value, (pair.value, home))
            else:
                self.complete = False
        else:
            self.complete = False

    def get(self, name: str, position: int | None = None) -> Where | None:
        found = self.named.get(name)
        if found is None and position is not None and position < len(self.positional):
            found = self.positional[position]
        return found

    def text(self, name: str, pointer: str, role: str, position: int | None = None) -> Text | None:
        found = self.get(name, position)
        return None if found is None else text(found[0], found[1], pointer, role)

    def after(self, count: int) -> Given:
        """Without the first positional arguments."""
        rest = Given([])
        rest.positional, rest.named, rest.complete = self.positional[count:], self.named, self.complete
        rest.written = self.written
        return rest

    def registered(self, uri: str) -> Registered | None:
        """``uri``: of the file that is read."""
        if self.written is None:
            return None
        node, env = self.written
        return Registered(node, env.unit, "" if env.file.uri == uri else env.file.uri)


def given(call: Expr | None, env: Env, own: bool = False) -> Given:
    """Of a decorator with or without parentheses. ``own``: it is the SDK's."""
    found = Given([(arg, env) for arg in call.args] if isinstance(call, Call) else [])
    found.by = call if own else None
    found.written = None if call is None else (call, env)
    return found
