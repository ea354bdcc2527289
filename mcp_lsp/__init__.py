"""mcp-lsp: a language server and checker for people who write MCP servers. Importing it loads nothing else."""

__version__ = "0.1.0"
