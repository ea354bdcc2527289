"""MCP8xx: what was seen to happen."""
