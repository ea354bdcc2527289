"""MCP3xx: what code does with arguments a model chose."""
