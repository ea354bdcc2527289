"""How deeply nested Python is followed: whoever walks code recurses, several frames per level."""

DEPTH = 120
"""Deeper expressions and statements become `Opaque`. What people write has some dozens of levels at most."""
