"""What is said of the way a file serves: how it is started, its declarations one by one, its routes."""

from __future__ import annotations

import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from mcp_lsp import flow
from mcp_lsp_analyzers.gates import Gates
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.passage import Passage
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.routes import Routes
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.wiring import Wiring

from .allowance import Allowance
from .judge import RulesBySubject
from .keeping import EMPTY, Group

if TYPE_CHECKING:
    from mcp_lsp.read.manifests import Dependencies


@dataclass(frozen=True, slots=True)
class Around:
    """What a file stands in. ``mcp``: it, or its project, has to do with MCP. ``changed``: the names that mean another
    unit than they did the last time; ``moved``: other files may have changed."""

    sdk: Sdk | None
    dependencies: Dependencies | None
    mcp: bool
    modules: Modules | None
    changed: AbstractSet[str]
    moved: bool
    allowance: Allowance


_QUICK = 0.001
"""Seconds that are not worth waiting for."""


class Services:
    """Judged again where it changed; ``groups`` are those that say something."""

    def __init__(self, rules: RulesBySubject, judge: Callable[[object], Group]) -> None:
        self._rules = rules
        self._judge = judge
        self._wires = flow.Wires()
        self._wiring: Wiring | None = None
        self._wired = EMPTY
        self._pieces = flow.Passages(_asked(rules))
        self._passages: dict[Passage, Group] = {}  # those of which something is said
        self._costs: dict[Passage, float] = {}  # of those that took long, in seconds
        self._late: set[Passage] = set()
        self._routing = flow.Routing()
        self._routes: Routes | None = None
        self._routed = EMPTY
        self._gating = flow.Gating()
        self._gates: Gates | None = None
        self._gated = EMPTY

    def update(self, module: Module, around: Around) -> None:
        if Wiring in self._rules:
            self._wire(module, around)
        if Passage in self._rules:
            self._pass(module, around)
        if Routes in self._rules:
            self._route(module, around)
        if Gates in self._rules:
            self._gate(module, around)

    @property
    def late(self) -> bool:
        """Whether declarations wait to be looked at again."""
        return bool(self._late) or self._wires.late

    @property
    def groups(self) -> list[Group]:
        return [
            *(group for group in (self._wired, self._routed, self._gated) if group.diagnostics),
            *self._passages.values(),
        ]

    def _wire(self, module: Module, around: Around) -> None:
        known = around.dependencies
        mcp = known is not None and known.mcp
        version = None if known is None else known.exactly("mcp")
        waits = not around.allowance.catching
        wiring = self._wires.wiring(
            module, around.sdk, around.changed, mcp, version, around.modules, around.moved, waits
        )
        if wiring is not self._wiring:
            self._wired = EMPTY if wiring is None else self._judge(wiring)
        self._wiring = wiring

    def _pass(self, module: Module, around: Around) -> None:
        allowance = around.allowance
        again = frozenset(self._late) if allowance.catching else frozenset()
        gone, come = self._pieces.changes(module, around.mcp, around.changed, again, around.sdk is not None)
        costs = [self._costs.pop(passage, 0.0) for passage in gone]
        groups = [self._passages.pop(passage, EMPTY) for passage in gone]
        self._late.difference_update(gone)
        # A long declaration that was edited, and those that use what it binds, are looked at in the next pause.
        waits = not allowance.catching and len(gone) == len(come) and sum(costs) > max(allowance.left or 0.0, _QUICK)
        for i, passage in enumerate(come):
            if waits and costs[i]:
                self._costs[passage] = costs[i]
                self._late.add(passage)
                group = allowance.kept(groups[i])
                if group.diagnostics:
                    self._passages[passage] = group
                continue
            start = time.perf_counter()
            group = self._judge(passage)
            cost = time.perf_counter() - start
            if cost > _QUICK:
                self._costs[passage] = cost
            if group.diagnostics:
                self._passages[passage] = group

    def _route(self, module: Module, around: Around) -> None:
        others = around.modules
        beside = (lambda: others.beside(module.uri)) if others is not None else list
        routes = self._routing.routes(module, around.mcp, beside, around.moved)
        if routes is not self._routes:
            self._routed = EMPTY if routes is None else self._judge(routes)
        self._routes = routes

    def _gate(self, module: Module, around: Around) -> None:
        gates = self._gating.gates(module, around.mcp, around.modules, around.moved)
        if gates is not self._gates:
            self._gated = EMPTY if gates is None else self._judge(gates)
        self._gates = gates


def _asked(rules: RulesBySubject) -> tuple[str, ...] | None:
    """The words that rules about declarations ask for; ``None`` where one of them wants to see all."""
    words = [rule.words for rule in rules.get(Passage, ())]
    return tuple(sorted({word for each in words for word in each})) if all(words) else None
