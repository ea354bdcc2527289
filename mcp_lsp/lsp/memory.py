"""When garbage is collected: never while somebody types.

Syntax trees and facts of a large file are hundreds of thousands of objects that stay. A full collection looks at all of
them (10 ms at 10,000 lines), so they are taken out of its sight in the first pause after a document opens, and the rest
waits for pauses.
"""

from __future__ import annotations

import gc

# New containers between collections of the youngest generation that nobody asked for. A keystroke in a large handler
# makes some thousands; a collection of so many takes some milliseconds, so it is to happen in `sweep`.
_NEW = 30_000
_LEFT = 2_000
# So many wait for a lull no longer: somebody types without one.
_MOST = 20_000
LULL = 0.005
"""Seconds without a message after which what a keystroke left behind is looked at: nobody's next key waits for it."""
# What dies later in cycles holds syntax trees, so the older generations, which are as small (see `settle_down`), get
# their turn soon: somebody may never pause.
_OFTEN = 5
_PATIENCE = 20
"""Answers after which everything is looked at once, though nobody has paused since the first document was opened."""
_answers = 0


def begin() -> None:
    """No collections while everything is loaded: nothing of it is garbage."""
    gc.disable()


def settle_down() -> None:
    """What is there now stays: look only at what comes after it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW, _OFTEN, _OFTEN)
    gc.enable()


def answered() -> None:
    """After an answer, before the next keystroke: only what can wait for no `LULL`."""
    global _answers
    if not gc.isenabled():  # everything is young still
        _answers += 1
        if _answers > _PATIENCE:
            settle_down()
    elif gc.get_count()[0] > _MOST:
        sweep()


def due() -> bool:
    """Whether what was left behind is worth a look."""
    return gc.isenabled() and gc.get_count()[0] > _LEFT


def sweep() -> None:
    """What the last keystrokes left behind."""
    _, middle, old = gc.get_count()
    gc.collect(2 if old > _OFTEN else 1 if middle > _OFTEN else 0)


def collect() -> None:
    """In a pause: everything that came since a document was opened."""
    gc.collect()
