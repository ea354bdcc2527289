"""How a finding about something that was tried says what was sent, what came of it, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..live import Exchange, Trial, Trials
from ..place import Place
from ..record import replace
from ..rule import Related

_MOST = 6
"""Findings of a rule about messages that are no calls: more of the same says nothing new."""


def firsts(trials: Trials, telling: Callable[[Trial], bool]) -> Iterator[Trial]:
    """Of each argument of each tool the first that tells."""
    told: set[tuple[str, str]] = set()
    others = 0
    for trial in trials.trials:
        if not telling(trial) or (trial.tool and (trial.tool, trial.argument) in told):
            continue
        told.add((trial.tool, trial.argument))
        others += not trial.tool
        if trial.tool or others <= _MOST:
            yield trial


def about(trial: Trial) -> str:
    """The input, for a message: "`add` with `{"a": -1}`", "a method that does not exist"."""
    return f"`{trial.tool}` with {quoted(trial.sent, 48)}" if trial.tool else trial.asks


def evidence(trial: Trial) -> tuple[Related, ...]:
    """What was sent and what came back. Secrets were masked where the record was written."""
    said = trial.text or trial.result or (trial.why if trial.outcome != "silence" else "")
    answered = f"answered: {quoted(said, 300)}" if said else "not answered"
    return (Related(trial.place, f"sent: {quoted(trial.sent, 300)}"), Related(trial.place, answered))


def quoted(text: str, longest: int) -> str:
    words = " ".join(text.split()).replace("`", "'")
    return f"`{words if len(words) <= longest else words[: longest - 1].rstrip() + '…'}`"


def at(exchange: Exchange) -> Place:
    """Findings about an endpoint stand where the endpoint does."""
    return replace(exchange.place, pointer="/session/endpoint")
