"""Services on the network that are asked something about a project: how, and when one gives up."""

from __future__ import annotations

from typing import Any


class CouldNotAsk(Exception):
    """Not all could be asked. The message is the reason, for the user."""


def client(patience: float, base: str = "") -> Any:
    """A client of httpx that waits ``patience`` seconds for each answer. A redirect would lead where nobody agreed to
    go: none is followed. Raises `CouldNotAsk` where httpx (the extra ``online``) is not installed."""
    try:
        import httpx
    except ImportError:
        raise CouldNotAsk('httpx is not installed: pip install "mcp-lsp[online]"') from None
    return httpx.Client(base_url=base, timeout=patience, follow_redirects=False)


def body(response: Any, largest: int, who: str, of: str = "") -> bytes:
    """The body of a streamed answer. Raises `CouldNotAsk` where it has more than ``largest`` bytes; ``who`` answered,
    and to what (``of``), is for the message."""
    data = bytearray()
    for part in response.iter_bytes():
        data += part
        if len(data) > largest:
            raise CouldNotAsk(f"{who} answered more than {largest:,} bytes{of}")
    return bytes(data)
