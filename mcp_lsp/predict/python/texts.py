"""What Python and its standard library do to the indentation of a text; `inspect` itself takes long to load."""

from __future__ import annotations


def cleaned(text: str) -> str:
    """As ``inspect.cleandoc`` does."""
    lines = text.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip(), *(line[margin:] for line in lines[1:])]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def compiled(text: str) -> str:
    """As the compiler of Python 3.13 does: lines lose their common margin, the first one all of its own."""
    lines = text.expandtabs(8).split("\n") if "\t" in text else text.split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip(" ")), default=0)
    return "\n".join([lines[0].lstrip(" "), *(line[margin:] if line.strip(" ") else "" for line in lines[1:])])
