"""Reading: a syntax tree becomes units of `code`, and what is declared in them becomes servers of `model`.

Nothing in here judges, and nothing in here fails: what cannot be read is said in ``Server.unread``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.scope import Module, Modules

from ..syntax import PLAIN
from .reading import Reading
from .units import module, whole

if TYPE_CHECKING:
    from .manifests import Dependencies

__all__ = ["Reading", "module", "servers", "whole"]


def servers(
    module: Module,
    dependencies: Dependencies | None = None,
    previous: Reading | None = None,
    modules: Modules | None = None,
    others: bool = True,
) -> Reading:
    """The servers that a file declares, or declares parts of. ``previous``: the reading before an edit; it only saves
    work. ``modules``: the other files of the project, where handlers, decorators and names of tools may stand.
    ``others``: whether these may have changed since ``previous``."""
    if module.language == "json":
        from .listing import servers as listed

        return listed(module)
    if module.language == "session":
        from .sessions import servers as seen

        return seen(module)
    if module.language in PLAIN:
        from .plain import servers as plain

        return plain(module, dependencies, modules)
    if module.language == "python":
        from .python.servers import servers as python

        reading = python(module, dependencies, previous, modules, others)
        if module.units and "# /// script" in module.units[0].key:
            from .packages import script

            reading.subjects = script(module.uri, module.units[0])
        return reading
    from .typescript.servers import servers as typescript

    return typescript(module, dependencies, previous, modules, others)
