"""Values in a script inside of a page: JSON is a text of the script like any other, and ``</script>`` ends it."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..code import Call, Expr, Function, Join, Name, Str
from ..pattern import pattern
from ..walk import Site, sites
from .values import from_request, name_of, origins

_OPENED = pattern(r"<(/?)script\b", re.IGNORECASE)
_WRITERS = frozenset(("stringify", "dumps"))

GivenText = Callable[[str, Function], bool]


def ends_script(hole: Expr, page: object, site: Site, given_text: GivenText | bool) -> bool:
    """Whether a value stands in a script of a page as JSON of what a caller chose: with ``<`` in it as it came.

    ``given_text`` says of a parameter's name whether it is a text from elsewhere; false where ``page`` is no whole one.
    """
    function = site.function
    if function is None or not isinstance(page, Join) or not _in_script(hole, page):
        return False
    for origin in origins(hole, function):
        if not (isinstance(origin, Call) and name_of(origin.callee) in _WRITERS and origin.args):
            continue
        value = origin.args[0].value
        if from_request(value, function):
            return True
        if given_text and callable(given_text):
            for inner in sites(value, site.unit, function, functions=False):
                if isinstance(inner.node, Name) and given_text(inner.node.id, function):
                    return True
    return False


def _in_script(hole: Expr, page: Join) -> bool:
    open_ = False
    for part in page.parts:
        if part is hole:
            return open_
        if isinstance(part, Str):
            for found in _OPENED.finditer(part.value):
                open_ = not found[1]
    return False
