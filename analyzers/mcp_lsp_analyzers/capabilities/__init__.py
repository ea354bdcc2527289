"""MCP5xx: what the tools can do, alone and together."""
