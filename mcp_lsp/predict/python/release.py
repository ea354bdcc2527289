"""Which release of which SDK is predicted, and for which Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp.read.manifests import NEWEST
from mcp_lsp_analyzers.model import Server
from mcp_lsp_analyzers.record import NamedTuple

from .forms import Forms
from .models import Models

if TYPE_CHECKING:
    from .. import Sources


class Release(NamedTuple):
    """``family``: "mcp" or "fastmcp". ``new``: the protocol's types have snake_case names and drop what they do not
    know (mcp 2, fastmcp 4). ``minor``: the newest where it is not known exactly."""

    family: str
    major: int
    python: tuple[int, int]
    minor: int = 99

    @property
    def fast(self) -> bool:
        return self.family == "fastmcp"

    @property
    def new(self) -> bool:
        return self.major >= (4 if self.fast else 2)

    @property
    def parses(self) -> bool:
        """Whether docstrings are taken apart: since fastmcp 3.2."""
        return self.fast and (self.major, self.minor) >= (3, 2)

    @property
    def inlines(self) -> bool:
        """Whether references are written out in place: since fastmcp 2.14."""
        return self.fast and (self.major, self.minor) >= (2, 14)

    def forms(self, mode: str = "validation", by_alias: bool = True) -> Forms:
        models = Models(self.python)
        models.by_alias = by_alias
        return Forms(models, mode, self.fast, self.family, not self.fast and self.major == 1)


def release(server: Server, sources: Sources) -> Release:
    """Where the major is not known, the newest: that is what a fresh environment gets."""
    family = "fastmcp" if server.sdk.family == "fastmcp" else "mcp"
    major = server.sdk.major or NEWEST[family]
    exact = server.sdk.version
    minor = exact[1] if exact is not None and exact[0] == major else 99
    return Release(family, major, sources.python, minor)
