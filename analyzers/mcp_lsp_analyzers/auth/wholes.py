"""What an object that is shown whole has in it, told by what is done with it and by what it is declared as."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Class, Expr, Function, Index, Name, as_type, flat, last_name
from ..passage import Passage
from ..walk import Site, body, sites
from .carrying import harmless
from .values import is_secret, name_of, parameter


def read_of(node: Expr, site: Site) -> str:
    """A secret that the same function reads from an object, or from a part of it; "" where it reads none."""
    if not isinstance(node, Name) or site.function is None or _taken_out(node.id, site.function):
        return ""
    wholes = {node.id}
    for other in body(site.function, Attr, Index, Call):
        read = other.node
        assert isinstance(read, (Attr, Index, Call))
        name = name_of(read)
        held = read.callee.value if isinstance(read, Call) and isinstance(read.callee, Attr) else read
        held = held.value if isinstance(held, (Attr, Index)) else held
        if not name or not isinstance(held, Name) or held.id not in wholes:
            continue
        if is_secret(name) and not harmless(read, name, site.function.text):
            return name
        if not isinstance(read, Attr):
            wholes.update(_parts_called(read, site.function))
    return ""


def _taken_out(name: str, function: Function) -> bool:
    """Whether a secret of what is called so is written over, or taken out: ``config["token"] = "***"``."""
    for site in body(function, Assign, Call):
        node = site.node
        part = node.target if isinstance(node, Assign) else node.callee  # type: ignore[attr-defined]
        if not isinstance(part, (Attr, Index)) or not isinstance(part.value, Name) or part.value.id != name:
            continue
        if name_of(part) == "pop" if isinstance(node, Call) else is_secret(name_of(part)):
            return True
    return False


def _parts_called(read: Expr, function: Function) -> Iterator[str]:
    """The variables in which a part of an object is kept: ``authentication = config.get("authentication")``."""
    for site in body(function, Assign):
        assert isinstance(site.node, Assign)
        if site.node.value is read and isinstance(site.node.target, Name):
            yield site.node.target.id


def has_by_type(node: Expr, site: Site, passage: Passage) -> str:
    """A secret that a parameter has by the class or interface it is declared as, in the same file; "" where none."""
    param = parameter(node.id, site.function) if isinstance(node, Name) else None
    if param is None or param.annotation is None:
        return ""
    for named in sites(param.annotation, site.unit, site.function, kinds=(Name,)):
        assert isinstance(named.node, Name)
        bound = passage.declared(as_type(named.node.id)) or passage.declared(named.node.id)
        cls = None if bound is None else bound.cls
        if cls is not None and (cls.only_type or _shows_all(cls)):
            for field, unit in flat(cls.body):
                if isinstance(field, Assign) and is_secret(name := name_of(field.target)):
                    written = (unit or cls.unit).key[field.start : field.end]
                    if not any(word in written for word in ("SecretStr", "repr=False", "boolean", ": bool")):
                        return name
    return ""


def _shows_all(cls: Class) -> bool:
    """Whether the text of an object has all its fields: of a dataclass or a model without a word of its own on it."""
    made_so = {last_name(each.callee if isinstance(each, Call) else each) for each in (*cls.decorators, *cls.bases)}
    own = any(method.name in ("__repr__", "__str__", "toJSON") for method in cls.methods())
    return not own and not _SHOWN_WHOLE.isdisjoint(made_so)


_SHOWN_WHOLE = frozenset(("dataclass", "define", "BaseModel", "BaseSettings", "NamedTuple", "TypedDict"))
