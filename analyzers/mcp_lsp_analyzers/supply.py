"""What a project installs and launches: packages, programs, images, actions and scripts, as its files name them."""

from __future__ import annotations

from typing import Union

from .place import Place, Text
from .record import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Dependency:
    """A package that a manifest asks for. ``ecosystem``: "python" or "npm". ``requirement``: what the manifest says of
    the version, as written without the name ("" where it says nothing). ``use``: "runtime", "development", "build".
    ``locked``: whether a lock file of the project decides the version. ``place``: span of name and requirement."""

    name: str
    ecosystem: str
    requirement: str
    use: str
    locked: bool
    place: Place
    named: Place  # span of the name alone


@dataclass(frozen=True, slots=True, eq=False)
class Launch:
    """How a client starts or reaches a server. ``command`` and ``arguments`` as in the configuration; ``url`` where it
    is reached over the network. ``environment``: variables and headers with their values. ``known``: versions that the
    project has of packages named in the arguments. ``transport``: as the configuration says it ("" where it does not).
    ``project``: the folder it is for, where one file has those of several. ``off``: it is there, and switched off.
    ``folder``: the one it is started in, as written. ``anywhere``: the client reads this file for all projects, so that
    it starts the server in no particular folder. ``values``: the list of arguments as a whole, with its brackets.
    ``own``: what the packages of the project are called that has the configuration."""

    name: str
    place: Place  # of the entry's name
    command: Text | None = None
    arguments: tuple[Text, ...] = ()
    url: Text | None = None
    environment: tuple[tuple[str, Text], ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    transport: str = ""
    project: str = ""
    off: bool = False
    kind: Text | None = None  # of the transport
    folder: Text | None = None
    anywhere: bool = False
    values: Place | None = None
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Artifact:
    """A program or an archive that stands beside the source, and how many of how many engines of a service take it for
    malware. ``place``: the file as a whole."""

    name: str
    sha256: str
    detections: int
    engines: int
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A container image that is built upon or run. ``reference`` as written; "scratch" and stages of the same file are
    no images."""

    reference: Text


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """A GitHub action or workflow of another repository. ``reference``: "owner/name@ref"."""

    reference: Text


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """Shell text. ``where``: "image" (built into one), "install" (run when a package is installed; ``name`` is the
    hook), "workflow", "launch" (a client starts a server with it), "instructions" (a model is told to run it)."""

    text: Text
    where: str
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Locked:
    """A version that a lock file holds. ``source``: the address it was found at, "" where the file has none. ``asked``:
    what a manifest of the project asks for ("" where it leaves the version open), ``None`` where only other packages
    ask for it. ``place``: span of the version."""

    name: str
    ecosystem: str
    version: str
    place: Place
    source: Text | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Fetched:
    """A package that comes from an address and not from an index. ``kind``: "git" or "archive". ``revision``: the
    commit, tag or branch, "" where none is named; of an archive its digest. ``locked`` as of a `Dependency`."""

    name: str
    kind: str
    address: Text
    revision: str
    locked: bool


@dataclass(frozen=True, slots=True, eq=False)
class FurtherIndex:
    """An index that is asked beside the first one, for every package. ``how``: the option or setting that says so."""

    how: str
    address: Text


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A value that whoever installs a server is asked for. ``secret``: whether it is kept as one, ``None`` where the
    manifest does not say. ``word``: how that is said there. ``inside``: the start of what is said of it, where a
    member may be put in behind the white space ``gap``. ``description``: of the value, for whoever is asked."""

    name: str
    secret: bool | None
    word: str
    place: Place
    inside: Place
    description: str = ""
    gap: str = " "


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """An entry for the MCP registry (``server.json``), or one of its packages (``kind`` is the registry then, "" for
    the entry itself). What is not there is ``None``. ``digest``: whether a bundle's SHA-256 is given."""

    kind: str
    place: Place
    name: Text | None
    version: Text | None
    description: Text | None = None
    digest: bool = True
    remotes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What a manifest says of a server that another file of the project knows better. ``what``: "version", "name",
    "package" (what it is called in its registry), "tool" (``actual``: the names of all tools there), "setting"
    (``actual``: the settings that a user is asked for), "variable" (``said``: of the environment, read in ``source``;
    ``actual``: those that the manifest names). ``place``: of ``said``, without quotes; for a variable, where they would
    be. ``source``: where the other stands. ``more``: what to put in, and where, for the manifest to say it. ``needed``:
    nothing works without."""

    what: str
    said: str
    place: Place
    actual: tuple[str, ...]
    source: str
    more: tuple[tuple[Place, str], ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Unfit:
    """A part of a manifest that its format does not take. ``what``: "member" (there is none of this name; ``allowed``
    are those that are not there yet), "value" (``allowed``: those there are), "kind" (``allowed``: the one it has to
    be), "missing". ``place``: of the name or the value without quotes; of what is missing, the name of the member that
    it should be in, or a bracket. ``refuses``: who does not take it. ``said``: the value, or that member."""

    what: str
    name: str
    place: Place
    allowed: tuple[str, ...]
    refuses: str
    said: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ServerList:
    """The member of a client's configuration below which its servers stand. ``wanted``: the member below which the
    client that reads this file looks for them; it reads nothing of another one."""

    key: Text
    wanted: str
    client: str


@dataclass(frozen=True, slots=True)
class Known:
    """A published vulnerability. ``id`` as most people know it ("CVE-2025-53365"), ``severity``: "critical", "high",
    "moderate", "low" or "" where nobody said."""

    id: str
    summary: str
    severity: str


@dataclass(frozen=True, slots=True, eq=False)
class Vulnerable:
    """A version of a package that is used and has known vulnerabilities, the worst first. ``use`` as of a `Dependency`,
    "locked" in a lock file. ``fixed``: the lowest later version that has none of them, "" where there is none.
    ``number``: where the manifest names the version, in a way that another number would be right."""

    name: str
    version: str
    use: str
    known: tuple[Known, ...]
    fixed: str
    place: Place
    number: Place | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """What the registry said of a version that is used, on the day it was asked. ``use`` as of a `Vulnerable`.
    ``missing``: "package" or "version" where the registry has none of it. ``age``: days since it was published,
    ``idle``: days since the newest version was, ``None`` where it was not said. ``withdrawn``, ``deprecated``: the
    reason, "" where none was given, ``None`` where it is not; ``given_up``: every version is deprecated. ``status``:
    "archived", "deprecated" or "quarantined" as a project, with a ``reason``. ``attested``: whether it has provenance,
    ``None`` where the registry does not say; ``attested_before``: the last version before it that had, "" where none
    had. ``scripts``: what runs on installation, by hook. ``source_only``: there is no wheel, ``calls``: what its
    ``setup.py`` does then, ``None`` where nobody read it. ``better``: the version nobody took back, "" where there is
    none; ``older``: the newest that is older than `NEW` days. ``number`` as of a `Vulnerable`."""

    name: str
    ecosystem: str
    version: str
    use: str
    place: Place
    number: Place | None = None
    missing: str = ""
    age: int | None = None
    idle: int | None = None
    withdrawn: str | None = None
    deprecated: str | None = None
    given_up: bool = False
    status: str = ""
    reason: str = ""
    attested: bool | None = None
    attested_before: str = ""
    scripts: tuple[tuple[str, str], ...] = ()
    source_only: bool = False
    calls: tuple[str, ...] | None = None
    better: str = ""
    older: str = ""


NEW = 7
"""Days in which a version counts as just published. Malicious releases are usually found and removed within a week."""


Supplied = Union[
    Dependency, Launch, Image, Action, Script, Locked, Fetched, FurtherIndex, Wanted, Release, Claim, Unfit, ServerList,
]  # fmt: skip
