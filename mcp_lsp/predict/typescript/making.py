"""From expressions to zod schemas: what ``z.string()`` makes, and shapes with their spreads, over names and files."""

from __future__ import annotations

from typing import Any

from mcp_lsp.predict.values import json
from mcp_lsp_analyzers.code import (
    Arg,
    Attr,
    Call,
    Class,
    Dict,
    Expr,
    Function,
    Import,
    Index,
    Lambda,
    Name,
    Param,
    Regex,
    Str,
)
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.record import replace

from .chain import ABSENT
from .formats import EMAILS
from .here import Here, Node
from .makers import FOUR, Makers
from .zod import Version, Zod, missing

SIMPLE = frozenset((
    "string", "number", "boolean", "null", "any", "unknown", "never", "date", "bigint", "undefined", "void", "symbol",
    "nan",
))  # fmt: skip
# zod 4: makers of strings and numbers of one form.
FORMS = frozenset((
    "email", "url", "httpUrl", "uuid", "uuidv4", "uuidv6", "uuidv7", "guid", "ipv4", "ipv6", "cidrv4", "cidrv6",
    "base64", "base64url", "nanoid", "cuid", "cuid2", "ulid", "xid", "ksuid", "emoji", "e164", "jwt", "mac",
    "hostname", "hex",
))  # fmt: skip
NUMBERS = frozenset(("int", "int32", "uint32", "float32", "float64"))
DEEPEST = 60


class Making(Makers):
    """Makes the schemas of one prediction. ``version``: of the zod that ``z`` is where no import says more."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self._kept: dict[tuple[int, int], tuple[Zod, object]] = {}
        self._open: set[tuple[int, int]] = set()
        self._again: dict[tuple[int, int], list[Zod]] = {}
        self._depth = 0

    # ------------------------------------------------------------ schemas

    def schema(self, expr: Node, here: Here) -> Zod:
        """The schema that an expression makes. The same expression in the same surroundings makes one object."""
        node, home = here.follow(expr)
        key = (id(node), id(home.where.given) if home.where.given else 0)
        if key in self._open:
            return Zod("again", value=self._again.setdefault(key, []))
        found = self._kept.get(key)
        if found is not None:
            return found[0]
        if self._depth > DEEPEST:
            return missing("it is nested too deeply")
        self._open.add(key)
        self._depth += 1
        made = self._schema(node, home)
        self._depth -= 1
        self._open.discard(key)
        if key in self._again and made.kind != "missing":
            made.cyclic = made
            self._again[key].append(made)
        self._kept[key] = (made, (node, home.where.given))  # kept alive: identities are used again otherwise
        return made

    def _schema(self, node: Node, here: Here) -> Zod:
        if isinstance(node, Call) and not node.new:
            path = self.library(node.callee, here)
            if path:
                return self._made(path, node.args, here)
            if isinstance(node.callee, Attr):
                method = node.callee.name
                base = self.schema(node.callee.value, here)
                if base.kind != "missing" or method in ("describe", "optional", "nullable", "default", "meta"):
                    return self.method(base, method, node.args, here)
                if not here.results(node):
                    return base
            given = here.results(node)
            if len(given) == 1:
                return self.schema(*given[0])
            if isinstance(node.callee, Name) and node.callee.id == "completable" and node.args:
                return self.schema(node.args[0].value, here)
            return missing("it is made by a function that is not seen")
        if isinstance(node, (Attr, Index)):
            return self._part(node, here)
        if isinstance(node, Function) and any(isinstance(d, Name) and d.id == "property" for d in node.decorators):
            given_at = here.sight.results(node, here.where, [])
            if len(given_at) == 1:
                return self.schema(given_at[0].node, here.at(given_at[0].where))
        if isinstance(node, Name):
            return missing(f"`{node.id}` is only known at run time")
        if isinstance(node, (Function, Class, Import, Param)):
            return missing("it comes from outside of the project" if isinstance(node, Import) else "it is no schema")
        return missing("it is no schema that is known")

    def _part(self, node: Attr | Index, here: Here) -> Zod:
        """``Schema.shape.name``, ``List.element``, ``shape["name"]``."""
        name = node.name if isinstance(node, Attr) else json(node.index, here)
        base = node.value
        if isinstance(base, Attr) and base.name == "shape":
            owner = self.schema(base.value, here)
            if owner.shape is not None and isinstance(name, str):
                return owner.shape.get(name) or missing(owner.more or "there is no such property")
        if name == "element":
            owner = self.schema(base, here)
            if owner.kind == "array":
                return owner.inner
        owner = self.schema(base, here) if isinstance(node, Attr) and name in ("in", "out") else missing("")
        if owner.kind == "pipe":
            return owner.of[name == "out"]
        return missing("it is no schema that is known")

    # ------------------------------------------------------------ what z makes

    def library(self, callee: Expr, here: Here) -> tuple[str, ...]:
        """The path of a maker inside of zod: ("string",), ("coerce", "number"); () where it is none."""
        path: tuple[str, ...] = ()
        while isinstance(callee, Attr):
            path = (callee.name, *path)
            callee = callee.value
        if not isinstance(callee, Name):
            return ()
        node, _ = here.follow(callee)
        if isinstance(node, Import):
            if not node.module.removeprefix("npm:").startswith("zod"):
                return path if node.local in ("z", "zod") and node.name in ("z", "zod", "default", "*") else ()
            self._imported(node.module)
            if node.name not in ("z", "default", "*", None):
                path = (node.name, *path)
        elif not (node is callee and callee.id == "z"):
            return ()
        return path[1:] if path[:1] == ("z",) else path

    def _imported(self, module: str) -> None:
        """What an import says of the version: zod 3.25 and 4 each bring both majors."""
        if module.startswith("zod/v3"):
            self.version = Version(3, self.version.minor if self.version.major == 3 else 25)
        elif module.startswith("zod/v4") and self.version.major == 3:
            self.version = Version(4, -1)

    def _made(self, path: tuple[str, ...], args: list[Arg], here: Here) -> Zod:
        word = path[-1].lstrip("_")
        if len(path) == 2 and path[0] == "coerce":
            made = self._made((word,), args, here)
            return replace(made, value="coerce") if made.kind != "missing" else made
        if len(path) == 2 and path[0] == "iso":
            return self._told(Zod("string", checks=((word, self.options(args, 0, here)),)), args[:1], here)
        if len(path) != 1:
            return missing(f"`z.{'.'.join(path)}` is not known")
        plain = [arg.value for arg in args if not arg.spread]
        if len(plain) < len(args):
            return missing("what it is called with is only known at run time")
        four = self.version.major == 4
        if word in SIMPLE:
            return self._told(Zod(word), args, here)
        if four and word in FORMS:
            return self._told(Zod("string", checks=((word, self.options(args, 0, here)), ("maker", None))), args, here)
        if four and word in NUMBERS:
            return self._told(Zod("number", checks=((word, None),)), args, here)
        maker = getattr(self, f"_{word}_", None)
        if maker is None or (word in FOUR and not four):
            return missing(f"`z.{word}` is not known")
        return self._told(maker(plain, here), args[TAKES.get(word, 1) :], here)

    def _told(self, made: Zod, args: list[Arg], here: Here) -> Zod:
        """With the ``description`` among the options of a maker, which zod 3 lists and zod 4 ignores."""
        if self.version.major != 3 or not args or made.kind == "missing":
            return made
        options, there = here.follow(args[0].value)
        said = options.get("description") if isinstance(options, Dict) else None
        return made if said is None else replace(made, description=json(said, there))

    # ------------------------------------------------------------ parts

    def shape(self, expr: Expr, here: Here) -> tuple[dict[str, Zod], Missing | None]:
        """The properties that an object literal of schemas names, and why there may be more."""
        node, home = here.follow(expr)
        if isinstance(node, Attr) and node.name == "shape":
            owner = self.schema(node.value, home)
            if owner.shape is not None:
                return owner.shape, owner.more
            return {}, owner.value if isinstance(owner.value, Missing) else Missing("its shape is not known")
        if isinstance(node, Call):
            given = home.results(node)
            if len(given) == 1:
                return self.shape(*given[0])
        if not isinstance(node, Dict):
            return {}, Missing(f"`{node.id}` is only known at run time" if isinstance(node, Name) else "it is not seen")
        made: dict[str, Zod] = {}
        more: Missing | None = None
        for pair in node.pairs:
            if pair.key is None:
                inner, unknown = self.shape(pair.value, home)
                made.update(inner)
                more = more or unknown
                continue
            key = json(pair.key, home)
            if isinstance(key, (str, int)) and not isinstance(key, bool):
                if not home.undefined(pair.value) or isinstance(pair.value, Lambda):
                    made[str(key)] = self.schema(pair.value, home)
            else:
                more = more or Missing("a key is computed at run time")
        return made, more

    def options(self, args: list[Arg], i: int, here: Here) -> Any:
        """The options that a check or maker is given: a dictionary, or `ABSENT`."""
        if i >= len(args):
            return ABSENT
        node, home = here.follow(args[i].value)
        if isinstance(node, Regex):
            return node
        if isinstance(node, Dict):
            found = json(node, home)
            for pair in node.pairs:  # regular expressions are no JSON, and what some options are
                value, there = home.follow(pair.value)
                if isinstance(pair.key, Str) and isinstance(value, Regex):
                    found[pair.key.value] = value.pattern
                elif isinstance(pair.key, Str) and isinstance(value, Attr) and value.name in EMAILS:
                    if self.library(value, there) == ("regexes", value.name):
                        found[pair.key.value] = EMAILS[value.name]
            return found
        return ABSENT if isinstance(node, Str) else json(args[i].value, here)


# How many arguments stand before a maker's options.
TAKES = {"record": 2, "map": 2, "discriminatedUnion": 2, "preprocess": 2}

__all__ = ["Making"]
