"""Fixes of shell commands: the text becomes an argument vector, and no shell is asked."""

from __future__ import annotations

import re

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call, Expr
from mcp_lsp_analyzers.fix import RunWithoutShell
from mcp_lsp_analyzers.pattern import pattern

from .draft import Draft
from .imports import Imports
from .literals import Hole, Part, parts, written
from .locate import Node, Site, Source, assigned_once, walk

# What a shell does with these outside quotes cannot be said in an argument vector.
_SHELL = set("|&;<>()$`*?[]#~{}!\n\r")
_SUBPROCESS = {"run", "Popen", "call", "check_call", "check_output"}
_EXEC = {"exec": "execFile", "execSync": "execFileSync"}


def run_without_shell(recipe: RunWithoutShell, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.call)
    call = site.node(Call) if site else None
    if site is None or call is None:
        return False
    command = call.positional(0) or call.keyword("args") or call.keyword("cmd")
    if command is None:
        return False
    assigned = assigned_once(site, command)
    found = parts(site, assigned.value if assigned is not None and assigned.value is not None else command)
    bare: list[Hole] = []
    words = _words(found, bare) if found is not None else None
    if not words or not _is_program(site, words[0]) or not all(_is_word(site, hole.expr) for hole in bare):
        return False
    if len(words) == 1 and not isinstance(words[0][0], str):
        return False  # the whole command is in a variable, with words of its own
    vector = [_element(site, word) for word in words]
    if source.python:
        return _python(site, call, command, assigned, vector, draft, imports)
    return _script(site, call, command, vector, draft, imports)


def _is_program(site: Site, word: list[Part]) -> bool:
    """Whether the first word can be what is run: written out, or in a variable that is no argument of the function."""
    if all(isinstance(part, str) for part in word):
        return True
    only = word[0] if len(word) == 1 else None
    if not isinstance(only, Hole) or not isinstance(only.expr, code.Name) or only.form:
        return False
    names = {n.id for f in site.functions for p in f.params for n in walk(p.target) if isinstance(n, code.Name)}
    return only.expr.id not in names


def _element(site: Site, word: list[Part]) -> str:
    """One argument. A vector takes strings only, so what may be a number becomes one."""
    hole = word[0] if len(word) == 1 else None
    if isinstance(hole, Hole) and not hole.form and not _is_string(site, hole.expr):
        return f"str({hole.text})" if site.source.python else f"String({hole.text})"
    return written(site.source, word)


_STRING = pattern(r"\bstr(ing)?\b")


def _is_string(site: Site, expr: Expr | None) -> bool:
    """Whether an expression is known to be a string, or (TypeScript) not known to be anything else."""
    if isinstance(expr, (code.Str, code.Join)):
        return True
    if isinstance(expr, Call):
        return isinstance(expr.callee, code.Name) and expr.callee.id in ("str", "String")
    if not isinstance(expr, code.Name):
        return not site.source.python and isinstance(expr, (code.Attr, code.Index))
    for function in site.functions:
        for param in function.params:
            if param.name == expr.id and param.annotation is not None:
                return _STRING.search(site.text(param.annotation)) is not None
    if site.source.python:
        return False
    # The zod type of a destructured argument stands in the registration around the handler.
    for node in (n for top in site.path[:1] for n in walk(top)):
        if isinstance(node, code.Pair) and isinstance(node.key, code.Str) and node.key.value == expr.id:
            if isinstance(node.value, Call):
                return not re.search(r"\b(number|int|bigint|boolean|date)\b", site.text(node.value))
    return True


def _uses(site: Site, name: Expr) -> int:
    """How often the function reads a variable that it assigns once."""
    wanted = name.id if isinstance(name, code.Name) else ""
    return sum(isinstance(n, code.Name) and n.id == wanted for n in walk(site.functions[0])) - 1


_SEVERAL = pattern(r"(?i)(^|_|(?<=[a-z])(?=[A-Z]))(args?|arguments|argv|options|opts|flags|switches|command|cmd)$")


def _is_word(site: Site, expr: Expr | None) -> bool:
    """Whether a shell sees exactly one word in what is put in without quotes. It does not where that is called
    ``options``, is put together from several, or may be empty."""
    if expr is None:
        return True
    if isinstance(expr, (code.Name, code.Attr)) and _SEVERAL.search(code.last_name(expr)):
        return False
    values: list[Node] = [expr]
    if isinstance(expr, code.Name) and site.functions:
        values += [param.default for f in site.functions for param in f.params if param.name == expr.id]
        for node in walk(site.functions[0]):
            if isinstance(node, code.Assign) and isinstance(node.target, code.Name) and node.target.id == expr.id:
                values.append(node.value)
    return not any(_is_no_word(node) for value in values if value is not None for node in walk(value))


def _is_no_word(node: Node) -> bool:
    if isinstance(node, code.Str):
        return not node.value or re.search(r"\s", node.value) is not None
    return isinstance(node, Call) and code.last_name(node.callee) == "join"


def _words(found: list[Part], bare: list[Hole]) -> list[list[Part]] | None:
    """A command split as a POSIX shell splits it; ``None`` where only a shell could run it. ``bare`` gets what is put
    in outside quotes."""
    words: list[list[Part]] = []
    word: list[Part] | None = None
    quote = ""
    for part in found:
        if isinstance(part, Hole):
            word = [*(word or []), part]
            if not quote:
                bare.append(part)
            continue
        escaped = False
        for char in part:
            if escaped:
                escaped = False
            elif quote:
                if char == quote:
                    quote = ""
                    continue
                if quote == '"' and char in "$`":
                    return None
                if quote == '"' and char == "\\":
                    escaped = True
                    continue
            elif char in "'\"":
                quote = char
                word = word or []
                continue
            elif char == "\\":
                escaped = True
                continue
            elif char in " \t":
                if word is not None:
                    words.append(word)
                word = None
                continue
            elif char in _SHELL:
                return None
            if word is None:
                word = []
            if word and isinstance(word[-1], str):
                word[-1] += char
            else:
                word.append(char)
        if escaped:
            return None
    if quote:
        return None
    if word is not None:
        words.append(word)
    first = words[0][0] if words and words[0] else ""
    if isinstance(first, str) and re.match(r"\w+=", first):
        return None  # a variable set for one command
    return [w or [""] for w in words]


def _python(
    site: Site,
    call: Call,
    command: Expr,
    assigned: code.Assign | None,
    vector: list[str],
    draft: Draft,
    imports: Imports,
) -> bool:
    from mcp_lsp.syntax import rewrite  # loads libcst

    target = site.source.scope.dotted(call.callee) or ""
    module, _, name = target.rpartition(".")
    listed = f"[{', '.join(vector)}]"
    start, end = call.start + site.base, call.end + site.base
    if module == "subprocess" and name in _SUBPROCESS:
        shell = call.keyword("shell")
        if not (isinstance(shell, code.Const) and shell.value is True) or call.keyword("executable") is not None:
            return False
        if assigned is not None and assigned.annotation is None and _uses(site, command) == 1:
            value = assigned.value or command
            draft.replace(value.start + site.base, value.end + site.base, listed)
            listed = site.text(command)
        positional = {0: listed} if call.positional(0) is command else {}
        keywords = {} if positional else {"args": listed}
        new = rewrite.edited_call(site.text(call), positional=positional, keywords=keywords, drop=("shell",))
    elif module == "asyncio" and name == "create_subprocess_shell":
        callee = site.text(call.callee).removesuffix("create_subprocess_shell") + "create_subprocess_exec"
        if isinstance(call.callee, code.Name):
            callee = imports.need("asyncio", "create_subprocess_exec", site) or ""
        if call.positional(0) is not command or not callee:
            return False
        new = rewrite.edited_call(site.text(call), callee=callee, positional={0: vector[0]}, behind={0: vector[1:]})
    else:
        subprocess = imports.need("subprocess", None, site)
        if subprocess is None or len(call.args) != 1:
            return False
        around = site.around(code.Attr, of=call) if site.path[-1] is call or call in site.path else None
        if target == "subprocess.getoutput":
            new = f"{subprocess}.run({listed}, stdout={subprocess}.PIPE, stderr={subprocess}.STDOUT, text=True)"
            new += '.stdout.removesuffix("\\n")'
        elif target == "os.system":
            done = site.around(code.Do, of=call)
            alone = done is not None and done.value is call
            new = f"{subprocess}.run({listed}, check=False)" + ("" if alone else ".returncode")
        elif target == "os.popen":
            if around is None or around.value is not call or around.name != "read":
                return False
            reading = site.around(Call, of=around)
            if reading is None or reading.callee is not around or reading.args:
                return False
            end = reading.end + site.base
            new = f"{subprocess}.run({listed}, stdout={subprocess}.PIPE, text=True).stdout"
        else:
            return False
    if new is None or not rewrite.is_expression(new):
        return False
    draft.replace(start, end, new)
    return True


def _script(site: Site, call: Call, command: Expr, vector: list[str], draft: Draft, imports: Imports) -> bool:
    target = site.source.scope.dotted(call.callee) or ""
    module, _, name = target.rpartition(".")
    if module != "child_process" or call.positional(0) is not command:
        return False
    start, end = command.start + site.base, command.end + site.base
    listed = f"[{', '.join(vector[1:])}]"
    if name in ("spawn", "spawnSync"):
        options = call.args[-1].value if len(call.args) == 2 else None
        pair = next((p for p in options.pairs if _key(p) == "shell"), None) if isinstance(options, code.Dict) else None
        if pair is None or not isinstance(options, code.Dict):
            return False
        draft.replace(start, end, f"{vector[0]}, {listed}")
        _drop_pair(site, options, pair, draft)
        return True
    if name not in _EXEC:
        return False
    options = next((a.value for a in call.args[1:] if isinstance(a.value, code.Dict)), None)
    if options is not None and any(_key(p) == "shell" for p in options.pairs):
        return False
    callee = _exec_file(site, call.callee, name, draft, imports)
    if callee is None:
        return False
    draft.replace(call.callee.start + site.base, call.callee.end + site.base, callee)
    draft.replace(start, end, f"{vector[0]}, {listed}")
    return True


def _exec_file(site: Site, callee: Expr, name: str, draft: Draft, imports: Imports) -> str | None:
    """What to call instead: ``cp.execFile``, ``execFile``, or a promisified form of it beside the one of ``exec``."""
    wanted = _EXEC[name]
    if isinstance(callee, code.Attr):
        return f"{site.text(callee.value)}.{wanted}"
    if not isinstance(callee, code.Name):
        return None
    binding = site.source.module.binding(callee.id)
    if binding is not None and isinstance(binding.value, code.Call):
        return _promisified(site, callee.id, binding.value, binding.unit.anchor.start, draft, imports)
    if binding is None or binding.imported is None:
        return None
    return imports.need("child_process", wanted, site)


def _promisified(site: Site, old: str, made: Call, base: int, draft: Draft, imports: Imports) -> str | None:
    """``const execFileAsync = promisify(execFile);`` behind the same for ``exec``, where it is not there yet."""
    new = re.sub(r"(?i)exec", lambda m: f"{m.group()}File", old, count=1) if "xec" in old else f"{old}File"
    there = site.source.module.binding(new)
    if there is not None:
        value = there.value
        dotted = site.source.scope.dotted(value) if value is not None else None
        return new if dotted == "child_process.execFile" else None
    inner = made.positional(0)
    file: str | None
    if isinstance(inner, code.Attr):
        file = site.source.text[inner.value.start + base : inner.value.end + base] + ".execFile"
    else:
        file = imports.need("child_process", "execFile")
    if file is None:
        return None
    text, callee = site.source.text, made.callee
    written_callee = text[callee.start + base : callee.end + base]
    end = made.end + base
    if text[end : end + 1] == ";":
        end += 1
    draft.insert(end, f"{site.source.newline}const {new} = {written_callee}({file}){site.source.semicolon}")
    return new


def _key(pair: code.Pair) -> str:
    return pair.key.value if isinstance(pair.key, code.Str) else ""


def _drop_pair(site: Site, options: code.Dict, pair: code.Pair, draft: Draft) -> None:
    i = options.pairs.index(pair)
    if len(options.pairs) == 1:
        draft.replace(options.start + site.base, options.end + site.base, "{}")
    elif i + 1 < len(options.pairs):
        draft.replace(pair.start + site.base, options.pairs[i + 1].start + site.base, "")
    else:
        draft.replace(options.pairs[i - 1].end + site.base, pair.end + site.base, "")
