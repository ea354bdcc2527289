"""Fuzzing: what nobody asks, put to a running server to see what becomes of it.

`effort` says how far it goes, `heard` what is known of the server, `wires` how it is reached, `run` what is tried:
`oddities` (messages), `values` (arguments by the schema) and `canaries` (arguments with an effect).
"""

from __future__ import annotations

from collections.abc import Mapping

from mcp_lsp.outside.consent import Consent
from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.probes import is_local, much
from mcp_lsp.outside.process import Start
from mcp_lsp.outside.record import Record

from . import run
from .canaries import Listener
from .effort import Effort
from .heard import heard
from .posted import Posted, Streamed
from .wires import Piped, Wire

__all__ = ["Effort", "endpoint", "started"]


def started(start: Start, consent: Consent, effort: Effort, limits: Limits, record: Record) -> None:
    """Fuzz a server that is started for it, after a scan has listed it into ``record``. Raises `NotAgreed`."""
    about = heard(record.text, start.command)
    if not about.answered:
        _untried(effort, record)
        return
    with Listener() as listener:
        run.fuzz(Piped(start, consent, limits, record), about, effort, limits, record, start.folder, listener)


def endpoint(
    url: str, headers: Mapping[str, str], consent: Consent, effort: Effort, limits: Limits, record: Record
) -> None:
    """Fuzz an endpoint, after a scan has listed it into ``record``. Raises `NotAgreed`."""
    about = heard(record.text)
    if not about.answered:
        _untried(effort, record)
        return
    local, older = is_local(url), '"transport": "sse"' in record.text
    wire: Wire
    if older:
        wire = Streamed(url, headers, consent, limits, record, local, effort.seconds)
    else:
        wire = Posted(url, headers, consent, limits, local)
    with Listener() as listener:
        run.fuzz(wire, about, effort, limits, record, "", listener)
    if not older:
        much(url, headers, consent, record, limits)


def _untried(effort: Effort, record: Record) -> None:
    untried = [{"what": "everything", "why": "the server could not be asked"}]
    record.add("tries", {"level": effort.level, "requests": 0, "tools": [], "untried": untried})
