"""Data flow: what handlers do with what a model chose, and what runs before they serve.

```python
handler(of, server, module, scope) -> Handler
endpoints(unit, uri) -> list[Endpoint]
beside(endpoints, items, module) -> tuple[Endpoint, ...]
startup(server, unit, module, scope) -> Startup
Wires().wiring(module, sdk, changed) -> Wiring | None
Passages().changes(module, mcp, changed) -> (gone, come)
Routing().routes(module, mcp, others, moved) -> Routes | None
Gating().gates(module, mcp, modules, moved) -> Gates | None
```

All look-ups of names go through ``scope``: a result holds as long as ``scope.seen.holds(module)``. Nothing here knows a
language: it reads the statements of `code`, and the tables in `library` and `mcp_lsp_analyzers.sinks` know the APIs.
"""

from . import by_name, containers, effects, expressions, handing, matching, schemas, statements, texts  # noqa: F401  (they register)
from .endpoints import about_mcp, endpoints
from .gates import Gating
from .handlers import handler
from .listing import beside
from .output import diverted
from .passages import Passages
from .routes import Routing
from .startup import startup
from .wiring import Wires

__all__ = [
    "Gating", "Passages", "Routing", "Wires", "about_mcp", "beside", "diverted", "endpoints", "handler", "startup",
]  # fmt: skip
