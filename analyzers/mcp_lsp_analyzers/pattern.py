"""Regular expressions that are compiled where they are first used: a start compiles only the few that it needs."""

from __future__ import annotations

import functools
import re
import warnings
from typing import Any, AnyStr, Union, cast


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, later: what is wrong with ``source`` is raised where it is first used (`re.error`)."""
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))


@functools.lru_cache(maxsize=256)
def written(source: str) -> Union[re.Pattern[str], None]:
    """An expression of the code that is looked at; ``None`` where Python has none that means the same. What Python has
    to say about how it is written is nothing for whoever runs this."""
    warnings.filterwarnings("ignore", "Possible ", FutureWarning)
    try:
        return re.compile(source)
    except (re.error, RecursionError, OverflowError):
        return None


class _Pattern:
    def __init__(self, source: Any, flags: int) -> None:
        self._of = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._of)
        # From now on a look-up finds the compiled pattern's own methods.
        self.__dict__.update({each: getattr(compiled, each) for each in _METHODS})
        return getattr(compiled, name)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "groupindex")
