"""MCP2xx: what the model reads."""
