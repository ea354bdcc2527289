"""Variables of the environment that code reads, in either language."""

from __future__ import annotations

from collections.abc import Iterator

from . import code
from .code import Expr, Unit
from .expressions import spelled
from .record import NamedTuple
from .walk import Nodes, sites


class Variable(NamedTuple):
    """``fails``: without the variable, the expression itself raises. ``otherwise``: there is a value for that case."""

    name: str
    node: Expr
    fails: bool
    otherwise: bool = False


def variables(root: object, unit: Unit, *, functions: bool = True) -> Iterator[Variable]:
    """What is read in ``root``, a node or a list of them. ``functions``: in functions inside of it as well."""
    kinds = {code.Index, code.Call, code.Attr, code.Assign}
    given = Nodes()
    for site in sites(root, unit, functions=functions, kinds=kinds):
        node = site.node
        if isinstance(node, code.Assign):
            given.add(node.target)
        elif node in given:
            continue
        elif isinstance(node, code.Index) and isinstance(node.index, code.Str):
            if spelled(node.value) in ("os.environ", "environ"):
                yield Variable(node.index.value, node, True)
            elif spelled(node.value) == "process.env":
                yield Variable(node.index.value, node, False)
        elif isinstance(node, code.Attr) and spelled(node.value) == "process.env":
            yield Variable(node.name, node, False)
        elif isinstance(node, code.Call) and spelled(node.callee) in ("os.getenv", "getenv", "os.environ.get"):
            first = node.positional(0)
            if isinstance(first, code.Str):
                default = node.positional(1) or node.keyword("default")
                yield Variable(first.value, node, False, default is not None)
