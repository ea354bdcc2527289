"""Python expressions and import statements, changed without touching what stands around the change. The only importer
of libcst: whoever needs this module imports it lazily, because libcst costs 0.1 s to load.

Everything here takes the text of one expression or statement and gives the new text, or ``None`` where the text is not
what it should be (half-typed, another construct). Comments and line breaks inside the text stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Union

import libcst as cst

Element = Any  # cst.Arg, cst.DictElement or cst.ImportAlias: each has a comma behind it


def edited_call(
    text: str,
    *,
    callee: str | None = None,
    keywords: Mapping[str, str] | None = None,
    positional: Mapping[int, str] | None = None,
    drop: Iterable[str] = (),
    behind: Mapping[int, Sequence[str]] | None = None,
) -> str | None:
    """A call with another callee, with keyword arguments set, positional ones replaced (by index), some left out
    (``drop``: keywords, or positions as digits), and further positional ones ``behind`` an index."""
    call = _expression(text)
    if not isinstance(call, cst.Call):
        return None
    dropped = set(drop)
    wanted = dict(keywords or {})
    if any(arg.star for arg in call.args) and (positional or behind or any(d.isdigit() for d in dropped)):
        return None
    args: list[cst.Arg] = []
    place = 0
    for arg in call.args:
        if arg.keyword is None and not arg.star:
            value = (positional or {}).get(place)
            if str(place) not in dropped:
                args.append(arg if value is None else arg.with_changes(value=_must(value)))
            args += [cst.Arg(_must(fresh)) for fresh in (behind or {}).get(place, ())]
            place += 1
        elif arg.keyword is not None and arg.keyword.value in dropped:
            continue
        elif arg.keyword is not None and arg.keyword.value in wanted:
            args.append(arg.with_changes(value=_must(wanted.pop(arg.keyword.value))))
        else:
            args.append(arg)
    if len(args) == 1 and isinstance(args[0].value, cst.GeneratorExp) and wanted:
        generator = args[0].value
        if not generator.lpar:
            args[0] = args[0].with_changes(
                value=generator.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
            )
    kept = _spaced(args, call.args, call.whitespace_before_args)
    fresh_args = [
        cst.Arg(
            _must(value),
            keyword=cst.Name(name),
            equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
        )
        for name, value in wanted.items()
    ]
    done = call.with_changes(args=_appended(kept, fresh_args, call.whitespace_before_args))
    if callee is not None:
        done = done.with_changes(func=_must(callee))
    return _code(done)


def edited_dict(text: str, keys: Mapping[str, str]) -> str | None:
    """A dictionary literal with string keys set."""
    found = _expression(text)
    if not isinstance(found, cst.Dict):
        return None
    wanted = dict(keys)
    elements: list[cst.BaseDictElement] = []
    for element in found.elements:
        key = element.key if isinstance(element, cst.DictElement) else None
        name = key.evaluated_value if isinstance(key, cst.SimpleString) else None
        if isinstance(name, str) and name in wanted:
            element = element.with_changes(value=_must(wanted.pop(name)))
        elements.append(element)
    fresh = [cst.DictElement(_must(quoted(name)), _must(value)) for name, value in wanted.items()]
    if elements and not all(isinstance(e, (cst.DictElement, cst.StarredDictElement)) for e in elements):
        return None
    before, closing = found.lbrace.whitespace_after, found.rbrace.whitespace_before
    appended = _appended(elements, fresh, before)
    if fresh and elements:
        appended, closing = _comment_kept(appended, len(elements) - 1, closing)
    return _code(found.with_changes(elements=appended, rbrace=cst.RightCurlyBrace(closing)))


def extended_import(text: str, names: Iterable[str]) -> str | None:
    """``from m import a`` with more names. ``None`` for any other statement, and for a star."""
    try:
        statement = cst.parse_statement(text)
    except Exception:  # ParserSyntaxError, and what the parser raises for characters it does not know
        return None
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return None
    found = statement.body[0]
    if not isinstance(found, cst.ImportFrom) or isinstance(found.names, cst.ImportStar):
        return None
    present = {alias.evaluated_name for alias in found.names if alias.asname is None}
    fresh = [cst.ImportAlias(cst.Name(name)) for name in names if name not in present]
    if not fresh:
        return text
    before = found.lpar.whitespace_after if found.lpar else cst.SimpleWhitespace("")
    names_now = _sorted_in(list(found.names), fresh, before)
    body = found.with_changes(names=names_now)
    if found.rpar is not None and names_now[-1] is not found.names[-1]:
        last = next(i for i, alias in enumerate(names_now) if alias.evaluated_name == found.names[-1].evaluated_name)
        names_now, closing = _comment_kept(names_now, last, found.rpar.whitespace_before)
        body = body.with_changes(names=names_now, rpar=cst.RightParen(closing))
    done = cst.Module([]).code_for_node(statement.with_changes(body=[body]))
    return done if text.endswith("\n") else done.removesuffix("\n")


def is_expression(text: str) -> bool:
    return _expression(text) is not None


def quoted(value: str) -> str:
    """A Python string literal in double quotes; what does not print is escaped."""
    out = ['"']
    for char in value:
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif char == "\t":
            out.append("\\t")
        elif char == "\r":
            out.append("\\r")
        elif char.isprintable():
            out.append(char)
        else:
            code = ord(char)
            out.append(f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}")
    out.append('"')
    return "".join(out)


# ---------------------------------------------------------------- how

Space = Union[cst.SimpleWhitespace, cst.ParenthesizedWhitespace, cst.BaseParenthesizableWhitespace]


def _expression(text: str) -> cst.BaseExpression | None:
    try:
        # The parentheses let an expression run over several lines, as it may where it was taken from.
        found = cst.parse_expression(text)
    except Exception:
        return None
    return found


def _must(text: str) -> cst.BaseExpression:
    return cst.parse_expression(text)


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def _breaks(space: object) -> bool:
    return isinstance(space, cst.ParenthesizedWhitespace)


def _appended(items: Sequence[Element], fresh: Sequence[Element], before: Space) -> list[Element]:
    """``fresh`` behind ``items``: one per line where the items stand one per line, with their trailing comma kept."""
    if not fresh:
        return list(items)
    if not items:
        spread = [item.with_changes(comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))) for item in fresh]
        spread[-1] = spread[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return spread
    between: Space = cst.SimpleWhitespace(" ")
    if len(items) > 1 and isinstance(items[0].comma, cst.Comma) and _breaks(items[0].comma.whitespace_after):
        between = _plain(items[0].comma.whitespace_after)
    elif _breaks(before) and len(items) == 1:
        between = _plain(before)
    last = items[-1]
    comma = last.comma
    tail: cst.Comma | None = None
    if isinstance(comma, cst.Comma):  # a trailing comma: what follows it belongs to the closing bracket
        after = comma.whitespace_after
        tail = cst.Comma(whitespace_after=_without_comment(after))
        last = last.with_changes(comma=cst.Comma(whitespace_after=_with_comment(between, after)))
    elif _breaks(_after(last)):
        # no trailing comma, but the closing bracket stands on a line of its own
        after = _after(last)
        if len(items) > 1 and not _breaks(between):
            between = cst.SimpleWhitespace(" ")
        last = _set_after(last, _NONE)
        last = last.with_changes(comma=cst.Comma(whitespace_after=_with_comment(between, after)))
        fresh = [*fresh[:-1], _set_after(fresh[-1], _without_comment(after))]
    else:
        last = last.with_changes(comma=cst.Comma(whitespace_after=between))
    added = [item.with_changes(comma=cst.Comma(whitespace_after=between)) for item in fresh]
    added[-1] = added[-1].with_changes(comma=tail or cst.MaybeSentinel.DEFAULT)
    return [*items[:-1], last, *added]


def _sorted_in(items: list[cst.ImportAlias], fresh: list[cst.ImportAlias], before: Space) -> list[cst.ImportAlias]:
    """Import names where they belong alphabetically if the others stand so, else behind the last."""
    for alias in fresh:
        names = [item.evaluated_name for item in items]
        key = str(alias.evaluated_name)
        at = next((i for i, name in enumerate(names) if _order(name) > _order(key)), len(items))
        if at == len(items) or names != sorted(names, key=_order):
            items = _appended(items, [alias], before)
            continue
        following = items[at - 1].comma if at else items[0].comma
        space: Space = cst.SimpleWhitespace(" ")
        if isinstance(following, cst.Comma) and len(items) > 1:
            space = _plain(following.whitespace_after)
        elif _breaks(before):
            space = _plain(before)
        items.insert(at, alias.with_changes(comma=cst.Comma(whitespace_after=space)))
    return items


def _order(name: str) -> tuple[int, str]:
    """Constants, classes, functions: as the usual sorters of imports do it."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


def _spaced(args: list[cst.Arg], before: Sequence[cst.Arg], first: Space) -> list[cst.Arg]:
    """Arguments after some were replaced, inserted or left out: each but the last has a comma, the last keeps what
    stood behind the last one before."""
    if not args or not before or [id(a) for a in args] == [id(a) for a in before]:
        return args
    spare = next(
        (a.comma.whitespace_after for a in before[:-1] if isinstance(a.comma, cst.Comma)),
        _plain(first) if _breaks(first) else cst.SimpleWhitespace(" "),
    )
    done = []
    for i, arg in enumerate(args):
        if i < len(args) - 1:
            if not isinstance(arg.comma, cst.Comma) or arg is before[-1]:
                arg = arg.with_changes(comma=cst.Comma(whitespace_after=spare), whitespace_after_arg=_NONE)
        else:
            arg = arg.with_changes(comma=before[-1].comma, whitespace_after_arg=before[-1].whitespace_after_arg)
        done.append(arg)
    return done


_NONE = cst.SimpleWhitespace("")


def _comment_kept(items: list[Element], last: int, closing: Space) -> tuple[list[Element], Space]:
    """The comment in front of the closing bracket stays with the item that was the last one before."""
    comma = items[last].comma
    if not isinstance(closing, cst.ParenthesizedWhitespace) or not isinstance(comma, cst.Comma):
        return items, closing
    after = _with_comment(comma.whitespace_after, closing)
    done = [*items]
    done[last] = items[last].with_changes(comma=cst.Comma(whitespace_after=after))
    return done, _plain(closing)


def _after(item: Element) -> Space:
    return item.whitespace_after_arg if isinstance(item, cst.Arg) else _NONE


def _set_after(item: Element, space: Space) -> Element:
    return item.with_changes(whitespace_after_arg=space) if isinstance(item, cst.Arg) else item


def _plain(space: Space) -> Space:
    """The same line break without comments and empty lines."""
    if isinstance(space, cst.ParenthesizedWhitespace):
        line = space.first_line.with_changes(whitespace=_NONE, comment=None)
        return space.with_changes(first_line=line, empty_lines=[])
    return space


def _with_comment(space: Space, of: Space) -> Space:
    """``space``, with the comment that stood at the end of the line of ``of``."""
    if not isinstance(of, cst.ParenthesizedWhitespace):
        return space
    if isinstance(space, cst.ParenthesizedWhitespace):
        return space.with_changes(first_line=of.first_line, empty_lines=of.empty_lines)
    return space if of.first_line.comment is None else of


def _without_comment(space: Space) -> Space:
    return _plain(space)
