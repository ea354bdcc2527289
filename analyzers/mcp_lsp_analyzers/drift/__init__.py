"""MCP7xx: what changed since it was approved, and names that collide."""
