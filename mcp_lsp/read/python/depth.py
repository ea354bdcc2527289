"""How deeply nested Python is followed: whoever walks code recurses, several frames per level."""

DEPTH = 120
"""Deeper expressions and statements become `Opaque`. What people write has some dozens of levels at most."""

STACK = 100
"""Decorators of one function or class that are followed, those next to it; each is a call around the ones below."""
