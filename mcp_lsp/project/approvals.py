"""What was approved, found on disk: the approval that speaks for a file is that of the nearest folder upward."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Union, cast

from mcp_lsp.settings import Settings, SettingsError
from mcp_lsp.syntax import Undecodable, decode
from mcp_lsp_analyzers.record import dataclass, field

from .content import content

if TYPE_CHECKING:
    from mcp_lsp.check import Analysis
    from mcp_lsp.drift import Approval, Sensitivity
    from mcp_lsp.read.manifests import Dependencies
    from mcp_lsp_analyzers.scope import Modules

NAME = "mcp-lsp.approved.json"
"""What the file is called. It speaks for the folder it stands in and everything below."""
LARGEST = 50_000_000
"""Bytes of an approval that is still read."""

Beyond = Callable[["Analysis"], Iterable[object]]
_Found = Union["tuple[str, Approval]", None]


@dataclass
class Approvals:
    """Approvals by folder, each file read once. ``shown``: how a path is written in a message."""

    shown: Callable[[str], str] = str
    _by_folder: dict[str, _Found] = field(default_factory=dict)

    def of(self, path: str) -> _Found:
        """The folder that the nearest approval speaks for, and the approval. Raises `SettingsError` for a file that is
        none: nothing compared would look like nothing changed."""
        folder, seen = os.path.dirname(path), []
        while folder not in self._by_folder:
            seen.append(folder)
            found = self._in(folder)
            parent = os.path.dirname(folder)
            if found is not None or parent == folder or os.path.exists(os.path.join(folder, ".git")):
                self._by_folder[folder] = found
                break
            folder = parent
        result = self._by_folder[folder]
        for each in seen:
            self._by_folder[each] = result
        return result

    def read(self, paths: Iterable[str]) -> Approvals:
        """The same, with everything read that speaks for some files. Raises `SettingsError`."""
        for path in paths:
            self.of(path)
        return self

    def digest(self, path: str) -> str:
        """Tells one approval from another; empty where there is none."""
        found = self.of(path)
        return found[1].digest if found is not None else ""

    def beyond(
        self, path: str, settings: Settings, dependencies: Dependencies | None, modules: Modules | None
    ) -> Beyond | None:
        """What is different in a file from what was approved, for its `Analysis`."""
        found = self.of(path)
        if found is None:
            return None
        from mcp_lsp import drift  # with what predicts; most projects have no approval
        from mcp_lsp.predict import Sources
        from mcp_lsp.read.manifests import NOTHING

        folder, approval = found
        name = path[len(folder.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
        sources = Sources(dependencies or NOTHING, modules)
        sensitivity = cast("Sensitivity", settings.drift_sensitivity)
        return lambda analysis: drift.changes(approval, name, analysis, sources, sensitivity)

    def _in(self, folder: str) -> _Found:
        path = os.path.join(folder, NAME)
        try:
            text = decode(content(path, LARGEST))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except (OSError, ValueError, Undecodable) as error:
            raise SettingsError(f"{self.shown(path)}: cannot be read: {error}") from None
        from mcp_lsp.drift import BadApproval, load

        try:
            return folder, load(text)
        except BadApproval as error:
            raise SettingsError(f"{self.shown(path)}: {error}; `mcp-lsp approve` writes it anew") from None
