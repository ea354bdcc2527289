"""What a call is given, with spreads opened as far as their items are known."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Arg, Expr

from .evaluate import ev
from .frame import Frame
from .members import entry
from .state import State
from .values import UNKNOWN, Rec, Seq, Value, all_taints, constant, joined

Given = tuple[Value, Expr]


class Args:
    """``plain``: by position; ``keys``: by keyword; ``rest``: any number more of these at the end; ``more``: an object
    whose entries are keywords."""

    __slots__ = ("keys", "more", "plain", "rest", "tainted")

    def __init__(
        self, plain: list[Given], keys: dict[str, Given], rest: Given | None = None, more: Given | None = None
    ) -> None:
        self.plain = plain
        self.keys = keys
        self.rest = rest
        self.more = more
        self.tainted = False

    def at(self, position: int | None, keyword: str | None = None) -> Given | None:
        if keyword is not None:
            found = self.keys.get(keyword)
            if found is not None:
                return found
        if position is None:
            return None
        if position < len(self.plain):
            return self.plain[position]
        return self.rest

    def value(self, position: int | None, keyword: str | None = None) -> Value:
        found = self.at(position, keyword)
        return UNKNOWN if found is None else found[0]

    def more_entry(self, f: Frame, name: str) -> Value:
        return UNKNOWN if self.more is None else entry(f, self.more[0], constant(name), self.more[1])

    def without(self, count: int) -> Args:
        other = Args(self.plain[count:], self.keys, self.rest, self.more)
        other.tainted = self.tainted
        return other

    def options(self) -> Value:
        """The last object given: where JavaScript puts options."""
        for value, _ in reversed(self.plain):
            if type(value.shape) is Rec:
                return value
        return UNKNOWN


def arguments(f: Frame, given: list[Arg], s: State) -> Args:
    plain: list[Given] = []
    keys: dict[str, Given] = {}
    rest: Given | None = None
    more: Given | None = None
    tainted = False
    for arg in given:
        value = ev(f, arg.value, s)
        if value.taints or (value.shape is not None and type(value.shape) in (Seq, Rec) and all_taints(value)):
            tainted = True
        if arg.spread == "*":
            shape = value.shape
            if type(shape) is Seq and rest is None:
                plain += [(item, arg.value) for item in shape.items]
                if shape.rest is not None:
                    rest = (shape.rest, arg.value)
            else:
                one = shape.any if type(shape) is Seq else Value(value.taints)
                rest = (one, arg.value) if rest is None else (joined(rest[0], one), arg.value)
        elif arg.spread == "**":
            shape = value.shape
            if type(shape) is Rec:
                for name, part in shape.fields.items():
                    keys.setdefault(name, (part, arg.value))
                if shape.rest is not None:
                    more = (Value(value.taints, Rec({}, shape.rest)), arg.value)
                elif value.taints:
                    more = (Value(value.taints), arg.value)
            else:
                more = (value, arg.value)
        elif arg.name is not None:
            keys[arg.name] = (value, arg.value)
        elif rest is not None:
            rest = (joined(rest[0], value), arg.value)
        else:
            plain.append((value, arg.value))
    args = Args(plain, keys, rest, more)
    args.tainted = tainted
    return args
