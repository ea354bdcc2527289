"""Our data classes behave as those of the standard library, except that they are cheap to define and to make."""

from __future__ import annotations

import ast
import copy
import dataclasses
import inspect
import pickle
from pathlib import Path
from typing import Any, ClassVar

import pytest

from mcp_lsp_analyzers import record, registry
from mcp_lsp_analyzers.rule import dedented

ROOT = Path(__file__).parents[2]


@record.dataclass(frozen=True, slots=True)
class Frozen:
    """Kept."""

    a: int
    b: str = "x"
    c: ClassVar[int] = 3

    @property
    def both(self) -> str:
        return f"{self.a}{self.b}"


@record.dataclass(slots=True, eq=False)
class Slotted:
    a: int
    b: list[int] = record.field(default_factory=list)


@record.dataclass
class Plain:
    a: int = 1
    b: dict[str, int] = record.field(default_factory=dict)


@record.dataclass(frozen=True)
class Below(Frozen):
    d: tuple[int, ...] = ()


def test_making() -> None:
    assert (Frozen(1).a, Frozen(1).b, Frozen(1, b="y").both) == (1, "x", "1y")
    first, second = Slotted(1), Slotted(1)
    first.b.append(2)
    assert (first.b, second.b, Slotted(1, [3]).b) == ([2], [], [3])
    assert (Plain().a, Plain.a, Plain(b={"x": 1}).b) == (1, 1, {"x": 1})
    assert (Below(1, d=(2,)).d, Below(1).b, Frozen.c) == ((2,), "x", 3)
    for wrong in ((), (1, 2, 3, 4)):
        with pytest.raises(TypeError):
            Frozen(*wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Frozen(1, z=2)  # type: ignore[call-arg]


def test_comparing_and_hashing() -> None:
    assert Frozen(1) == Frozen(1) != Frozen(2)
    assert Frozen(1) != Below(1)
    assert len({Frozen(1), Frozen(1), Frozen(2)}) == 2
    assert Slotted(1) != Slotted(1)
    assert len({Slotted(1), Slotted(1)}) == 2
    assert Plain() == Plain()
    with pytest.raises(TypeError):
        hash(Plain())


def test_slots() -> None:
    with pytest.raises(AttributeError):
        Slotted(1).c = 2  # type: ignore[attr-defined]
    assert not hasattr(Frozen(1), "__dict__")


@pytest.mark.parametrize("made", [Frozen(1, "y"), Slotted(1, [2]), Plain(2), Below(1, "z", (3,))])
def test_replacing_copying_and_pickling(made: Any) -> None:
    for replaced in (record.replace(made, a=9), dataclasses.replace(made, a=9)):
        assert (type(replaced), replaced.a, replaced.b) == (type(made), 9, made.b)
    for again in (copy.copy(made), pickle.loads(pickle.dumps(made))):
        assert (type(again), again.a, again.b) == (type(made), made.a, made.b)


def test_looking_at_them() -> None:
    assert repr(Frozen(1)) == "Frozen(a=1, b='x')"
    assert Frozen.__doc__ == "Kept."
    assert [f.name for f in record.fields(Below)] == [f.name for f in dataclasses.fields(Below)] == ["a", "b", "d"]
    assert dataclasses.is_dataclass(Frozen)
    assert record.is_dataclass(Frozen(1))
    match Frozen(1, "q"):
        case Frozen(1, b):
            assert b == "q"


@pytest.mark.slow
def test_nobody_loads_the_expensive_ones() -> None:
    for path in [*(ROOT / "mcp_lsp").rglob("*.py"), *(ROOT / "analyzers").rglob("*.py")]:
        if path.name == "record.py":
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            named = [a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", None)]
            assert not {"dataclasses", "inspect"} & set(named), f"{path}: use mcp_lsp_analyzers.record"


def test_texts_are_dedented_as_by_inspect() -> None:
    texts = [rule.check.__doc__ or "" for rule in registry.rules()]
    texts += ["", "a", "\n\n  a\n    b\n\n  c\n  ", "a\n\tb\n", "  a\n b", "\n", "   "]
    assert [dedented(text) for text in texts] == [inspect.cleandoc(text) for text in texts]
