"""What handlers do to the world around them, as facts with their places: what is compared with hints and descriptions,
and (`together`) with what the other tools of a server do."""

from __future__ import annotations

from collections.abc import Iterator

from .code import Str, last_name
from .flow import Call, Flow, Handler
from .identifier import words
from .pattern import pattern
from .place import Place
from .record import NamedTuple


class Effect(NamedTuple):
    """``kind``: "runs" (a program or code; ``chosen`` where an argument says which), "writes" (files), "deletes",
    "changes" (rows or tables), "adds" (a row, a line: a second time adds a second), "reads" (files), "selects" (rows),
    "sends" (to an address of a server; ``chosen`` where an argument says which), "mails". ``how``: the API."""

    kind: str
    how: str
    place: Place
    chosen: bool = False


_RUNS = frozenset((
    "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.Popen",
    "subprocess.getoutput", "os.system", "os.popen", "asyncio.create_subprocess_exec",
    "asyncio.create_subprocess_shell",
    "child_process.exec", "child_process.execSync", "child_process.execFile", "child_process.execFileSync",
    "child_process.spawn", "child_process.spawnSync", "execa", "exec", "eval",
))  # fmt: skip
DELETES = frozenset((
    "os.remove", "os.unlink", "os.rmdir", "os.removedirs", "shutil.rmtree", "fs.unlink", "fs.unlinkSync", "fs.rm",
    "fs.rmSync", "fs.rmdir", "fs.rmdirSync", "fs.promises.unlink", "fs.promises.rm", "fs.promises.rmdir", "rimraf",
    "send2trash.send2trash", "aiofiles.os.remove",
))  # fmt: skip
# Methods whose name says it, whatever they are called on: paths, file systems, HTTP clients.
DELETING = frozenset(("unlink", "rmtree", "unlinkSync", "rmSync", "rmdirSync"))
_WRITES = frozenset((
    "fs.writeFile", "fs.writeFileSync", "fs.promises.writeFile", "fs.createWriteStream", "shutil.copy", "shutil.move",
    "shutil.copyfile", "os.rename", "os.replace", "fs.rename", "fs.renameSync", "fs.promises.rename",
))  # fmt: skip
_APPENDS = frozenset(("fs.appendFile", "fs.appendFileSync", "fs.promises.appendFile"))
_WRITING = frozenset(("write_text", "write_bytes"))
_READING = frozenset(("read_text", "read_bytes"))
_READS = frozenset(("fs.readFile", "fs.readFileSync", "fs.promises.readFile", "fs.createReadStream"))
_OPENS = frozenset(("open", "io.open", "aiofiles.open", "codecs.open"))
_STATEMENTS = frozenset(("execute", "executemany", "query", "run", "exec", "prepare", "all", "get"))
_CHANGES = pattern(
    r"(?i)\s*(?:UPDATE\s+[\w.\"`]+\s+SET|ALTER\s+TABLE|CREATE\s+TABLE(?!\s+IF)|MERGE\s+INTO|REPLACE\s+INTO)\b"
)
_ADDS = pattern(r"(?is)\s*INSERT\s+INTO\b(?:\s+(?P<table>[\w.\"`\[\]]+))?(?!.*\bON\s+(?:CONFLICT|DUPLICATE))")
_REMOVES = pattern(r"(?i)\s*(?:DELETE\s+FROM|DROP\s+(?:TABLE|DATABASE|SCHEMA|VIEW|INDEX)|TRUNCATE)\b")
_SELECTS = pattern(r"(?i)\s*(?:SELECT|WITH)\b")
TEMPORARY = ("tempfile.", "fs.mkdtemp", "fs.promises.mkdtemp", "os.tmpdir", "tmp.", "tmp-promise")
_MAILS = frozenset(("sendmail", "send_message", "sendMail"))
_OUT = ("requests.", "httpx.", "aiohttp.", "axios", "urllib.request.urlopen", "got", "undici.", "node-fetch", "fetch")
_ANSWERED = frozenset(("data", "json()", "text()", "headers", "content", "body"))
"""What stands between a request and what is called on its answer: ``(await axios.get(url)).data.find(…)``."""
_KINDS = {
    "shell": "runs", "program": "runs", "code": "runs", "path-write": "writes", "path-read": "reads", "url": "sends",
}  # fmt: skip


def effects(handler: Handler) -> Iterator[Effect]:
    """What the handler does, by its calls and by where what a model chose arrives."""
    temporary = any(call.target.startswith(TEMPORARY) for call in handler.calls)
    for call in handler.calls:
        if call.target:
            yield from _by_call(call, temporary)
    for flow in handler.flows:
        kind = _KINDS.get(flow.sink.kind)
        if kind and decides(flow):
            last = flow.sink.call.rpartition(".")[2]
            if kind == "writes" and (flow.sink.call in DELETES or last in DELETING):
                kind = "deletes"
            yield Effect(kind, flow.sink.call, flow.sink.call_place, kind != "sends" or chooses_host(flow))


def decides(flow: Flow) -> bool:
    """Whether what a model chose decides what is done: not one of a few choices, nor one quoted word of a command, nor
    one of a given form. (Whether that form is narrow enough is another rule's to say.)"""
    if flow.guarded("choices"):
        return False
    return flow.sink.kind != "shell" or not flow.guarded("quoted", "number", "identifier", "pattern", "excludes")


def chooses_host(flow: Flow) -> bool:
    """Whether what a model chose decides to whom a request goes."""
    if flow.sink.kind != "url" or flow.guarded("host-allowed"):
        return False
    return (flow.how in ("whole", "first") and not flow.before) or flow.before.endswith("://")


def _by_call(call: Call, temporary: bool) -> Iterator[Effect]:
    target = call.target
    last = target.rpartition(".")[2]
    place = call.callee_place
    if target in _RUNS:
        yield Effect("runs", target, place)
    elif not temporary and (target in DELETES or last in DELETING):
        yield Effect("deletes", target, place)
    elif target in _OPENS:
        mode = call.argument("mode", "1")
        how = mode.value if mode is not None and isinstance(mode.value, str) else "r" if mode is None else ""
        if how and not temporary and not ("a" in how and _to_a_log(call)):
            yield Effect("adds" if "a" in how else "writes" if set("wx+") & set(how) else "reads", target, place)
    elif target in _APPENDS:
        if not _to_a_log(call):
            yield Effect("adds", target, place)
    elif (target in _WRITES or last in _WRITING) and not temporary:
        yield Effect("writes", target, place)
    elif target in _READS or last in _READING:
        yield Effect("reads", target, place)
    elif last in _MAILS:
        yield Effect("mails", target, place)
    elif target.startswith(_OUT):
        if not _here(call) and _ANSWERED.isdisjoint(target.split(".")[1:]):
            yield Effect("sends", target, place)
    elif last in _STATEMENTS and call.arguments and isinstance(call.arguments[0].value, str):
        yield from _by_statement(call, call.arguments[0].value)


def _by_statement(call: Call, statement: str) -> Iterator[Effect]:
    how = " ".join(statement.split()[:2]).upper()
    for kind, expression in (("adds", _ADDS), ("changes", _CHANGES), ("deletes", _REMOVES), ("selects", _SELECTS)):
        found = expression.match(statement)
        if found is not None:
            if kind != "adds" or _LOGS.isdisjoint(words(found["table"] or "")):
                yield Effect(kind, how, call.arguments[0].place)
            return


def _to_a_log(call: Call) -> bool:
    """Whether a line is added to the server's own log, which says what was done and does nothing."""
    file = call.expr.positional(0)
    named = file.value if isinstance(file, Str) else last_name(file) if file is not None else ""
    return any(not _LOGS.isdisjoint(words(name)) for name in (named, *call.via[-1:]))


_LOGS = frozenset(("log", "logs", "logging", "logger", "audit", "audits"))


def _here(call: Call) -> bool:
    """Whether a request stays on this computer."""
    address = call.arguments[0].value if call.arguments else None
    return isinstance(address, str) and ("//localhost" in address or "//127.0.0.1" in address)
