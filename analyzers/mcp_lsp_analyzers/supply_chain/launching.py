"""What a client starts: packages that are fetched anew at every start, in whatever version is the newest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..place import Text
from ..programs import program_name
from ..rule import FileExample, Finding, Severity, rule
from ..supply import Launch

# Programs that fetch a package and run it: the words that follow until the package, and options that take a value.
_RUNNERS = {
    "npx": ((), ("-p", "--package", "--registry", "-c", "--call")),
    "bunx": ((), ("-p", "--package")),
    "pnpx": ((), ("--package",)),
    "npm": (("exec", "x"), ("-p", "--package", "--registry")),
    "pnpm": (("dlx",), ("--package",)),
    "yarn": (("dlx",), ("-p", "--package")),
    "bun": (("x",), ("-p", "--package")),
    "uvx": ((), ("--from", "--with", "--python", "-p", "--index-url", "--index", "--default-index", "--env-file")),
    "pipx": (("run",), ("--spec", "--python", "--index-url")),
    "uv": (("tool", "run"), ("--from", "--with", "--python", "-p", "--index-url", "--index", "--default-index")),
}
_SPECIFIES = ("-p", "--package", "--from", "--spec")
_IMAGES = ("docker", "podman", "nerdctl")
_IMAGE_OPTIONS = frozenset(
    """-e --env --env-file -v --volume --name -p --publish --mount --network --net -u --user -w --workdir --entrypoint
    --platform -l --label --add-host -m --memory --cpus --pull --runtime --gpus --restart -h --hostname --cap-add
    --cap-drop --security-opt --tmpfs --dns --device --ulimit --shm-size --log-driver --log-opt --cidfile""".split()  # noqa: SIM905
)


@rule(
    "MCP601",
    severity=Severity.WARNING,
    references=("CWE-829", "CWE-1357", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1002",
                "SAFE-T1201", "CoSAI MCP-T11", "MCTS-T-1014"),
    files=(
        FileExample(
            ".mcp.json",
            bad='''
            {
              "mcpServers": {
                "notes": { "command": "npx", "args": ["-y", "notes-mcp-server"] },
            //                                               ^^^^^^^^^^^^^^^^ `notes` runs the newest `notes-mcp-…
                "time": { "command": "uvx", "args": ["mcp-server-time@latest"] },
            //                                        ^^^^^^^^^^^^^^^^^^^^^^
                "maps": { "command": "docker", "args": ["run", "-i", "-e", "KEY", "example/maps"] }
            //                                                                     ^^^^^^^^^^^^
              }
            }
            ''',
            good='''
            {
              "mcpServers": {
                "notes": { "command": "npx", "args": ["-y", "notes-mcp-server@1.4.2"] },
                "time": { "command": "uvx", "args": ["mcp-server-time==2025.9.25"] },
                "maps": { "command": "docker", "args": ["run", "-i", "example/maps:1.2"] },
                "own": { "command": "node", "args": ["dist/index.js"] }
              }
            }
            ''',
        ),
    ),
)  # fmt: skip
def server_without_a_version(launch: Launch) -> Iterator[Finding]:
    """A client's configuration starts a package without saying which version.

    `npx`, `uvx` and `docker run` fetch the newest one, each time. What was reviewed and approved yesterday is replaced
    the day its author's account is taken over, on every machine that starts a client, and nobody is asked.

    Write the version (`name@1.2.3`, `name==1.2.3`, a tag or a digest) and raise it on purpose. The package of the
    project itself is not reported.
    """
    found = _package(launch)
    if found is None:
        return
    argument, kind = found
    value = argument.value
    if _moving_image(value) if kind == "image" else _moving(value):
        name = _bare(value, kind)
        if name in launch.own:
            return  # whoever reads this configuration has the source of it
        version = dict(launch.known).get(name)
        place = argument.exact(0, len(value))
        written = f"{name}=={version}" if kind == "python" else f"{name}@{version}"
        yield Finding(
            argument.at(0, len(value)),
            f"`{launch.name}` runs the newest `{name}` at every start",
            fix=Fix(f"Run {version}, which the lock file has", Edits((Edit(place, written),)))
            if version is not None and place is not None and kind != "image"
            else None,
        )


def _package(launch: Launch) -> tuple[Text, str] | None:
    """The argument that names what is fetched and run, and "npm", "python" or "image"."""
    if launch.command is None:
        return None
    program, arguments = program_name(launch.command.value), list(launch.arguments)
    if program == "cmd" and len(arguments) > 1 and arguments[0].value.lower() == "/c":
        program, arguments = program_name(arguments[1].value), arguments[2:]
    if program in _IMAGES:
        return _image(arguments)
    if program not in _RUNNERS:
        return None
    words, options = _RUNNERS[program]
    kind = "python" if program in ("uvx", "pipx", "uv") else "npm"
    if words:
        verbs = len(words) if program == "uv" else 1
        said = tuple(argument.value for argument in arguments[:verbs])
        if (said != words) if program == "uv" else (said[:1] == () or said[0] not in words):
            return None
        arguments = arguments[verbs:]
    i = 0
    while i < len(arguments):
        value = arguments[i].value
        if value in _SPECIFIES and value in options and not (value == "-p" and kind == "python"):
            return (arguments[i + 1], kind) if i + 1 < len(arguments) else None
        if value in options:
            i += 2
        elif value.startswith("-"):
            i += 1
        else:
            return arguments[i], kind
    return None


def _image(arguments: list[Text]) -> tuple[Text, str] | None:
    if not arguments or arguments[0].value != "run":
        return None
    i = 1
    while i < len(arguments):
        value = arguments[i].value
        if value in _IMAGE_OPTIONS:
            i += 2
        elif value.startswith("-"):
            i += 1
        else:
            return arguments[i], "image"
    return None


_EXACT = r"v?\d+(?:\.\d+){1,3}(?:[-.+]?[A-Za-z0-9][\w.+-]*)?"


def _moving(value: str) -> bool:
    if not value or value[0] in ".~/$<{" or "${" in value or "\\" in value or value.startswith("file:"):
        return False
    if value.startswith(("git+", "github:", "http://", "https://")):
        return re.search(r"[@#][0-9a-f]{7,40}(?:$|#)|\d+\.\d+", value) is None
    if re.search(rf"(?:===?|@){_EXACT}$", value):
        return False
    return bool(re.fullmatch(r"@?[A-Za-z0-9][\w./-]*(?:\[[^\]]*\])?(?:(?:@|[=<>~!^])\S*)?", value))


def _moving_image(value: str) -> bool:
    name = value.rpartition("/")[2]
    if "@" in value or "$" in value or "<" in value or not re.fullmatch(r"[\w.:/-]+", value):
        return False
    return ":" not in name or name.endswith(":latest")


def _bare(value: str, kind: str) -> str:
    if kind == "image":
        return value.removesuffix(":latest")
    if value.startswith(("git+", "github:", "http")):
        return value
    return re.split(r"(?<=.)@|[=<>~!^\[]", value, maxsplit=1)[0]


@rule(
    "MCP608",
    severity=Severity.WARNING,
    references=("CWE-319", "MCP07:2025", "MCP01:2025", "ASI03:2026", "CoSAI MCP-T7"),
    files=(
        FileExample(
            "mcp.json",
            bad="""
            {
              "servers": {
                "notes": { "type": "http", "url": "http://notes.example.com/mcp" }
            //                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `notes` is reached without encryption
              }
            }
            """,
            good="""
            {
              "servers": {
                "notes": { "type": "http", "url": "https://notes.example.com/mcp" },
                "local": { "type": "http", "url": "http://localhost:8000/mcp" }
              }
            }
            """,
        ),
    ),
)
def server_over_plain_http(launch: Launch) -> Iterator[Finding]:
    """A client's configuration reaches a server in the network without encryption.

    Whoever is on the way reads the session's tokens and everything the tools are given, and can put their own tool
    descriptions and results in the answers.

    Use `https://`. Addresses of this machine are not reported.
    """
    if launch.url is None:
        return
    match = re.match(r"http://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)", launch.url.value)
    if match is None or _nearby(match[1].lower()):
        return
    place = launch.url.exact(0, 7)
    yield Finding(
        launch.url.at(0, len(launch.url.value)),
        f"`{launch.name}` is reached without encryption",
        fix=None if place is None else Fix("Use https", Edits((Edit(place, "https://"),))),
    )


def _nearby(host: str) -> bool:
    """Whether a host is this machine, a container beside it, or left open."""
    return (
        host in ("localhost", "[::1]", "0.0.0.0", "host.docker.internal")
        or host.startswith(("127.", "${", "<", "{", "your"))
        or host.endswith((".localhost", ".local", ".internal"))
        or "." not in host
    )
