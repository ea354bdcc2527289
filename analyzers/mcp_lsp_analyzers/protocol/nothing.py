"""A parameter that may be null where an empty value would do: what has to be so in the function for it to be one."""

from __future__ import annotations

from .. import code
from ..code import Expr, Function, Unit
from ..fix import Edit, Edits, Fix
from ..place import Place, Span
from ..walk import sites

_EMPTY = {"str": '""', "int": "0", "float": "0.0", "bool": "False"}


def empty_instead(function: Function, name: str, at: Place) -> Fix | None:
    """``folder: str = ""`` for ``folder: str | None = None``, where the function asks of it only whether there is one,
    or uses it where there is. ``at``: in the unit of the function."""
    param = next((one for one in function.params if one.name == name), None)
    default = param.default if param is not None else None
    if param is None or param.annotation is None or not isinstance(default, code.Const) or default.value is not None:
        return None
    union = _union(param.annotation)
    if union is None or union[1].id not in _EMPTY:
        return None
    whole, kind = union
    if at.anchor is not function.unit.anchor:
        return None
    uses = _Uses(name, kind.id == "str")
    uses.block(function.body, function.unit, False)
    if uses.other or (uses.tests and _asks_for_empty(function, name)) or _states_default(param.annotation):
        return None

    def edit(unit: Unit, start: int, end: int, text: str) -> Edit:
        return Edit(unit.place(at.uri, at.pointer, Span(start, end)), text)

    edits = [
        edit(function.unit, whole.start, whole.end, kind.id),
        edit(function.unit, default.start, default.end, _EMPTY[kind.id]),
        *(edit(unit, test.start, test.end, text) for unit, test, text in uses.tests),
    ]
    return Fix(f"Let {_EMPTY[kind.id]} stand for nothing", Edits(tuple(edits)))


def _asks_for_empty(function: Function, name: str) -> bool:
    """Whether a condition tells an empty value from others, in a function that asks for null as well."""
    for site in sites(function.body, function.unit, kinds=(code.If, code.Choice)):
        test = site.node.test  # type: ignore[attr-defined]
        if isinstance(test, code.Name) and test.id == name:
            return True
    return False


def _states_default(annotation: Expr) -> bool:
    """Whether the default stands in the annotation too (``Annotated[str | None, Field(default=None)]``)."""
    inside = annotation.index if isinstance(annotation, code.Index) else None
    items = inside.items if isinstance(inside, code.Items) else []
    return any(isinstance(item, code.Call) and item.keyword("default") is not None for item in items)


def _union(annotation: Expr) -> tuple[Expr, code.Name] | None:
    """``str | None``, ``Optional[str]``, also inside ``Annotated``: the union and its type."""
    if isinstance(annotation, code.Binary) and annotation.op == "|":
        left, right = annotation.left, annotation.right
        if isinstance(left, code.Const) and left.value is None:
            left, right = right, left
        null = isinstance(right, code.Const) and right.value is None
        return (annotation, left) if null and isinstance(left, code.Name) else None
    if isinstance(annotation, code.Index):
        word, inner = code.last_name(annotation.value), annotation.index
        if word == "Optional" and isinstance(inner, code.Name):
            return annotation, inner
        if word == "Annotated" and isinstance(inner, code.Items) and inner.items:
            return _union(inner.items[0])
    return None


class _Uses:
    """``tests``: comparisons with ``None``, and what asks the same of an empty value. ``other``: whether it is used
    where null and an empty value may differ. ``text``: for a text both mean that there is none; 0 may be meant."""

    def __init__(self, name: str, text: bool) -> None:
        self.name = name
        self.text = text
        self.tests: list[tuple[Unit, Expr, str]] = []
        self.other = False

    def block(self, statements: list[code.Stmt], unit: Unit, there: bool) -> None:
        """``there``: it is known not to be empty."""
        for s in statements:
            if isinstance(s, code.Nested):
                self.block(s.unit.statements, s.unit, there)
            elif isinstance(s, code.Block):
                self.block(s.body, unit, there)
            elif isinstance(s, code.If):
                tells = self.test(s.test, unit, there)
                self.block(s.then, unit, there or tells is True)
                self.block(s.otherwise, unit, there or tells is False)
                if tells is False and isinstance(code.last_of(s.then), (code.Return, code.Raise)):
                    there = True
            elif isinstance(s, code.With):
                for value, _ in s.items:
                    self.value(value, unit, there)
                self.block(s.body, unit, there)
            elif isinstance(s, (code.Do, code.Return, code.Raise)):
                self.value(s.value, unit, there)
            elif isinstance(s, code.Assign):
                self.value(s.value, unit, there)
                if isinstance(s.target, code.Name) and s.target.id == self.name:
                    there = True  # from here on it is another value
                else:
                    self.value(s.target, unit, there)
            elif isinstance(s, code.Try):
                for part in (s.body, *(catch.body for catch in s.catches), s.otherwise, s.last):
                    self.block(part, unit, there)
            elif isinstance(s, code.Loop) and s.test is None:
                self.value(s.iterable, unit, there)
                self.block(s.body, unit, there)
                self.block(s.otherwise, unit, there)
            elif self._named(s, unit):
                self.other = True

    def test(self, test: Expr, unit: Unit, there: bool) -> bool | None:
        """Whether a condition that is true tells that it is there (``True``) or not (``False``)."""
        if isinstance(test, code.Name) and test.id == self.name:
            return True
        if isinstance(test, code.Not):
            told = self.test(test.value, unit, there)
            return None if told is None else not told
        if isinstance(test, code.Compare) and self._asks_for_null(test):
            self.tests.append((unit, test, self.name if test.op == "is not" else f"not {self.name}"))
            self.other = self.other or not self.text
            return test.op == "is not"
        if isinstance(test, code.Logic) and test.op == "and":
            left = self.test(test.left, unit, there)
            right = self.test(test.right, unit, there or left is True)
            return True if True in (left, right) else None
        if isinstance(test, code.Logic) and test.op == "or":
            left = self.test(test.left, unit, there)
            self.test(test.right, unit, there or left is False)
            return None
        self.value(test, unit, there)
        return None

    def value(self, value: Expr | None, unit: Unit, there: bool) -> None:
        if value is None or there or not self._named(value, unit):
            return
        if isinstance(value, code.Logic) and value.op == "or" and isinstance(value.left, code.Name):
            self.value(value.right, unit, there)
        elif isinstance(value, code.Choice):
            tells = self.test(value.test, unit, there)
            self.value(value.then, unit, there or tells is True)
            self.value(value.otherwise, unit, there or tells is False)
        elif isinstance(value, code.Call):
            self.value(value.callee, unit, there)
            for arg in value.args:
                self.value(arg.value, unit, there)
        elif isinstance(value, code.Await):
            self.value(value.value, unit, there)
        elif isinstance(value, code.Not) or self._asks_for_null(value):
            self.test(value, unit, there)
        elif isinstance(value, code.Attr):
            self.value(value.value, unit, there)
        else:
            self.other = True

    def _asks_for_null(self, value: Expr) -> bool:
        if not isinstance(value, code.Compare) or value.op not in ("is", "is not"):
            return False
        named = isinstance(value.left, code.Name) and value.left.id == self.name
        return named and isinstance(value.right, code.Const) and value.right.value is None

    def _named(self, root: object, unit: Unit) -> bool:
        return any(site.node.id == self.name for site in sites(root, unit, kinds=(code.Name,)))  # type: ignore[attr-defined]
