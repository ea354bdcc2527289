"""Where a service keeps what lets it in elsewhere, and who else can read that."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Const, Dict, Expr, Function, Name, Str, With, last_name
from ..fix import Edit, Edits, Fix
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, body
from .carrying import secret_in
from .values import name_of, parts


@rule(
    "MCP447",
    severity=Severity.INFORMATION,
    references=("CWE-732", "CWE-522", "MCP01:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    words=("token", "credential", "secret", "cookie", "apikey", "api_key"),
    bad="""
    import json
    from pathlib import Path

    TOKEN_FILE = Path.home() / ".notes" / "token.json"


    def keep(access_token: str) -> None:
        TOKEN_FILE.write_text(json.dumps({"access_token": access_token}))
    #   ^^^^^^^^^^^^^^^^^^^^^ `TOKEN_FILE` is written so that other users of this computer can read it
    """,
    good="""
    import json
    import os
    from pathlib import Path

    TOKEN_FILE = Path.home() / ".notes" / "token.json"


    def keep(access_token: str) -> None:
        with os.fdopen(os.open(TOKEN_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({"access_token": access_token}, file)
    """,
    typescript=Example(
        bad="""
        import fs from "node:fs";

        export function keep(tokenPath: string, tokens: { access_token: string }) {
          fs.writeFileSync(tokenPath, JSON.stringify(tokens));
        //^^^^^^^^^^^^^^^^ `tokenPath` is written so that other users of this computer can read it
        }
        """,
        good="""
        import fs from "node:fs";

        export function keep(tokenPath: string, tokens: { access_token: string }) {
          fs.writeFileSync(tokenPath, JSON.stringify(tokens), { mode: 0o600 });
        }
        """,
    ),
)
def credentials_file_for_all_users(passage: Passage) -> Iterator[Finding]:
    """A file with credentials is written as any other file is.

    Files are made readable for every user of the computer unless somebody says otherwise: other accounts, services
    that run beside, and containers that share the folder can use what is in them.

    Make the file with mode `0o600` from the beginning (`os.open` with a mode, `{ mode: 0o600 }` in Node); a `chmod`
    afterwards leaves a moment in between. Better still, leave it to the keyring of the system.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        function = site.function
        if function is None or not (path := _written(call, passage)):
            continue
        text = function.text.lower()
        if _KEPT_CLOSE.search(text) is not None or _ABOUT_LOGIN.search(text) is None:
            continue
        if any(_secret(name) for name in _said(call, path, site)) or any(
            secret_in(value, function) for value in _put(call, site)
        ):
            name = name_of(path) or "the file"
            said = f"`{name}` is written so that other users of this computer can read it"
            yield Finding(passage.at(site.unit, call.callee), said, _for_me_alone(passage, site, call), detail=name)


_KEPT_CLOSE = pattern(
    r"chmod|0o?[67]00|umask|opener|mode\s*:|icacls|keyring|encrypt"
    r"|(?:permission|restrict|secure|private)\w*\(|\b(?:permission|restrict)"
)
"""Who says something of that in the same function has thought of who can read the file."""
_ABOUT_LOGIN = pattern(
    r"access_?token|refresh_?token|oauth|bearer|api_?key|credential|log_?in|cookie|password|auth\w*token"
)


def _written(call: Call, passage: Passage) -> Expr | None:
    """The path of a file that is written anew, without a word on who may read it."""
    name, first = last_name(call.callee), call.positional(0)
    if name in ("write_text", "write_bytes") and isinstance(call.callee, Attr):
        return call.callee.value
    if name == "open" and passage.about.language == "python":
        how = call.keyword("mode") or call.positional(1)
        return first if isinstance(how, Str) and how.value[:1] in ("w", "x") and isinstance(call.callee, Name) else None
    if name in ("writeFile", "writeFileSync", "writeJson", "writeJsonSync", "outputFile") and len(call.args) in (2, 3):
        options = call.positional(2)
        closed = isinstance(options, Dict) and (
            options.get("mode") is not None or any(p.key is None for p in options.pairs)
        )
        return None if closed or (options is not None and not isinstance(options, (Dict, Str))) else first
    return None


def _said(call: Call, path: Expr, site: Site) -> Iterator[str]:
    """The names and texts that say what is in a file: of its path, of what it is opened as, of what is written."""
    function = site.function
    assert function is not None
    yield from _names(path, function)
    yield _opened_as(call, function)
    for value in _put(call, site):
        yield from _names(value, function)


def _put(call: Call, site: Site) -> Iterator[Expr]:
    """What is written to a file."""
    function = site.function
    assert function is not None
    name = last_name(call.callee)
    if name != "open":
        for arg in call.args if name.startswith("write_") else call.args[1:2]:
            yield arg.value
        return
    held = _opened_as(call, function)
    for other in body(function, Call):
        given = other.node
        assert isinstance(given, Call)
        if isinstance(given.callee, Attr) and given.callee.name in ("write", "dump") and given.args:
            if held and held in (name_of(given.callee.value), name_of(given.positional(1))):
                yield given.args[0].value


def _opened_as(call: Call, function: Function) -> str:
    """What a file that is opened is called."""
    for other in body(function, With, Assign):
        node = other.node
        if isinstance(node, With):
            for value, target in node.items:
                if value is call:
                    return name_of(target)
        elif isinstance(node, Assign) and node.value is call:
            return name_of(node.target)
    return ""


def _names(value: Expr | None, function: Function) -> Iterator[str]:
    for part in parts(value, function):
        if isinstance(part, (Name, Attr)):
            yield name_of(part)
        elif isinstance(part, Str) and len(part.value) < 60:
            yield part.value.rpartition("/")[2].partition(".")[0]
    yield name_of(value)


_CREDENTIALS = frozenset(("token", "tokens", "credential", "credentials", "secret", "secrets", "cookies", "apikey"))
_OF_MODELS = frozenset(
    ("count", "counts", "usage", "limit", "max", "min", "num", "tokenizer", "budget", "next", "page", "id")
)


def _secret(name: str) -> bool:
    said = frozenset(words(name))
    return not _CREDENTIALS.isdisjoint(said) and _OF_MODELS.isdisjoint(said)


def _for_me_alone(passage: Passage, site: Site, call: Call) -> Fix | None:
    """In Node the mode is one more argument; what Python does instead takes more than one line."""
    if passage.about.language == "python" or len(call.args) != 2 or "rite" not in last_name(call.callee):
        return None
    last = call.args[1].value
    if isinstance(last, Const):
        return None
    at = passage.place(site.unit, last.end, last.end)
    return Fix("Let nobody else read it", Edits((Edit(at, ", { mode: 0o600 }"),)))
