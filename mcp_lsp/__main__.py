"""``python -m mcp_lsp``, for those who have no ``mcp-lsp`` on their path."""

import sys

from mcp_lsp.cli import main

if __name__ == "__main__":
    sys.exit(main())
