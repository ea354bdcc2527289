"""What is written out in the source where something is compared: texts, and which of them name addresses."""

from __future__ import annotations

from .values import Rec, Seq, Value


def literal(value: Value) -> str:
    constants = value.constants
    if constants is not None:
        return ", ".join(str(c) for c in constants[:8])
    shape = value.shape
    if type(shape) is Seq:
        return ", ".join(str(i.string) for i in shape.items[:12] if i.string is not None)
    if type(shape) is Rec:
        return ", ".join(list(shape.fields)[:12])
    return ""


PRIVATE_TEXTS = (
    "127.", "10.", "192.168", "169.254", "localhost", "::1", "0.0.0.0", "metadata.", "172.", "fc", "fd", "fe80",
    ".local", ".internal",
)  # fmt: skip


def names_private(value: Value) -> bool:
    return any(
        text.strip().startswith(PRIVATE_TEXTS) or text.strip() == "localhost" for text in literal(value).split(",")
    )
