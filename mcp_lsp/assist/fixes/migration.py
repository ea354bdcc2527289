"""Fixes that move code from one version of an SDK to another: imports renamed, values put into what is wanted now; and
edits that need an import."""

from __future__ import annotations

import re

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.fix import NAMED, Rename, Wrap, Write

from .draft import Draft
from .imports import Imports, extent
from .locate import Source, walk


def wrap(recipe: Wrap, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.value)
    if site is None or not site.path:
        return False
    before = recipe.before
    if recipe.name:
        name = imports.need(recipe.module, recipe.name, site)
        if name is None:
            return False
        before = before.replace("{}", name)
    draft.insert(site.start, before)
    draft.insert(site.end, recipe.after)
    return True


def write(recipe: Write, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(next((edit.place for edit in recipe.edits if NAMED in edit.text), None))
    name = imports.need(recipe.module, recipe.name or None, site) if site is not None else None
    if name is None:
        return False
    for edit in recipe.edits:
        span = edit.place.span
        if span is None:
            return False
        draft.replace(span.start, span.end, edit.text.replace(NAMED, name))
    return True


def rename(recipe: Rename, source: Source, draft: Draft, imports: Imports) -> bool:
    """The import statements are rewritten where they stand, and every use of what they bound under its own name."""
    names = dict(recipe.names)
    renamed: dict[str, str] = {}
    found = False
    for unit in source.module.units:
        moved = [
            s
            for s in unit.statements
            if isinstance(s, code.Import) and (s.module == recipe.old or s.module.startswith(recipe.old + "."))
        ]
        if not moved:
            continue
        start, end = extent(unit)
        text = source.text[start:end]
        new = re.sub(rf"\b{re.escape(recipe.old)}\b", recipe.new, text, count=1)
        for statement in moved:
            name = statement.name or ""
            if name in names:
                new = re.sub(rf"\b{re.escape(name)}\b", names[name], new.replace(recipe.new, "\0"), count=1)
                new = new.replace("\0", recipe.new)
                if statement.local == name:
                    renamed[name] = names[name]
        draft.replace(start, end, new)
        found = True
    if not found or any(new in source.module.names for new in renamed.values()):
        return False
    for unit in source.module.units:
        for own in unit.statements:
            for node in walk(own):
                if isinstance(node, code.Name) and node.id in renamed:
                    base = unit.anchor.start
                    if source.text[node.start + base : node.end + base] == node.id:
                        draft.replace(node.start + base, node.end + base, renamed[node.id])
    return True
