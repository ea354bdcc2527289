"""A running server beside its source: what the source foretells, and each thing that was listed at its place in there.

What a server lists has places in the record of the conversation. Where the source has the same thing under the same
pointer, a finding about it belongs there: to the very character where the text is the same, else to the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Union

from mcp_lsp.predict import Listing
from mcp_lsp_analyzers.model import Annotations, Item, Parameter, Prompt, Resource, Server, Tool, parts
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Piece, Place, Text
from mcp_lsp_analyzers.record import NamedTuple, replace
from mcp_lsp_analyzers.rule import Finding

KINDS = (("tools", "name"), ("prompts", "name"), ("resources", "uri"), ("resourceTemplates", "uriTemplate"))


class Own(NamedTuple):
    """A server that was found in the source, and what it will list."""

    server: Server
    listing: Listing

    @property
    def lists(self) -> tuple[tuple[str, str, tuple[Any, ...]], ...]:
        found = (self.listing.tools, self.listing.prompts, self.listing.resources, self.listing.templates)
        return tuple((key, named, each) for (key, named), each in zip(KINDS, found, strict=True))


def behind(names: Iterable[str], found: Sequence[Own]) -> tuple[Own, ...]:
    """Those of the servers in the source that are the one that listed ``names``: what declares most of them, and
    whatever declares some of the rest. All of them, where nothing was listed."""
    left = set(names)
    if not left:
        return tuple(found)
    chosen: list[Own] = []
    waiting = list(found)
    while waiting and left:
        best = max(waiting, key=lambda own: (len(_names(own.server) & left), -len(_names(own.server) - left)))
        if not _names(best.server) & left:
            break
        left -= _names(best.server)
        waiting.remove(best)
        chosen.append(best)
    return tuple(chosen)


def _names(server: Server) -> set[str]:
    return {name for item in server.items for name in (_name(item),) if name}


def _name(item: Item) -> str:
    return (item.uri.value or item.name) if isinstance(item, Resource) else item.name


def expected(owns: Sequence[Own]) -> dict[str, Any]:
    """What is foretold, as a record has it (see `read.sessions`)."""
    told: dict[str, Any] = {key: [] for key, _ in KINDS}
    unknown: list[dict[str, str]] = []
    whole = bool(owns)
    for own in owns:
        whole = whole and not own.server.unread
        for key, named, definitions in own.lists:
            for definition in definitions:
                at = f"/{key}/{len(told[key])}"
                told[key].append(definition.entry)
                unknown += [{"pointer": f"{at}{u.pointer}", "reason": u.reason} for u in definition.unknown]
                whole = whole and named in definition.entry
    return {**told, "unknown": unknown, "whole": whole}


# ---------------------------------------------------------------- places


class Places:
    """Where things stand in the source. ``home``: the place of the server, for what has none of its own."""

    def __init__(self, owns: Sequence[Own], home: Place) -> None:
        self.home = home
        self.points: dict[str, Place] = {}
        self._things: dict[str, Union[Item, Parameter, Text]] = {}
        for own in reversed(owns):
            if own.server.instructions is not None:
                self._things[own.server.instructions.place.pointer] = own.server.instructions
            for item in own.server.items:
                for part in parts(item):
                    # A name has a place twice: as the thing it names, and as a text.
                    if isinstance(part, (Tool, Prompt, Resource, Parameter)):
                        self._things[part.place.pointer] = part
                    elif isinstance(part, Text) and part.place.pointer != item.place.pointer:
                        self._things[part.place.pointer] = part

    def known(self, pointer: str) -> bool:
        """Whether the source has the thing itself, not only what it is part of."""
        return pointer in self._things

    def of(self, pointer: str) -> Place:
        """The place of a thing, else of the nearest that it is part of, under the pointer asked for. ``points`` are
        places that were found out otherwise."""
        if pointer in self.points:
            return self.points[pointer]
        at = pointer
        while at:
            thing = self._things.get(at)
            if thing is not None:
                return replace(thing.place, pointer=pointer)
            at = at.rpartition("/")[0]
        return replace(self.home, pointer=pointer)

    def text(self, text: Text) -> Text:
        thing = self._things.get(text.place.pointer)
        if not isinstance(thing, Text):
            return Text(text.value, self.of(text.place.pointer), text.role, (), text.complete)
        if thing.complete and thing.value == text.value:
            return replace(thing, role=text.role)
        return Text(text.value, thing.place, text.role, tuple(_aligned(text.value, thing)), text.complete)

    def finding(self, finding: Finding) -> Finding:
        """A finding in the record, put where its thing stands in the source."""
        related = tuple(replace(each, place=self.of(each.place.pointer)) for each in finding.related)
        return replace(finding, place=self.of(finding.place.pointer), related=related, fix=None)


_MOST = 4_000
"""Words of a text that are compared one by one."""


def _aligned(value: str, thing: Text) -> Iterator[Piece]:
    """Where the words of a text stand in the source, as far as they do: SDKs indent docstrings anew, and what is put
    together while the server runs has parts that are written down."""
    here, there = list(_WORD.finditer(value)), list(_WORD.finditer(thing.value))
    words, others = [m[0] for m in here], [m[0] for m in there]
    if words == others:
        blocks = [(0, 0, len(words))]
    elif len(words) + len(others) > _MOST:
        return
    else:
        from difflib import SequenceMatcher  # most texts are what their source says

        matching = SequenceMatcher(None, words, others, False).get_matching_blocks()
        blocks = [(block.a, block.b, block.size) for block in matching]
    for first, second, count in blocks:
        for one, other in zip(here[first : first + count], there[second : second + count], strict=True):
            yield Piece(one.start(), one.end(), thing.at(other.start(), other.end()))


_WORD = pattern(r"\S+")


def placed(live: Server, places: Places) -> Server:
    """The listed server with the places of the source."""
    return replace(
        live,
        uri=places.home.uri,
        place=places.of(live.place.pointer),
        instructions=None if live.instructions is None else places.text(live.instructions),
        tools=tuple(_tool(tool, places) for tool in live.tools),
        prompts=tuple(_item(prompt, places) for prompt in live.prompts),
        resources=tuple(replace(_item(each, places), uri=places.text(each.uri)) for each in live.resources),
        module=None,
    )


def _tool(tool: Tool, places: Places) -> Tool:
    tool = _item(tool, places)
    return replace(tool, annotations=None if tool.annotations is None else _annotations(tool.annotations, places))


def _annotations(found: Annotations, places: Places) -> Annotations:
    hints = tuple(replace(hint, place=places.of(hint.place.pointer)) for hint in found.hints)
    return replace(found, hints=hints, place=places.of(found.place.pointer))


def _item(item: Any, places: Places) -> Any:
    place = places.of(item.place.pointer)
    return replace(
        item,
        place=place,
        declared=replace(places.of(item.declared.pointer), pointer=item.declared.pointer),
        title=None if item.title is None else places.text(item.title),
        description=None if item.description is None else places.text(item.description),
        parameters=tuple(
            replace(
                parameter,
                place=places.of(parameter.place.pointer),
                description=None if parameter.description is None else places.text(parameter.description),
                texts=tuple(places.text(text) for text in parameter.texts),
            )
            for parameter in item.parameters
        ),
    )


def listed(live: Server) -> Iterator[str]:
    """What a client calls the things of a listed server by."""
    return (_name(item) for item in live.items)
