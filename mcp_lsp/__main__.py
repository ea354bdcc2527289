"""``python -m mcp_lsp``, for those who have no ``mcp-lsp`` on their path. ``python -P -m mcp_lsp`` is safer still."""

import os
import sys

import mcp_lsp

# Python puts the working directory first on its path: a `json.py` in the scanned folder would run instead of Python's.
if not getattr(sys.flags, "safe_path", False) and sys.path and sys.path[0] in ("", os.getcwd()):
    if os.path.dirname(os.path.dirname(os.path.abspath(mcp_lsp.__file__))) != os.getcwd():
        del sys.path[0]

if __name__ == "__main__":
    from mcp_lsp.cli import main

    sys.exit(main())
