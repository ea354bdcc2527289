"""MCP9xx: correct, but not ready for production."""
