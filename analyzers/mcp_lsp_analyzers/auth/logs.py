"""What a service writes down of the secrets it has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import inside
from ..code import (
    Assign,
    Attr,
    Binary,
    Call,
    Choice,
    Const,
    Dict,
    Expr,
    Function,
    Index,
    Items,
    Join,
    Logic,
    Name,
    Spread,
    Str,
    flat,
    last_name,
)
from ..expressions import spelled
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, body
from .called import CARRIERS, all_about_credentials, leads_to_a_database
from .carrying import (
    bare,
    harmless,
    replaced,
    secret_in,
    spelled_out,
    writes_over,
)
from .environments import of_environment, set_for_a_program
from .excerpts import MUCH, length_shown
from .values import is_secret, name_of, names_a_file, origins, secret_in_query
from .wholes import has_by_type, read_of


@rule(
    "MCP409",
    severity=Severity.WARNING,
    references=("CWE-532", "MCP01:2025", "LLM02:2025", "LLM02:2026", "ASI03:2026", "CoSAI MCP-T5"),
    words=("token", "secret", "passw", "key", "credential", "jwt", "authorization", "bearer", "headers", "conn", "dsn",
           "database", "uri", "auth", "login", "options", "conf", "env", "settings", "payload",
           "cookie", "url", "param"),
    bad="""
    import logging
    import os

    log = logging.getLogger(__name__)


    def answer(request) -> None:
        log.info("asked with %s", request.headers)
        #                         ^^^^^^^^^^^^^^^ `headers` is written to the log, with the `authorization` that is …


    def connect() -> None:
        api_key = os.environ["NOTES_API_KEY"]
        log.debug(f"connecting with {api_key}")
        #                            ^^^^^^^ `api_key` is written to the log
        headers = {"Authorization": f"Bearer {api_key}", "Accept": "text/plain"}
        log.debug("asking with %s", headers)
        #                           ^^^^^^^ `headers` is written to the log, with the `authorization` that is in it
    """,
    good="""
    import logging
    import os

    log = logging.getLogger(__name__)


    def answer(request) -> None:
        log.info("asked with %s", sorted(request.headers.keys()))


    def connect() -> None:
        api_key = os.environ["NOTES_API_KEY"]
        log.debug("connecting, key %s", "given" if api_key else "missing")
        headers = {"Accept": "text/plain"}
        log.debug("asking with %s", headers)
    """,
    typescript=Example(
        bad="""
        export function connect(apiKey: string) {
          console.error(`connecting with ${apiKey}`);
          //                               ^^^^^^ `apiKey` is written to the log
        }
        """,
        good="""
        export function connect(apiKey: string) {
          console.error(`connecting, key ${apiKey ? "given" : "missing"}`);
        }
        """,
    ),
)  # fmt: skip
def secret_in_log(passage: Passage) -> Iterator[Finding]:
    """A token, key or password is written to the log.

    Logs are kept longer, copied further and read by more people than secrets are; a client shows a stdio server's
    standard error to its user and keeps it in a file.

    Say that there is a secret, not which.
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        if not logs(call):
            continue
        shown = [node for arg in call.args for node in _shown(arg.value) if not _answers_only(node, site.function)]
        shown = [node for node in shown if not _is_a_word(node, passage) and not _to_be_opened(node, call)]
        if shown and not _handed_over(call, site):
            for node in shown:
                name = name_of(node)
                if (length := _beginning(node)) and isinstance(node, (Index, Call)):
                    name = name_of(node.value if isinstance(node, Index) else _text_of(node))
                    carries = name.lower() in CARRIERS
                    if carries or (is_secret(bare(name)) and not harmless(node, bare(name), _around(site))):
                        said = f"`{name}` is written to the log, {length} characters of it"
                        yield Finding(passage.at(site.unit, node), said, detail=name)
                elif (carried := _carries(node, site, passage)) is not None:
                    said = f"`{name}` is written to the log, with {carried}"
                    yield Finding(passage.at(site.unit, node), said, detail=name)
                elif (read := read_of(node, site) or has_by_type(node, site, passage)) and (
                    passage.about.language == "python" or not _in_text(node, call)
                ):
                    # What an object looks like as a text is for its class to say, which may leave its secrets out.
                    said = f"`{name}` is written to the log, with {_in_it(read)}"
                    yield Finding(passage.at(site.unit, node), said, detail=name, severity=Severity.INFORMATION)
                elif is_secret(bare(name)) and not harmless(node, bare(name), _around(site)):
                    if names_a_file(name, site.function):
                        continue
                    yield Finding(passage.at(site.unit, node), f"`{name}` is written to the log", detail=name)
                elif leads_to_a_database(name):
                    said = f"`{name}` is written to the log, with the password that may be in it"
                    yield Finding(passage.at(site.unit, node), said, detail=name)
                elif secret := secret_in(node, site.function) or _in_declared(node, site, passage):
                    said = f"`{name or 'this'}` is written to the log, with {_in_it(secret)}"
                    yield Finding(passage.at(site.unit, node), said, detail=name or secret)
                elif (
                    all_about_credentials(name)
                    and (passage.about.language == "python" or not _in_text(node, call))
                    and not spelled_out(node, site.function)
                ):
                    said = f"`{name}` is written to the log, with the credentials that are in it"
                    yield Finding(passage.at(site.unit, node), said, detail=name)
                elif of_environment(node, site.function) or set_for_a_program(name):
                    said = f"`{name or 'this'}` is written to the log, with every credential that is in it"
                    yield Finding(passage.at(site.unit, node), said, detail=name)


def _in_declared(node: Expr, site: Site, passage: Passage) -> str:
    """A secret in what a name of the file stands for outside of functions: ``CONFIG = {"password": …}``."""
    if not isinstance(node, Name) or inside.meaning(node.id, site.function):
        return ""
    return declared_secret(node, passage)


def declared_secret(name: Name, passage: Passage) -> str:
    """The same, whatever the name means where it stands."""
    bound = passage.declared(name.id)
    return "" if bound is None or bound.path else secret_in(bound.value, None)


def _beginning(value: Expr) -> int:
    """How much of a text is shown from its beginning: ``token[:20]``, ``token.slice(0, 20)``; 0 where it is little, or
    something else."""
    length = length_shown(value)
    if isinstance(length, Const) and isinstance(length.value, (int, float)) and length.value >= MUCH:
        return int(length.value)
    return 0


def _text_of(call: Call) -> Expr | None:
    return call.callee.value if isinstance(call.callee, Attr) else None


def _carries(node: Expr, site: Site, passage: Passage) -> str | None:
    """What of a value is a secret, in words: headers with an authorization that are made in the same function, or all
    headers of a request."""
    if isinstance(node, Attr) and node.name == "headers" and name_of(node.value) in _REQUESTS:
        return _in_it("authorization")
    if isinstance(node, Attr) and node.name == "headers" and spelled(node.value).endswith((".config", ".request")):
        return _in_it("authorization")  # of a request that failed: `error.config.headers`
    if isinstance(node, Attr) and node.name == "headers" and words(name_of(node.value))[-1:] in _CLIENTS:
        return _in_it("authorization")
    if isinstance(node, Attr) and node.name in ("url", "originalUrl", "full_path") and name_of(node.value) in _REQUESTS:
        asked = secret_in_query(node.value, site.function, passage)
        return _in_it(asked) if asked else None
    if not isinstance(node, Name) or site.function is None:
        return None
    for made in origins(node, site.function):
        for pair in made.pairs if isinstance(made, Dict) else ():
            key = pair.key.value.lower() if isinstance(pair.key, Str) else ""
            if key in CARRIERS and not isinstance(pair.value, (Str, Const)):
                return _in_it(key)
    if node.id in _ALL_OF_IT and _about_credentials(site.function):
        return "the credentials that are in it"
    return None


def _in_text(node: Expr, call: Call) -> bool:
    """Whether a value is put into a text, where of an object of JavaScript nothing is seen."""
    return any(isinstance(arg.value, Join) and node in arg.value.parts for arg in call.args)


def _in_it(name: str) -> str:
    return f"the `{name}` that is in it"


def _about_credentials(function: Function) -> bool:
    """Whether a function's name says that credentials are what it is given: ``createAuthConfig``, ``login``."""
    said = words(function.name)
    return not _GIVEN.isdisjoint(said) and said[0] not in ("get", "list", "delete")


_ALL_OF_IT = frozenset(("args", "params", "input", "payload", "body", "kwargs", "arguments"))
_GIVEN = frozenset(("auth", "login", "credential", "credentials", "password", "secret"))
_REQUESTS = frozenset(("req", "request", "_req", "_request", "http_request"))
_CLIENTS = (("client",), ("session",))
"""What sends the same headers with every request."""
_LEVELS = frozenset(("debug", "info", "warning", "warn", "error", "exception", "critical", "log", "trace", "verbose"))
_LOGS = frozenset(("log", "logger", "logging", "console", "winston", "loguru", "pino", "ctx", "context", "_log"))
_PLAIN_LOGS = frozenset(
    ("log", "debug", "logger", "_log", "logMessage", "log_message", "logDebug", "log_debug", "debugLog", "debug_log",
     "logInfo", "log_info", "logError", "log_error", "logWarning", "log_warning", "writeLog", "write_log", "logToFile",
     "log_to_file", "sendLoggingMessage", "send_log_message", "logEvent", "log_event", "eprint", "verboseLog")
)  # fmt: skip
"""Functions that by their names write to a log, whosever they are."""
_STREAMS = ("process.stderr.write", "sys.stderr.write")


def logs(call: Call) -> bool:
    callee = call.callee
    if isinstance(callee, Name):
        return callee.id in _PLAIN_LOGS or (callee.id == "print" and _to_stderr(call))
    if not isinstance(callee, Attr):
        return False
    if (callee.name in _PLAIN_LOGS and callee.name not in _LEVELS) or spelled(callee) in _STREAMS:
        return True
    if callee.name not in _LEVELS:
        return False
    first = call.positional(0)
    if callee.name in ("log", "debug") and spelled(callee.value) == "self":
        if isinstance(first, (Join, Binary)) or (isinstance(first, Str) and " " in first.value):
            return True
    if callee.name == "log" and isinstance(first, Str) and first.value.lower() in _LEVELS:
        return True  # whosever it is: `self.log("info", …)`
    if isinstance(callee.value, Call):
        return last_name(callee.value.callee) in ("getLogger", "get_logger", "child")
    return (words(name_of(callee.value)) or ("",))[-1] in _LOGS


def _to_stderr(call: Call) -> bool:
    file = call.keyword("file")
    return file is not None and spelled(file) == "sys.stderr"


_HANDS_OVER = pattern(
    r"\b(?:add|copy|paste|save|store|put|keep|set)\s+(?:this|these|the following|it|them|your)\b"
    r"|(?-i:\bexport [A-Z][A-Z0-9_]+=)",
    re.IGNORECASE,
)


def _handed_over(call: Call, site: Site) -> bool:
    """Whether a program shows somebody at a terminal what was made for them, and tells them where to keep it: "Add this
    to your .env file", "export TOKEN=…". A server over stdio has no terminal there."""
    if site.function is None or not _on_terminal(call):
        return False
    return any(
        _on_terminal(told) and _HANDS_OVER.search(_said(told)) is not None
        for other in body(site.function, Call)
        if isinstance(told := other.node, Call)
    )


def _to_be_opened(node: Expr, call: Call) -> bool:
    """Whether an address is told to whoever started the program, to open it there: "ready at http://…?key=…"."""
    return words(name_of(node))[-1:] in (("url",), ("link",)) and _OPENS.search(_said(call)) is not None


_OPENS = pattern(r"(?i)\b(?:ready|listening|available|running|served|open|visit)\b[^.]{0,20}(?:\bat\b|\bon\b|:)")


def _on_terminal(call: Call) -> bool:
    callee = call.callee
    return isinstance(callee, Attr) and callee.name in ("log", "info") and name_of(callee.value) == "console"


def _said(call: Call) -> str:
    words = [part for arg in call.args for part in (arg.value.parts if isinstance(arg.value, Join) else (arg.value,))]
    return " ".join(part.value for part in words if isinstance(part, Str))


def _answers_only(node: Expr, function: Function | None) -> bool:
    """Whether a parameter says yes or no: ``verify_jwt: bool``."""
    while isinstance(node, Name) and function is not None:
        for param in function.params:
            if param.name == node.id:
                default = param.default
                named = last_name(param.annotation) if param.annotation is not None else ""
                return named in ("bool", "boolean") or (isinstance(default, Const) and isinstance(default.value, bool))
        function = function.parent
    return False


def _is_a_word(node: Expr, passage: Passage) -> bool:
    """Whether it is a member of an enumeration or a table of this file that is written out as a word: what an option or
    a header is called (``Options.ApiKey``)."""
    bound = passage.declared(node.value.id) if isinstance(node, Attr) and isinstance(node.value, Name) else None
    if bound is None or not isinstance(node, Attr):
        return False
    value = bound.value.get(node.name) if isinstance(bound.value, Dict) else None
    for field, _ in flat(bound.cls.body) if bound.cls is not None else ():
        if isinstance(field, Assign) and name_of(field.target) == node.name:
            value = field.value
    return isinstance(value, Str) and _WORD.fullmatch(value.value) is not None


_WORD = pattern(r"-{0,2}[A-Za-z]+(?:[-_.][A-Za-z]+)*")


def _around(site: Site) -> str:
    """The text of the function around."""
    function = site.function
    return site.unit.key if function is None else function.text


def _shown(value: Expr) -> Iterator[Expr]:
    """The expressions whose values are readable in what is written."""
    if isinstance(value, Join):
        for part in value.parts:
            yield from _shown(part)
    elif isinstance(value, (Name, Attr)) or _beginning(value):
        yield value
    elif isinstance(value, Binary) and value.op in ("+", "%"):
        yield from _shown(value.left)
        yield from _shown(value.right)
    elif isinstance(value, Logic) and value.op != "and":
        yield from _shown(value.left)
        yield from _shown(value.right)
    elif isinstance(value, Choice):
        yield from _shown(value.then)
        yield from _shown(value.otherwise)
    elif isinstance(value, Items):
        for item in value.items:
            yield from _shown(item)
    elif isinstance(value, Dict):
        covers = writes_over(value)
        for pair in value.pairs:
            if pair.key is not None or not covers:
                yield from _shown(pair.value)
    elif isinstance(value, Spread):
        yield from _shown(value.value)
    elif isinstance(value, Index):
        yield value
    elif isinstance(value, Call):
        yield from _shown_by(value)


def _shown_by(call: Call) -> Iterator[Expr]:
    """What the outcome of a call shows of what it is given, or called on."""
    name = last_name(call.callee)
    if name in ("str", "String", "repr", "vars", "asdict", "inspect", "pformat") or (
        name in ("stringify", "dumps", "dict") and len(call.args) <= 3 and not replaced(call)
    ):
        for arg in call.args[:1]:
            yield from _shown(arg.value)
    elif name == "format" and isinstance(call.callee, Attr):
        for arg in call.args:
            yield from _shown(arg.value)
    elif isinstance(call.callee, Attr) and name in _DUMPS and not call.args:
        yield from _shown(call.callee.value)
    else:
        yield call


_DUMPS = ("model_dump", "model_dump_json", "to_dict", "copy")
