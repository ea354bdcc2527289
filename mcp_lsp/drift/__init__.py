"""What was approved, and what is different now: a project's state as a file that is committed, and two states compared.

``approval`` is the file, ``state`` what of a source file goes into it, ``changes`` what differs, each change at its
place (`mcp_lsp_analyzers.changes`), for rules to judge. Nothing here looks at a disk.
"""

from mcp_lsp_analyzers.changes import Sensitivity

from .approval import ITEMS, Approval, BadApproval, State, load
from .changes import changes
from .state import state

__all__ = ["ITEMS", "Approval", "BadApproval", "Sensitivity", "State", "changes", "load", "state"]
