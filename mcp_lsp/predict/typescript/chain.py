"""Methods of zod schemas: what each makes of the schema it is called on, in zod 3 and in zod 4.

zod 3 copies an object's own settings, its description among them, into what ``optional``, ``nullable``, ``default``,
``transform``, ``brand`` and ``catch`` make; ``refine``, ``array`` and ``readonly`` begin anew. zod 4 keeps descriptions
beside the schemas: a wrapper has none of its own and shows the inner one's; a method that makes a new object
(``strict``, ``extend``) loses it. (zod 3.25.76 and 4.6.7, run.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp_lsp.predict.values import json
from mcp_lsp_analyzers.code import Arg, Call, Dict, Expr, Function, Items, Name, Regex
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.record import replace

from .zod import Version, Zod, in_order, missing

if TYPE_CHECKING:
    from .here import Here, Node


class Absent:
    """An argument that is not given."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()

# Methods that change nothing of what is listed, and of which kinds: zod 3 wraps the first kind in "effects".
REFINED = frozenset(("refine", "superRefine", "refinement", "check", "overwrite", "with"))
PLAIN_CHECKS = frozenset(("trim", "toLowerCase", "toUpperCase", "normalize", "slugify", "finite"))
TEXT_CHECKS = frozenset((
    "email", "url", "uuid", "guid", "uuidv4", "uuidv6", "uuidv7", "nanoid", "cuid", "cuid2", "ulid", "xid", "ksuid",
    "emoji", "jwt", "base64", "base64url", "datetime", "date", "time", "duration", "ip", "cidr", "ipv4", "ipv6",
    "cidrv4", "cidrv6", "e164", "lowercase", "uppercase",
))  # fmt: skip
VALUED = frozenset((
    "min", "max", "length", "gt", "gte", "lt", "lte", "multipleOf", "step", "startsWith", "endsWith",
    "includes", "regex",
))  # fmt: skip
# Methods of numbers -> (canonical check, value); "x": the bound itself is left out.
NUMBER_CHECKS: dict[str, tuple[str, Any]] = {
    "positive": ("xmin", 0), "nonnegative": ("min", 0), "negative": ("xmax", 0), "nonpositive": ("max", 0),
    "int": ("int", None), "safe": ("safe", None),
}  # fmt: skip
RENAMED = {"gt": "xmin", "gte": "min", "lt": "xmax", "lte": "max", "step": "multipleOf"}
# Checks of zod 4 as functions -> the methods that do the same.
CHECKS = {
    "minLength": "min", "maxLength": "max", "length": "length", "minimum": "min", "maximum": "max", "gte": "min",
    "lte": "max", "gt": "gt", "lt": "lt", "positive": "positive", "negative": "negative", "multipleOf": "multipleOf",
    "nonnegative": "nonnegative", "nonpositive": "nonpositive", "regex": "regex", "startsWith": "startsWith",
    "endsWith": "endsWith", "includes": "includes", "trim": "trim", "toLowerCase": "toLowerCase",
    "toUpperCase": "toUpperCase", "refine": "refine", "overwrite": "overwrite", "int": "int",
}  # fmt: skip
TOLD_ON = frozenset(("optional", "nullable", "default", "catch", "brand", "transform", "or", "and", "promise"))


class Methods:
    """See `Making`, which is the whole of it."""

    version: Version

    def schema(self, expr: Node, here: Here) -> Zod:
        raise NotImplementedError

    def library(self, callee: Expr, here: Here) -> tuple[str, ...]:
        raise NotImplementedError

    def shape(self, expr: Expr, here: Here) -> tuple[dict[str, Zod], Missing | None]:
        raise NotImplementedError

    def options(self, args: list[Arg], i: int, here: Here) -> Any:
        raise NotImplementedError

    @property
    def four(self) -> bool:
        return self.version.major == 4

    # ------------------------------------------------------------ copies

    def checked(self, base: Zod, *checks: tuple[str, Any]) -> Zod:
        """The same schema with further checks."""
        if self.four:
            # Before 4.3 what was said of the schema was lost here.
            parent = base if self.version.minor >= 3 else None
            return replace(base, checks=(*base.checks, *checks), meta=None, parent=parent)
        return replace(base, checks=(*base.checks, *checks))

    def anew(self, base: Zod, **changes: Any) -> Zod:
        """An object of the same kind with other settings."""
        return replace(base, **changes, meta=None, parent=None) if self.four else replace(base, **changes)

    def wrapped(self, base: Zod, kind: str, method: str, value: Any = None, of: tuple[Zod, ...] = ()) -> Zod:
        told = base.description if not self.four and method in TOLD_ON else None
        return Zod(kind, of or (base,), value=value, description=told)

    # ------------------------------------------------------------ methods

    def method(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        if any(arg.spread for arg in args):
            return missing("what it is called with is only known at run time")
        if method in ("describe", "meta"):
            return self._described(base, method, args, here)
        if method in ("check", "with") and not all(isinstance(here.follow(arg.value)[0], Function) for arg in args):
            return self._each_check(base, args, here)
        if method in REFINED:
            if self.four:
                return self.checked(base)
            return Zod("effects", (base,), value="refine")
        if method in ("optional", "nullable", "readonly", "exactOptional", "nonoptional", "promise"):
            kind = "optional" if method == "exactOptional" else method
            return self.wrapped(base, kind, method)
        if method == "nullish":
            return self.wrapped(self.wrapped(base, "nullable", "nullable"), "optional", "optional")
        if method in ("default", "prefault", "catch"):
            return self.wrapped(base, method, method, self._value([arg.value for arg in args], here))
        if method == "array":
            return self.wrapped(base, "array", method)
        if method in ("or", "and", "pipe") and args:
            other = self.schema(args[0].value, here)
            kind = {"or": "union", "and": "intersection", "pipe": "pipe"}[method]
            return self.wrapped(base, kind, method, of=(base, other))
        if method == "transform":
            if self.four:
                return Zod("pipe", (base, Zod("transform")))
            return self.wrapped(base, "effects", method, "transform")
        if method == "brand":
            return base if self.four else self.wrapped(base, "brand", method)
        if method in ("unwrap", "removeDefault", "innerType", "sourceType") and base.of:
            return base.inner
        if method == "register":
            if len(args) == 2 and self.library(args[0].value, here) == ("globalRegistry",):
                return self._described(base, "meta", args[1:], here)
            return missing("what is registered of it elsewhere is not seen")
        own = {"string": self._string, "number": self._number, "bigint": self._number, "array": self._sized,
               "set": self._sized, "object": self._object, "enum": self._enum, "tuple": self._tuple,
               "date": self._date}.get(base.kind)  # fmt: skip
        if own is None:
            return base if base.kind == "missing" else missing(f"`{method}` is no method of it that is known")
        return own(base, method, args, here)

    def _each_check(self, base: Zod, args: list[Arg], here: Here) -> Zod:
        """``check(z.minLength(2), z.maxLength(5))``: as the methods of these checks."""
        made = base
        for arg in args:
            node, home = here.follow(arg.value)
            path = self.library(node.callee, home) if isinstance(node, Call) else ()
            named = CHECKS.get(path[-1]) if len(path) == 1 else None
            if named is None or not isinstance(node, Call):
                return missing("its checks are written in a form that is not known")
            made = self.method(made, named, node.args, home)
        return made

    def _described(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        if not args:
            return missing(f"`{method}` is given nothing")
        said = json(args[0].value, here)
        if method == "describe":
            if not self.four:
                return replace(base, description=said)
            return replace(base, meta={"description": said}, parent=base)
        if isinstance(said, Missing):
            said = {"*": said}
        if not self.four or not isinstance(said, dict):
            return missing("`meta` is no method of zod 3")
        return replace(base, meta=said, parent=base)

    def _value(self, args: list[Expr], here: Here) -> Any:
        """A default: a value, or what a function without parameters gives."""
        if not args:
            return Missing("it is not given")
        node, home = here.follow(args[0])
        if isinstance(node, Function):
            given = home.sight.results(node, home.where, [])
            if len(given) != 1 or len(node.body) != 1 or isinstance(given[0].node, Function):
                return Missing("a function gives it at run time")
            return json(given[0].node, home.at(given[0].where))  # type: ignore[arg-type]
        return ABSENT if here.undefined(args[0]) else json(args[0], here)

    # ------------------------------------------------------------ methods of one kind

    def _string(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        if method == "nonempty":
            return self.checked(base, ("min", 1))
        if method in PLAIN_CHECKS:
            # zod 3 counts these among the checks of a string, so it is no plain string any more.
            return self.checked(base, (method, None))
        if method in VALUED and args:
            value = self.options(args, 0, here) if method == "regex" else json(args[0].value, here)
            if method == "regex":
                value = self._pattern(args[0].value, here)
            if method == "includes":
                value = (value, self.options(args, 1, here))
            return self.checked(base, (method, value))
        if method in TEXT_CHECKS:
            return self.checked(base, (method, self.options(args, 0, here)))
        return missing(f"`{method}` is no check of a string that is known")

    def _pattern(self, expr: Expr, here: Here) -> Any:
        node, home = here.follow(expr)
        if isinstance(node, Regex):
            return node.pattern
        if isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.id == "RegExp" and node.args:
            source = json(node.args[0].value, home)
            if isinstance(source, str) and "/" not in source and "\n" not in source:
                return source or "(?:)"
        return Missing("its pattern is only known at run time")

    def _number(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        if method in NUMBER_CHECKS:
            check = NUMBER_CHECKS[method]
            if method == "safe" and not self.four:
                return self.checked(base, ("min", -(2**53) + 1), ("max", 2**53 - 1))
            return self.checked(base, ("int", None) if method == "safe" else check)
        if method == "finite":
            return base if self.four else self.checked(base, ("finite", None))
        if method in VALUED and args:
            return self.checked(base, (RENAMED.get(method, method), json(args[0].value, here)))
        return missing(f"`{method}` is no check of a number that is known")

    def _date(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        return self.checked(base, (method, None)) if method in ("min", "max") else missing(f"`{method}` is not known")

    def _sized(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        if method == "nonempty":
            return self.checked(base, ("min", 1))
        if method in ("min", "max", "length", "size") and args:
            return self.checked(base, ("length" if method == "size" else method, json(args[0].value, here)))
        return missing(f"`{method}` is no check of an array that is known")

    def _tuple(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        if method == "rest" and args:
            return self.anew(base, rest=self.schema(args[0].value, here))
        return missing(f"`{method}` is no method of a tuple that is known")

    def _enum(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        chosen = json(args[0].value, here) if args else None
        if method not in ("exclude", "extract") or not isinstance(chosen, list) or not isinstance(base.value, list):
            return missing(f"`{method}` is no method of an enumeration that is known")
        if base.entries is not None and self.four:
            named = {key: base.entries[key] for key in base.entries if (key in chosen) == (method == "extract")}
            return self.anew(base, value=list(named.values()), entries=named)
        kept = [value for value in base.value if (value in chosen) == (method == "extract")]
        return self.anew(base, value=kept if method == "exclude" else chosen)

    def _object(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        shape = base.shape or {}
        if method in ("strict", "strip", "passthrough", "loose", "nonstrict"):
            keys = {"passthrough": "loose", "nonstrict": "loose"}.get(method, method)
            return self.anew(base, keys=keys, rest=None if self.four else base.rest)
        if method == "catchall" and args:
            return self.anew(base, rest=self.schema(args[0].value, here))
        if method in ("extend", "safeExtend", "augment") and args:
            further, more = self.shape(args[0].value, here)
            return self.anew(base, shape={**shape, **further}, more=base.more or more)
        if method == "merge" and args:
            return self._merged(base, self.schema(args[0].value, here))
        if method in ("pick", "omit") and args:
            return self._picked(base, method, args[0].value, here)
        if method in ("partial", "required", "deepPartial"):
            return self._optional(base, method, args, here)
        if method == "keyof":
            return Zod("enum", value=list(in_order(shape))) if base.more is None else missing(base.more)
        return missing(f"`{method}` is no method of an object that is known")

    def _merged(self, base: Zod, other: Zod) -> Zod:
        if other.shape is None:
            return missing("what it is merged with is not known")
        shape = {**(base.shape or {}), **other.shape}
        return Zod("object", shape=shape, more=base.more or other.more, keys=other.keys, rest=other.rest)

    def _mask(self, expr: Expr, here: Here) -> set[str] | Missing:
        mask = json(expr, here)
        if not isinstance(mask, dict) or any(isinstance(value, Missing) for value in mask.values()):
            return (
                mask if isinstance(mask, Missing) else Missing("which properties are meant is only known at run time")
            )
        return {key for key, value in mask.items() if value}

    def _picked(self, base: Zod, method: str, expr: Expr, here: Here) -> Zod:
        mask = self._mask(expr, here)
        if isinstance(mask, Missing):
            return missing(mask)
        if base.more is not None and not mask <= set(base.shape or {}):
            return missing(base.more)
        shape = base.shape or {}
        if method == "pick":
            return self.anew(base, shape={key: shape[key] for key in shape if key in mask}, more=None)
        return self.anew(base, shape={key: value for key, value in shape.items() if key not in mask})

    def _optional(self, base: Zod, method: str, args: list[Arg], here: Here) -> Zod:
        shape = base.shape or {}
        mask: set[str] | Missing = set(shape)
        if args and not isinstance(args[0].value, (Items,)):
            node, _ = here.follow(args[0].value)
            mask = self._mask(args[0].value, here) if isinstance(node, Dict) else Missing("it is not known for which")
        if isinstance(mask, Missing):
            return missing(mask)
        made = {}
        for key, value in shape.items():
            if key not in mask:
                made[key] = value
            elif method == "required":
                made[key] = self._needed(value)
            elif method == "deepPartial":
                made[key] = Zod("optional", (self._deep(value),))
            else:
                made[key] = self.wrapped(value, "optional", "optional")
        return self.anew(base, shape=made)

    def _needed(self, value: Zod) -> Zod:
        if self.four:
            return Zod("nonoptional", (value,))
        while value.kind == "optional":
            value = value.inner
        return value

    def _deep(self, value: Zod) -> Zod:
        if value.kind == "object":
            made = {key: Zod("optional", (self._deep(inner),)) for key, inner in (value.shape or {}).items()}
            return replace(value, shape=made)
        if value.kind == "array":
            return replace(value, of=(self._deep(value.inner),))
        if value.kind in ("optional", "nullable", "tuple"):
            return Zod(value.kind, tuple(map(self._deep, value.of)))
        return value
