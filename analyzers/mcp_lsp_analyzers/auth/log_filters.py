"""Filters that take secrets out of what is logged, where most of it does not pass."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Expr, Function, Str
from ..expressions import spelled
from ..identifier import words
from ..passage import Passage
from ..rule import Finding, Severity, rule
from .values import is_constant, name_of, origins


@rule(
    "MCP463",
    severity=Severity.WARNING,
    references=("CWE-532", "CWE-200", "MCP01:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    words=("addfilter",),
    bad="""
    import logging
    import re


    class SecretFilter(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            record.msg = re.sub(r"(token=)\\S+", r"\\1***", str(record.msg))
            return True


    def start() -> None:
        logging.getLogger().addFilter(SecretFilter())
        #                   ^^^^^^^^^ `SecretFilter` sees nothing of what other loggers write
    """,
    good="""
    import logging
    import re


    class SecretFilter(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            record.msg = re.sub(r"(token=)\\S+", r"\\1***", str(record.msg))
            return True


    def start() -> None:
        for handler in logging.getLogger().handlers:
            handler.addFilter(SecretFilter())
    """,
)
def masking_that_most_records_pass_by(passage: Passage) -> Iterator[Finding]:
    """A filter that masks secrets is put on the root logger, where most records pass it by.

    A logger filters only what is logged through itself. Records of all others (`logging.getLogger(__name__)`, those of
    libraries) go to the root logger's handlers and not to its filters, so the secrets in them are written as they are.

    Put the filter on the handlers: they see every record that they write.
    """
    added = [site for site in passage.of(Call) if _method(site.node) == "addFilter"]
    if any(site for site in added if "handler" in words(name_of(_base(site.node)))):
        return
    for site in added:
        call = site.node
        assert isinstance(call, Call)
        name = _masks(call.positional(0), site.function)
        if name and any(_is_root(one) for one in origins(_base(call), site.function)):
            assert isinstance(call.callee, Attr)
            start = call.callee.name_start
            place = passage.place(site.unit, start, start + len("addFilter"))
            yield Finding(place, f"`{name}` sees nothing of what other loggers write", detail=name)


def _method(node: object) -> str:
    return node.callee.name if isinstance(node, Call) and isinstance(node.callee, Attr) else ""


def _base(node: object) -> Expr | None:
    return node.callee.value if isinstance(node, Call) and isinstance(node.callee, Attr) else None


def _is_root(value: Expr) -> bool:
    """``logging.getLogger()``, ``logging.root``"""
    if isinstance(value, Attr):
        return spelled(value) == "logging.root"
    if not isinstance(value, Call) or name_of(value.callee) != "getLogger":
        return False
    named = value.positional(0) or value.keyword("name")
    if isinstance(named, Str):
        return named.value in ("", "root")
    return named is None or is_constant(named, None)


def _masks(value: Expr | None, function: Function | None) -> str:
    """The name of a filter that takes secrets out; "" for others."""
    for one in origins(value, function):
        name = name_of(one.callee) if isinstance(one, Call) else name_of(one)
        if not _MASKS.isdisjoint(words(name)):
            return name
    return ""


_MASKS = frozenset(
    ("redact", "redacting", "redaction", "redactor", "sanitize", "sanitizing", "sanitizer", "sanitising", "mask",
     "masking", "scrub", "scrubbing", "scrubber", "secret", "secrets", "sensitive", "credential", "credentials",
     "token", "pii", "privacy")
)  # fmt: skip
