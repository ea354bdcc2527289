"""What of a ``try`` can fail: behind its last call or look-up nothing is left that a handler would see half done."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Assign, Block, Const, Expr, If, Jump, Name, Raise, Return, Stmt, Str


def parted(body: list[Stmt]) -> tuple[list[Stmt], list[Stmt]]:
    """The statements up to the last one that can fail, and those behind it: ``found = True; break``."""
    end = len(body)
    while end and _quiet(body[end - 1]):
        end -= 1
    return body[:end], body[end:]


def _quiet(s: Stmt) -> bool:
    if isinstance(s, Assign):
        return isinstance(s.target, Name) and not s.op and _plain(s.value)
    return isinstance(s, Jump) or (isinstance(s, Return) and _plain(s.value))


def _plain(e: Expr | None) -> bool:
    return e is None or isinstance(e, (Const, Str, Name))


def raises(statements: list[Stmt]) -> bool:
    """Whether these statements raise something, on some way."""
    for s in statements:
        if isinstance(s, Raise):
            return True
        if isinstance(s, If) and (raises(s.then) or raises(s.otherwise)):
            return True
        if isinstance(s, Block) and raises(s.body):
            return True
    return False
