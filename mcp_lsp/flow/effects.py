"""What calls of known functions and methods do with the choices they are given: other forms of them, paths, addresses.

`library` says which function does what; `texts`, `containers`, `matching` and `handing` hold the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Call, Expr, Index, Opaque
from mcp_lsp_analyzers.pattern import pattern

from .calls import called_with
from .comparisons import confined
from .conditions import chosen_root, facts
from .evaluate import EFFECTS
from .guards import FREE, both, guard, kinds
from .joining import path_joined
from .library import returned
from .taints import JOINED, Taint, merged
from .values import UNKNOWN, Const, Func, Obj, Seq, Value, all_taints, named

if TYPE_CHECKING:
    from .calls import At


def subject(at: At) -> Value:
    """What a function or method works on: its receiver where that holds a choice, else its first argument."""
    if at.base.taints or (at.base.shape is not None and type(at.base.shape) is not Obj):
        return at.base
    return at.args.value(0) if at.args.plain or at.args.rest else next((v for v, _ in at.args.keys.values()), UNKNOWN)


def kept_name(at: At) -> str:
    return returned(at.name) if at.name.startswith("pathlib.") else ""


def same(at: At) -> Value:
    value = subject(at)
    if not value.taints:
        return Value((), value.shape, kept_name(at) or value.name, None, None, value.tail)
    call = at.call
    fact = FREE
    gone = (at.args.value(0).string or "") if at.method in ("strip", "lstrip") else ""
    for sign, kind in (("-", "not-option"), ("/", "not-absolute")):
        fact = both(fact, guard(kind, "", at.f.spot(call))) if sign in gone else fact
    taints = tuple(t.same_as(call, fact) if t.aspect != "test" else t for t in value.taints)
    if "/" in gone:
        taints = tuple(_unrooted(at, taint) for taint in taints)
    return Value(taints, value.shape, kept_name(at))


def _unrooted(at: At, taint: Taint) -> Taint:
    """``os.path.normpath("/" + name).lstrip("/")``: a way down from wherever it is joined to."""
    begins = taint.before and not taint.before.strip("/") and "resolved" in kinds(taint.guards)
    if not begins or ("resolved", "os.path.normpath") not in {fact[:2] for way in taint.guards for fact in way}:
        return taint
    taint = taint.under(both(taint.guards, guard("no-dotdot", "", at.f.spot(at.call))))
    taint.before = ""
    return taint


def syntax(at: At) -> Value:
    """``ast.parse(code)``: whoever takes code apart before running it looks at what is in it."""
    value = at.args.value(0)
    at.s.learn(facts(at.f, value, "checked", at.name, at.call))
    return Value(tuple(t.about("syntax") for t in value.taints if t.aspect != "test"))


def derived(at: At) -> Value:
    value = subject(at)
    if at.method in ("slice", "substring") and value.taints and all(t.aspect == "host" for t in value.taints):
        return Value(tuple(t.same_as(at.call) for t in value.taints))  # without the brackets of an IPv6 address
    if value is at.base and _first_of(at):
        return Value(tuple(t.first() for t in value.taints if t.aspect != "test"))
    taints: tuple[Taint, ...] = ()
    for one in (value, *(v for v, _ in at.args.plain)):
        taints = merged(taints, tuple(t.derived(at.call) for t in all_taints(one) if t.aspect != "test"))
    return Value(taints, None, kept_name(at)) if taints else named(kept_name(at)) if kept_name(at) else UNKNOWN


def _first_of(at: At) -> bool:
    """``text.charAt(0)``, ``text.at(0)``, ``text.slice(0, 1)``"""
    given = tuple(value.constants for value, _ in at.args.plain)
    if at.method in ("charAt", "at"):
        return given in (((0,),), ()) if at.method == "at" else given[:1] in (((0,),), (), (None,))
    return at.method in ("slice", "substring", "substr") and given == ((0,), (1,))


def written(at: At) -> Value:
    """``json.dumps(text)``, ``repr(text)``: a literal, which ends where it ends whatever is in it."""
    value = derived(at)
    fact = guard("written", "", at.f.spot(at.call))
    return Value(tuple(t.under(both(t.guards, fact)) for t in value.taints), value.shape, value.name)


def with_guard(at: At, kind: str, same_thing: bool, detail: str = "") -> Value:
    value = subject(at)
    if not value.taints:
        return Value((), value.shape if type(value.shape) is Const else None, kept_name(at), None, None, value.tail)
    fact = guard(kind, detail, at.f.spot(at.call))
    taints = tuple(
        t.same_as(at.call, fact) if same_thing else t.derived(at.call, fact, kind != "basename")
        for t in value.taints
        if t.aspect != "test"
    )
    return Value(taints, None, kept_name(at))


def coded(at: At) -> Value:
    """``base64.b64encode(text)``, ``bytes.toString("hex")``: only letters, digits, ``+``, ``/`` and ``=`` are left."""
    return with_guard(at, "pattern", False, _CODED)


_CODED = "^[A-Za-z0-9+/=_-]*$"


def decoded(at: At) -> Value:
    value = at.args.value(0)
    return Value(tuple(t.decoded(at.call) for t in value.taints if t.aspect != "test"))


def buffer(at: At) -> Value:
    """``Buffer.from(text, "base64")``; in other encodings it says the same."""
    return decoded(at) if at.args.value(1).string in _CODES else same(at)


def to_string(at: At) -> Value:
    """``buffer.toString("base64")``; most others say the same."""
    return coded(at) if at.args.value(0).string in _CODES else same(at)


_CODES = ("base64", "base64url", "hex")


def folder(at: At) -> Value:
    value = subject(at)
    return Value(tuple(t.folder(at.call) for t in value.taints if t.aspect != "test"), None, kept_name(at))


def resolve(at: At) -> Value:
    value = with_guard(at, "resolved", True, at.name)
    ways = (way for t in subject(at).taints for way in at.s.guards(t))
    if not any(fact[0] in ("confined", "joined") for way in ways for fact in way):
        return value
    # What was found inside a root before its links were followed may be led out of it by them.
    return with_guard(at, "resolved", True, f"late {at.name}")


def basename(at: At) -> Value:
    return with_guard(at, "basename", False)


def quote(at: At) -> Value:
    value = subject(at)
    if type(value.shape) is Seq:
        fact = guard("quoted", "", at.f.spot(at.call))
        return Value(tuple(t.derived(at.call, fact) for t in all_taints(value)))
    return with_guard(at, "quoted", False)


def quote_all(at: At) -> Value:
    """Words of a list, each quoted, one after the other: only the first says what is run. A list of which nothing is
    known may be somebody else's command, which the guard's detail says."""
    value = subject(at)
    if type(value.shape) is not Seq:
        fact = guard("quoted", "words", at.f.spot(at.call))
        return Value(tuple(t.derived(at.call, fact) for t in all_taints(value)))
    program = all_taints(value.shape.items[0]) if value.shape.items else ()
    return Value(merged(tuple(t.derived(at.call) for t in program), quote(at).taints))


def encode(at: At) -> Value:
    """``detail``: "segment" where no slash is left as it is."""
    whole = at.name == "urllib.parse.quote" and at.args.value(1, "safe").string != ""
    return with_guard(at, "encoded", False, "" if whole or at.name in _SLASHED else "segment")


_SLASHED = frozenset(("escape", "URLSearchParams"))


def literal(at: At) -> Value:
    return with_guard(at, "literal", False)


def escape(at: At) -> Value:
    return with_guard(at, "escaped", False)


def identifier(at: At) -> Value:
    return with_guard(at, "identifier", False)


def about(at: At, aspect: str) -> Value:
    value = subject(at)
    return Value(tuple(t.about(aspect) for t in value.taints if t.aspect != "test"))


def url(at: At) -> Value:
    """A URL taken apart. In ``new URL(path, base)`` the base says which host it is, where the path cannot name one."""
    taints = about(at, "url").taints
    base = at.args.value(1) if at.call.new else UNKNOWN
    if base.taints and "://" not in (at.args.value(0).string or "") and all(taint.before for taint in taints):
        taints = merged(taints, tuple(t.about("url") for t in base.taints if t.aspect != "test"))
    # Node's older ``url.parse`` leaves ``..`` where it is.
    return Value(taints, None, at.name if at.name == "url.parse" else "")


def decode(at: At) -> Value:
    """``%2e%2e%2f`` comes out of it as ``../``: what was free of that is so no more."""
    value = at.args.value(0)
    found = []
    for taint in value.taints:
        guards = tuple(frozenset(fact for fact in way if _lasts(*fact[:2])) for way in at.s.guards(taint))
        found.append(taint.unescaped(at.call, guards))
    return Value(tuple(found))


def _lasts(kind: str, detail: str) -> bool:
    """What holds of a text after it was decoded, because it says which characters there are, or which text it is."""
    return kind in _LASTING or (kind == "pattern" and not _HIDES.search(detail))


_LASTING = frozenset(("choices", "number", "identifier", "host-allowed", "private-refused", "confined", "joined"))
_HIDES = pattern(r"[%&]|\\x25|\[\^|(?<!\\)\.(?![^\[]*\])|\\[SDW]")
"""Where an expression admits what a code begins with: that itself, all but some characters, any."""


def address(at: At) -> Value:
    value = at.args.value(0, "host")
    found = Value(tuple(t.about("address") for t in value.taints if t.aspect != "test"))
    # ``dns.lookup(host, (error, address) => …)``

    for callback, node in at.args.plain[1:]:
        if type(callback.shape) is Func:
            called_with(at, callback, [UNKNOWN, found], node)
    return found


def looked_up(at: At) -> Value | None:
    """``super().resolve(host)``, ``resolver.resolve(host)``"""
    return address(at) if any(t.aspect == "host" for t in at.args.value(0, "host").taints) else None


def extension(at: At) -> Value:
    return about(at, "extension")


def joinpath(at: At) -> Value:
    parts = [v for v, _ in at.args.plain]
    if at.args.rest is not None:
        parts.append(at.args.rest[0])
    if at.method == "joinpath":
        parts.insert(0, at.base)
    if len(parts) == 2 and parts[0].name in _HOME and at.args.rest is None and _cut(at.args.plain[-1][1]):
        parts = parts[1:]  # ``~`` written out: any path of this form is meant, not one below
    name = "pathlib.Path" if at.name.startswith("pathlib.") or at.base.name == "pathlib.Path" else ""
    if at.f.run.language == "node":
        parts = [*parts[:1], *(_rooted(at, part) for part in parts[1:])]
    value = path_joined(at.f, at.call, parts, name, absolute=at.f.run.language == "python")
    if at.f.run.language == "python" or not value.taints:
        return value
    # ``x/..`` is taken out as text, whether there is an x or not.
    fact = guard("normalised", at.name, at.f.spot(at.call))
    taints = tuple(t.under(both(t.guards, fact)) for t in value.taints)
    return Value(taints, value.shape, value.name, None, None, value.tail)


_ABSOLUTE = frozenset(
    ("path.resolve", "fs.realpath", "fs.realpathSync", "fs.realpath.native", "fs.realpathSync.native")
)


_WITHOUT_DOTS = frozenset(("resolved", "normalised"))
_AS_TEXT = frozenset(("path.normalize", "path.join"))


def _rooted(at: At, part: Value) -> Value:
    """``path.join(root, path.normalize("/" + name))``, ``path.join(root, path.join("/", name))``: nothing absolute
    leads above its own beginning."""
    fact = guard("no-dotdot", "", at.f.spot(at.call))
    found = []
    for taint in part.taints:
        ways = {f[1] for way in taint.guards for f in way if f[0] in _WITHOUT_DOTS}
        begins = taint.before.startswith("/") and not ways.isdisjoint(_AS_TEXT)
        known = not _WITHOUT_DOTS.isdisjoint(kinds(taint.guards))
        absolute = known and (begins or not ways.isdisjoint(_ABSOLUTE))
        if absolute:
            taint = taint.under(both(taint.guards, fact))
            taint.before = taint.before.replace(JOINED, "")
        found.append(taint)
    return Value(tuple(found), part.shape, part.name, part.yes, part.no, part.tail)


_HOME = frozenset(("os.homedir", "pathlib.Path.home", "process.env.HOME", "os.userInfo.homedir"))


def _cut(node: Expr) -> bool:
    """Whether a text is given without its beginning: ``path.slice(1)``, ``path[2:]``."""
    if isinstance(node, Index):
        return isinstance(node.index, Opaque)
    return isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name in _CUTS


_CUTS = frozenset(("slice", "substring", "substr", "replace", "removeprefix"))


def joinresolve(at: At) -> Value:
    """JavaScript's ``path.resolve``: joined, where a later absolute segment wins, and made absolute."""
    parts = [v for v, _ in at.args.plain]
    if len(parts) > 1 and parts[0].name == "process.cwd":
        parts = parts[1:]  # it begins there anyway
    value = path_joined(at.f, at.call, parts, "", absolute=True)
    fact = guard("resolved", at.name, at.f.spot(at.call))
    return Value(tuple(t.under(both(t.guards, fact)) for t in value.taints), None, value.name)


def safejoin(at: At) -> Value:
    value = path_joined(at.f, at.call, [v for v, _ in at.args.plain])
    fact = guard("confined", at.name, at.f.spot(at.call))
    return Value(tuple(t.derived(at.call, fact) for t in value.taints))


def relative(at: At) -> Value:
    """``path.relative(root, path)``, ``os.path.relpath(path, root)``: how to get from a root to the path."""
    method = at.method == "relative_to"
    if method:
        value, root = at.base, at.args.value(0)
    elif at.name == "path.relative":
        value, root = at.args.value(1), at.args.value(0)
    else:
        value, root = at.args.value(0), at.args.value(1, "start")
    if chosen_root(root, at.s):
        return derived(at)
    if method:
        # It raises where the path is not inside.
        at.s.learn(confined(at.f, value, at.call))
        return Value(tuple(t.same_as(at.call) for t in value.taints), None, "pathlib.Path")
    return Value(tuple(t.about("relative") for t in value.taints if t.aspect != "test"))


def common(at: At) -> Value:
    return _common(at, "common")


def charcommon(at: At) -> Value:
    return _common(at, "charcommon")


def _common(at: At, aspect: str) -> Value:
    value = at.args.value(0)
    taints = [t for t in all_taints(value) if t.aspect != "test"]
    return Value(tuple(t.about(aspect) for t in taints))


EFFECTS.update({
    "same": same, "syntax": syntax, "derived": derived, "written": written, "folder": folder,
    "resolve": resolve, "basename": basename, "quote": quote, "quoteall": quote_all,
    "encode": encode, "escape": escape, "literal": literal, "coded": coded, "decoded": decoded,
    "buffer": buffer, "tostring": to_string,
    "identifier": identifier, "url": url,
    "address": address, "lookedup": looked_up, "decode": decode, "extension": extension, "joinpath": joinpath,
    "joinresolve": joinresolve, "safejoin": safejoin,
    "relative": relative, "common": common, "charcommon": charcommon,
})  # fmt: skip
