"""What can be judged, and the rules that judge it. Standard library only; imports nothing of mcp_lsp."""
