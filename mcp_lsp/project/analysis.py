from mcp_lsp.check import Analysis, check_text  # noqa: F401
