"""MCP6xx: what is installed and launched."""
