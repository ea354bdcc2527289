"""Records behave as what they stand for: `dataclasses` and `typing.NamedTuple`, as far as the project uses them."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from mcp_lsp_analyzers import record


class Ours(record.NamedTuple):
    """Said of it."""

    first: int
    second: str = "two"

    @property
    def both(self) -> str:
        return f"{self.first}{self.second}"


class Theirs(typing.NamedTuple):
    """Said of it."""

    first: int
    second: str = "two"

    @property
    def both(self) -> str:
        return f"{self.first}{self.second}"


@pytest.mark.parametrize(
    "use",
    [
        lambda of: tuple(of(1)),
        lambda of: of(first=1, second="x").both,
        lambda of: of(1)._replace(second="y").second,
        lambda of: of(1)._asdict(),
        lambda of: of._make([3, "z"]).second,
        lambda of: of(1) == (1, "two") and hash(of(1)) == hash((1, "two")),
        lambda of: (of._fields, of._field_defaults, of.__match_args__, of.__doc__),
        lambda of: repr(of(1, "q")).removeprefix(of.__qualname__),
        lambda of: tuple(pickle.loads(pickle.dumps(of(1)))),
        lambda of: type(copy.copy(of(1))) is of,
        lambda of: of.__new__(of, 5).first,
        lambda of: isinstance(of(1), of) and issubclass(of, tuple),
        lambda of: of.first.__doc__,
    ],
)
def test_a_named_tuple_is_what_typing_makes(use: Any) -> None:
    assert use(Ours) == use(Theirs)


@pytest.mark.parametrize(
    "use", [lambda of: of(), lambda of: of(1, "2", 3), lambda of: of(third=1), lambda of: of(1)._replace(third=1)]
)
def test_what_typing_refuses_is_refused(use: Any) -> None:
    for of in (Theirs, Ours):
        with pytest.raises((TypeError, ValueError)):
            use(of)


def test_a_named_tuple_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Ours(1).first = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Ours(1).third = 2  # type: ignore[attr-defined]


class Below(Ours):
    __slots__ = ()

    def __new__(cls, first: int) -> Below:
        return super().__new__(cls, first + 1)  # type: ignore[no-any-return, misc]


def test_one_that_makes_itself_otherwise() -> None:
    assert Below(1) == (2, "two")
