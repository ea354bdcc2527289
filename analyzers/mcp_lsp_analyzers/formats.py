"""The members of the files by which servers are handed out and started: their kinds, their values, what they are for.

By the schemas of the MCP registry (2025-12-11) and of MCP bundles (0.4, which has everything that 0.1 to 0.3 have), and
by what clients document of their lists of servers (Claude Desktop, Claude Code, Cursor, Windsurf, VS Code). The words
are ours.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from .record import NamedTuple


class Member(NamedTuple):
    """``kind``: "text", "number", "flag", "any", "object" or "list". ``inside``: the name of the table for an object,
    or for the objects of a list; "" where it is none. ``values``: of a text, or of the texts of a list;
    ``other`` ones are possible. ``needed``: the format demands it."""

    kind: str
    meaning: str
    inside: str = ""
    values: tuple[str, ...] = ()
    needed: bool = False
    other: bool = False


class Format(NamedTuple):
    """``root``: the name of the table of the whole file. ``closed``: other members than these are refused."""

    title: str
    root: str
    closed: bool


FORMATS: Mapping[str, Format] = {
    "registry": Format("`server.json`, schema 2025-12-11 of the MCP registry", "entry", False),
    "bundle": Format("`manifest.json` of an MCP bundle, version 0.4", "bundle", True),
    "launch": Format("a client's list of servers", "clients", False),
    "launch of VS Code": Format("`mcp.json` of VS Code", "vscode", False),
}

# A line: the member ("!": it is needed; "*": any name), its kind ({table}, [table], [text], a|b|c; "…": others are
# possible), what it is for.
_TABLES = {
    "entry": """
        $schema          text       Which edition of the schema this file follows
        name!            text       Its name in the registry, below a namespace of yours: `io.github.you/notes`
        description!     text       What it does, in at most 100 characters
        version!         text       One exact version of the server; ranges and `latest` are refused
        title            text       A name for people to read
        websiteUrl       text       Where people read about it
        repository       {repository}  Where its source is
        icons            [icon]     Pictures that clients show
        packages         [package]  What a client can install and start
        remotes          [remote]   Where it runs already
        _meta            {entrymeta}  Further facts, under names in reverse domain order""",
    "entrymeta": "io.modelcontextprotocol.registry/publisher-provided any What the publisher adds",
    "repository": """
        url!        text           Where the source can be read and cloned
        source!     github|gitlab|…  Who hosts it
        id          text           The host's own number for it, which stays when it is renamed
        subfolder   text           Where the server is, in a repository of several""",
    "icon": """
        src!      text        An https address, of at most 255 characters
        mimeType  image/png|image/jpeg|image/jpg|image/svg+xml|image/webp  The type of the picture
        sizes     [text]      Sizes it is made for: `48x48`, or `any`
        theme     light|dark  The background it is made for""",
    "package": """
        registryType!         npm|pypi|oci|nuget|mcpb|…  Where the package comes from
        identifier!           text        Its name there; of a bundle, the address of the file
        version               text        One exact version; the registry refuses ranges and `latest`
        transport!            {transport}  How a client talks to it once it is started
        registryBaseUrl       text        The registry, where it is not the usual one
        fileSha256            text        The digest of the file, which a bundle must have
        runtimeHint           npx|uvx|docker|dnx|…  What starts it
        runtimeArguments      [argument]  What is passed to what starts it, such as `npx` or `docker`
        packageArguments      [argument]  What is passed to the server itself
        environmentVariables  [named]     Variables that it reads, for which a client asks its user""",
    "transport": """
        type!    stdio|streamable-http|sse  Standard streams, HTTP, or HTTP as it was until 2025
        url      text     The address, for those that have one; `{name}` stands for an argument or a variable
        headers  [named]  Headers that every request needs""",
    "remote": """
        type!      streamable-http|sse  HTTP, or HTTP as it was until 2025
        url!       text                 Its address; `{name}` stands for one of the variables
        headers    [named]              Headers that every request needs
        variables  {inputs}             What stands in the address in braces""",
    "inputs": "* {input} What may stand in braces",
    "input": """
        description  text    What a user is told of it
        isRequired   flag    Whether the server cannot do without
        isSecret     flag    Whether clients have to keep it as a secret
        format       string|number|boolean|filepath  What is typed in
        default      text    Its value where nobody says another
        value        text    Its value, which users cannot change; `{name}` stands for one of the variables
        placeholder  text    An example that is shown while it is empty
        choices      [text]  The values to choose from""",
    "named": "name! text The name of the variable or header\n+inputs",
    "argument": """
        type!       positional|named  Whether a name stands before it
        name        text  The name with its dashes, as in `--port`
        valueHint   text  What it stands for, where no name does
        isRepeated  flag  Whether it may be given several times
        +inputs""",
    "bundle": """
        $schema            text       Which edition of the schema this file follows
        manifest_version   0.1|0.2|0.3|0.4  Which edition of the format this file follows
        dxt_version        0.1|0.2|0.3|0.4  What `manifest_version` was called when bundles were DXT
        name!              text       The name of the bundle, for programs
        display_name       text       Its name for people
        version!           text       The version of the bundle
        description!       text       What it does, in a line
        long_description   text       What it does, at length; Markdown
        author!            {author}   Who made it
        repository         {source}   Where its source is
        homepage           text       Where people read about it
        documentation      text       Where its documentation is
        support            text       Where people find help
        icon               text       A PNG file of the bundle
        icons              [sized]    Pictures in several sizes
        screenshots        [text]     Pictures of it at work
        localization       {localization}  Texts in other languages
        server!            {server}   What is started, and how
        tools              [tool]     The tools that it has, shown before it is installed
        tools_generated    flag       Whether there are more tools than these once it runs
        prompts            [prompt]   The prompts that it has
        prompts_generated  flag       Whether there are more prompts than these once it runs
        keywords           [text]     Words by which it is found
        license            text       Its licence, as SPDX spells it
        privacy_policies   [text]     Addresses of the policies of the services that it talks to
        compatibility      {compatibility}  Where it runs
        user_config        {settings}  What its user is asked for, and it gets as `${user_config.name}`
        _meta              any        Further facts, for clients that know them""",
    "author": """
        name!  text  Who it is
        email  text  An address to write to
        url    text  A page""",
    "source": """
        type!  git|…  Which system keeps it
        url!   text  Where it can be cloned""",
    "sized": """
        src!   text        A file of the bundle, or an address
        size!  text        As in `128x128`
        theme  light|dark  The background it is made for""",
    "localization": """
        resources!       text  Where the texts are: a path with `${locale}` in it
        default_locale!  text  The language of this file, such as `en-US`""",
    "server": """
        type!         python|node|binary|uv  What it is run by; with `uv`, which the host brings, since 0.4
        entry_point!  text      The file that is started, from the folder of the bundle
        mcp_config!   {start}   How it is started""",
    "start": """
        command!            text         The program; `${__dirname}` is the folder of the bundle
        args                [text]       Its arguments; `${user_config.name}` is what the user typed in
        env                 {variables}  Variables that it gets
        platform_overrides  {platforms}  What is different on `darwin`, `win32` or `linux`""",
    "platforms": """
        darwin  {other}  On macOS
        win32   {other}  On Windows
        linux   {other}  On Linux""",
    "other": """
        command  text         The program
        args     [text]       Its arguments
        env      {variables}  Variables that it gets""",
    "variables": "* text A variable of the server's environment",
    "tool": """
        name!        text  The name under which it is called
        description  text  What it does""",
    "prompt": """
        name!        text    The name under which it is got
        description  text    What it is for
        arguments    [text]  The names of what is filled in
        text!        text    What it says; `${arguments.name}` is what was filled in""",
    "compatibility": """
        claude_desktop  text                  Versions of Claude Desktop
        platforms       [darwin|win32|linux]  Systems
        runtimes        {runtimes}            Versions of what runs it""",
    "runtimes": """
        python  text  Versions of Python, such as `>=3.10`
        node    text  Versions of Node.js""",
    "settings": "* {setting} Something the user is asked for",
    "setting": """
        type!         string|number|boolean|directory|file  What is asked for
        title!        text  Its name for people
        description!  text  What it is for
        required      flag  Whether the bundle cannot be switched on without
        default       any   Its value where nobody says another; may name `${HOME}`
        multiple      flag  Whether several files or folders may be chosen
        sensitive     flag  Whether it is kept as a secret and shown as dots
        min           number  The smallest number
        max           number  The largest number""",
    "clients": "mcpServers {servers} The servers, by the names that their tools are shown with",
    "servers": "* {launch} One server: `command` starts it here, `url` reaches it elsewhere",
    "launch": """
        type      stdio|http|sse|…  How the client talks to it; without it, `command` means stdio
        command   text         The program that is started. No shell reads it: neither `~` nor `$HOME` mean anything
        args      [text]       Its arguments, each on its own
        env       {variables}  Variables that it gets. Some clients give it these and a few of the system's only
        cwd       text         The folder in which it is started
        url       text         Where it is reached
        headers   {headers}    Headers of every request
        disabled  flag         Whether it is left out for now""",
    "headers": "* text A header of every request",
    "vscode": """
        servers  {codeservers}  The servers, by the names that their tools are shown with
        inputs   [asked]        What VS Code asks its user for, and gives as `${input:id}`""",
    "codeservers": "* {codelaunch} One server: `command` starts it here, `url` reaches it elsewhere",
    "codelaunch": """
        type     stdio|http|sse  How VS Code talks to it
        command  text         The program that is started; `${workspaceFolder}` is the open folder
        args     [text]       Its arguments, each on its own
        env      {variables}  Variables that it gets; `${input:id}` is what the user typed in
        envFile  text         A file of further variables
        cwd      text         The folder in which it is started
        url      text         Where it is reached
        headers  {headers}    Headers of every request
        dev      {dev}        What VS Code does while the server is being written""",
    "dev": """
        watch  any  Files whose change restarts it
        debug  any  The debugger that is attached: `{"type": "node"}` or `{"type": "debugpy"}`""",
    "asked": """
        type!        promptString|pickString|command  Typed in, chosen, or the answer of a command
        id!          text    The name in `${input:id}`
        description  text    What the user is told
        default      text    Its value where nobody says another
        password     flag    Whether it is kept as a secret and shown as dots
        options      [text]  What to choose from
        command      text    The command that answers""",
}  # fmt: skip


@functools.cache
def table(name: str) -> Mapping[str, Member]:
    """The members of an object, in the order in which they are best written; "*": any other name."""
    made: dict[str, Member] = {}
    for line in _TABLES.get(name, "").split("\n"):
        words = line.split(None, 2)
        if len(words) == 3:
            made[words[0].removesuffix("!")] = _member(words[1], words[2], words[0].endswith("!"))
        elif words == ["+inputs"]:
            made.update(table("input"))
            made["variables"] = Member("object", "What stands in its value in braces", "inputs")
    return made


def _member(kind: str, meaning: str, needed: bool) -> Member:
    if kind[0] == "{":
        return Member("object", meaning, kind[1:-1], (), needed)
    inner = kind[1:-1] if kind[0] == "[" else kind
    if kind[0] == "[" and inner in _TABLES:
        return Member("list", meaning, inner, (), needed)
    values = tuple(value for value in inner.split("|") if value != "…") if "|" in inner else ()
    kind = "list" if kind[0] == "[" else "text" if values else inner
    return Member(kind, meaning, "", values, needed, "…" in inner)
