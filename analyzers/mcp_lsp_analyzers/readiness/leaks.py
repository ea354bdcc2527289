"""What a handler opens and leaves open, call after call."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Await, Call, Function, Name, With
from ..flow import Handler
from ..once import once_each
from ..rule import Example, Finding, Severity, rule
from ..walk import Nodes, sites

# What stays open until it is closed: a process, a connection, a pool. (Python closes what nothing refers to any more,
# which is why connections there are information only.)
_PROCESSES = frozenset((
    "puppeteer.launch", "playwright.chromium.launch", "playwright.firefox.launch", "playwright.webkit.launch",
    "chromium.launch", "firefox.launch", "webkit.launch", "pg.Client", "mysql.createConnection",
    "mysql2.createConnection", "mysql2/promise.createConnection", "mongodb.MongoClient", "redis.createClient",
    "pg.Pool", "mysql.createPool", "mysql2/promise.createPool", "selenium.webdriver.Chrome",
    "selenium.webdriver.Firefox", "playwright.async_api.chromium.launch",
))  # fmt: skip
_CONNECTIONS = frozenset((
    "sqlite3.connect", "psycopg2.connect", "psycopg.connect", "pymysql.connect", "mysql.connector.connect",
    "pyodbc.connect", "asyncpg.connect", "aiosqlite.connect", "socket.socket", "httpx.AsyncClient", "httpx.Client",
    "aiohttp.ClientSession", "smtplib.SMTP", "smtplib.SMTP_SSL", "imaplib.IMAP4_SSL", "ftplib.FTP", "oracledb.connect",
    "snowflake.connector.connect", "pymongo.MongoClient",
))  # fmt: skip
_CLOSES = frozenset((
    "close", "aclose", "quit", "logout", "end", "destroy", "disconnect", "terminate", "shutdown", "dispose", "release",
    "kill", "stop", "__exit__", "__aexit__", "detach",
))  # fmt: skip


@rule(
    "MCP907",
    severity=Severity.INFORMATION,
    references=("CWE-772", "CWE-400", "CoSAI MCP-T10", "HEUR-016"),
    bad='''
    import sqlite3


    @mcp.tool()
    def notes() -> str:
        """Titles of all notes."""
        connection = sqlite3.connect("/srv/notes.db")
        #            ^^^^^^^^^^^^^^^ `connection` is opened with each call and never closed
        return "\\n".join(title for (title,) in connection.execute("SELECT title FROM notes LIMIT 100"))
    ''',
    good='''
    import sqlite3
    from contextlib import closing


    @mcp.tool()
    def notes() -> str:
        """Titles of all notes."""
        with closing(sqlite3.connect("/srv/notes.db")) as connection:
            return "\\n".join(title for (title,) in connection.execute("SELECT title FROM notes LIMIT 100"))
    ''',
    typescript=Example(
        bad="""
        import puppeteer from "puppeteer";

        server.registerTool("title", { description: "Title of the front page." }, async () => {
          const browser = await puppeteer.launch();
          //                    ^^^^^^^^^^^^^^^^ `browser` is opened with each call and never closed
          const page = await browser.newPage();
          await page.goto("https://example.com/");
          return { content: [{ type: "text", text: await page.title() }] };
        });
        """,
        good="""
        import puppeteer from "puppeteer";

        server.registerTool("title", { description: "Title of the front page." }, async () => {
          const browser = await puppeteer.launch();
          try {
            const page = await browser.newPage();
            await page.goto("https://example.com/");
            return { content: [{ type: "text", text: await page.title() }] };
          } finally {
            await browser.close();
          }
        });
        """,
    ),
)  # fmt: skip
def resource_left_open(handler: Handler) -> Iterator[Finding]:
    """A handler opens something with each call and does not close it.

    A server runs for days. Connections that are not closed are counted by the database, which refuses the hundredth;
    browsers and other processes go on in the background until the machine has no memory left.

    Close it where it is left on every way: `with` in Python, `finally` in JavaScript; or open it once, when the server
    starts.
    """
    opened = {call.expr: call for call in handler.calls if _opens(call.target) and not call.via}
    if not opened:
        return
    let_go = _let_go(handler.function)
    for site in sites(handler.function.body, handler.function.unit, handler.function, kinds=(Assign,)):
        node = site.node
        if not isinstance(node, Assign) or not isinstance(node.target, Name) or node.op:
            continue
        value = node.value.value if isinstance(node.value, Await) else node.value
        call = opened.get(value) if isinstance(value, Call) else None
        if call is None or node.target.id in let_go:
            continue
        yield Finding(
            call.callee_place,
            f"`{node.target.id}` is opened with each call and never closed",
            detail=call.target,
            severity=Severity.WARNING if call.target in _PROCESSES else None,
        )


def _opens(target: str) -> bool:
    return target in _CONNECTIONS or target in _PROCESSES


@once_each
def _let_go(function: Function) -> frozenset[str]:
    """The names of what a function closes, or hands to somebody who may: only calls of its own methods leave something
    open for sure."""
    found: set[str] = set()
    targets, owners = Nodes(), Nodes()
    everything = sites(function.body, function.unit, function, kinds=(Assign, Attr, Name, With))
    for site in everything:
        node = site.node
        if isinstance(node, Assign):
            targets.add(node.target)
        elif isinstance(node, Attr) and isinstance(node.value, Name):
            if node.name in _CLOSES:
                found.add(node.value.id)
            owners.add(node.value)
        elif isinstance(node, With):
            found |= {given.id for given, _ in node.items if isinstance(given, Name)}
    for site in everything:
        node = site.node
        if isinstance(node, Name) and node not in targets and node not in owners:
            found.add(node.id)
    return frozenset(found)
