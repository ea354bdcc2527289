"""How much of a request a service takes in before it knows who is asking."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Expr, Function, Lambda, Name, Str, last_name
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, body
from .values import name_of, parameter


@rule(
    "MCP448",
    severity=Severity.INFORMATION,
    references=("CWE-770", "CWE-400", "MCP07:2025", "CoSAI MCP-T10"),
    words=('"data"', "'data'", ".stream("),
    bad="""
    import json

    from starlette.requests import Request

    from .server import answer


    async def take(request: Request):
        whole = b""
        async for chunk in request.stream():
            #              ^^^^^^^^^^^^^^ all that is sent is kept in memory, however much it is
            whole += chunk
        return await answer(json.loads(whole))
    """,
    good="""
    import json

    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    from .server import answer

    MOST = 4 * 1024 * 1024


    async def take(request: Request):
        whole = b""
        async for chunk in request.stream():
            whole += chunk
            if len(whole) > MOST:
                raise HTTPException(413)
        return await answer(json.loads(whole))
    """,
    typescript=Example(
        bad="""
        export function take(req, answer) {
          let whole = "";
          req.on("data", (chunk) => {
        //^^^^^^ all that is sent is kept in memory, however much it is
            whole += chunk;
          });
          req.on("end", () => answer(JSON.parse(whole)));
        }
        """,
        good="""
        const most = 4 * 1024 * 1024;

        export function take(req, answer) {
          let whole = "";
          req.on("data", (chunk) => {
            whole += chunk;
            if (whole.length > most) {
              req.destroy();
            }
          });
          req.on("end", () => answer(JSON.parse(whole)));
        }
        """,
    ),
)
def request_of_any_length(passage: Passage) -> Iterator[Finding]:
    """The body of a request is put together in memory, and nothing says how long it may be.

    Whoever reaches the port sends until the memory is used up, and needs no token for it where the body is read before
    that is looked at. `express.json()` and the SDKs' transports have a limit; reading by hand has none.

    Count what came, and answer with 413 and close the connection as soon as it is too much; or leave the reading to a
    library that does.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        function = site.function
        if function is None or not (_listening(call, site) or _streaming(call, function, site)):
            continue
        # A limit may be asked for before or after.
        if _LIMITED.search(function.text.lower()) is None:
            said = "all that is sent is kept in memory, however much it is"
            yield Finding(passage.at(site.unit, call.callee), said, detail=name_of(call.callee))


_LIMITED = pattern(
    r"413|content-?_?length|max_?\w*(?:size|length|bytes|body)|(?:size|body|byte)s?_?limit|limit_?bytes|destroy\("
    r"|too_?(?:large|long)|[>]=?\s*(?:max|limit|most)"
)


def _listening(call: Call, site: Site) -> bool:
    """``req.on("data", (chunk) => …)`` of a request that a function is given, where chunks are only collected."""
    callee, event, what = call.callee, call.positional(0), call.positional(1)
    if not isinstance(callee, Attr) or callee.name != "on" or not isinstance(event, Str) or event.value != "data":
        return False
    if not isinstance(what, Lambda) or not what.function.params or not _request(callee.value, site):
        return False
    return _collects(what.function, name_of(what.function.params[0].target))


def _streaming(call: Call, function: Function, site: Site) -> bool:
    """``async for chunk in request.stream(): …``"""
    held = call.callee.value if isinstance(call.callee, Attr) and call.callee.name == "stream" else None
    return held is not None and not call.args and _request(held, site) and _collects(function, "chunk")


def _request(value: Expr, site: Site) -> bool:
    return (
        isinstance(value, Name)
        and words(value.id)[-1:] in (("req",), ("request",))
        and parameter(value.id, site.function) is not None
    )


def _collects(function: Function, chunk: str) -> bool:
    """Whether what comes is put to what came before: ``whole += chunk``, ``chunks.push(chunk)``."""
    for site in body(function, Assign, Call):
        node = site.node
        if isinstance(node, Assign) and node.op == "+" and node.value is not None:
            given = (
                node.value.callee.value
                if isinstance(node.value, Call) and isinstance(node.value.callee, Attr)
                else node.value
            )
            if name_of(given) == chunk:
                return True
        elif isinstance(node, Call) and last_name(node.callee) in ("push", "append", "extend"):
            if any(name_of(arg.value) == chunk for arg in node.args):
                return True
    return False
