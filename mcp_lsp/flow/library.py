# ruff: noqa: E501  (tables are easier to read and to extend one entry to a line)
"""What functions and methods from outside the project do with what they are given, as far as choices pass through them.

Whatever is not named here gives back nothing a model chose: a library that is asked for data answers with its own.
"""

from __future__ import annotations

import functools
import string

_FUNCTIONS = {
    "python": """
same        str pathlib.Path os.fspath os.fsdecode os.fsencode os.path.expanduser os.path.expandvars copy.copy copy.deepcopy
decode      urllib.parse.unquote urllib.parse.unquote_plus html.unescape
same        sys.intern pydantic.AnyUrl pydantic.HttpUrl pydantic.FilePath
same        pathlib.Path.absolute os.path.normcase pathlib.Path.expanduser pathlib.Path.as_posix pathlib.Path.with_suffix ipaddress.ip_address ipaddress.ip_network httpx.URL yarl.URL
same        asyncio.create_task asyncio.ensure_future asyncio.wait_for asyncio.shield asyncio.run anyio.fail_after io.StringIO io.BytesIO
unparsed    urllib.parse.urlunparse urllib.parse.urlunsplit
same        urllib.parse.urldefrag unicodedata.normalize aiofiles.os.fspath typing.cast
written     json.dumps repr orjson.dumps
derived     json.loads orjson.loads urllib.parse.urlencode urllib.parse.parse_qs urllib.parse.parse_qsl textwrap.dedent
derived     textwrap.indent ast.literal_eval bytes bytearray format yaml.safe_load yaml.dump yaml.safe_dump tomllib.loads tomli.loads
derived     urllib.parse.urljoin string.Template string.Template.substitute string.Template.safe_substitute subprocess.list2cmdline
folder      os.path.dirname
derived     pathlib.Path.with_name pathlib.Path.with_stem os.path.splitext os.path.split os.path.splitdrive vars dataclasses.asdict min max
coded       base64.b64encode base64.urlsafe_b64encode base64.standard_b64encode base64.b32encode base64.b16encode binascii.hexlify binascii.b2a_hex
decoded     base64.b64decode base64.urlsafe_b64decode base64.standard_b64decode base64.b32decode base64.b16decode binascii.unhexlify binascii.a2b_base64 bytes.fromhex
words       shlex.split re.split
syntax      ast.parse libcst.parse_module RestrictedPython.compile_restricted sqlglot.parse sqlglot.parse_one sqlparse.parse pglast.parse_sql
items       ast.walk ast.iter_child_nodes list tuple set frozenset sorted reversed iter enumerate zip filter itertools.chain itertools.islice dict.fromkeys
next        next
attribute   getattr
dictionary  dict
mapping     map
resolve     os.path.realpath os.path.abspath os.path.normpath pathlib.Path.resolve aiofiles.os.path.abspath
resolve     pathlib.Path.readlink os.readlink
basename    os.path.basename werkzeug.utils.secure_filename pathvalidate.sanitize_filename slugify.slugify
extension   os.path.getext
joinpath    os.path.join
joinpath    pathlib.Path.joinpath pathlib.Path
safejoin    werkzeug.security.safe_join werkzeug.utils.safe_join flask.safe_join
quote       shlex.quote pipes.quote
quoteall    shlex.join
encode      urllib.parse.quote urllib.parse.quote_plus
literal     re.escape
escape      html.escape markupsafe.escape xml.sax.saxutils.escape
identifier  psycopg.sql.Identifier psycopg2.sql.Identifier
url         urllib.parse.urlparse urllib.parse.urlsplit
address     socket.gethostbyname socket.gethostbyname_ex socket.getaddrinfo asyncio.get_event_loop.getaddrinfo asyncio.get_running_loop.getaddrinfo dns.resolver.resolve dns.asyncresolver.resolve
relative    os.path.relpath
common      os.path.commonpath
charcommon  os.path.commonprefix
later       fastapi.BackgroundTasks.add_task starlette.background.BackgroundTasks.add_task starlette.background.BackgroundTask asyncio.to_thread anyio.to_thread.run_sync starlette.concurrency.run_in_threadpool asyncio.loop.run_in_executor asgiref.sync.sync_to_async
executor    asyncio.get_event_loop.run_in_executor asyncio.get_running_loop.run_in_executor asyncio.new_event_loop.run_in_executor
executor1   concurrent.futures.ThreadPoolExecutor.submit concurrent.futures.ProcessPoolExecutor.submit threading.Thread
partial     functools.partial
module      importlib.import_module __import__
gather      asyncio.gather
fullmatch   re.fullmatch
match       re.match
search      re.search re.findall re.finditer re.Pattern.findall re.Pattern.finditer
replace     re.sub re.subn re.Pattern.sub re.Pattern.subn
compile     re.compile
test        bool callable hasattr isinstance issubclass len complex hash id ord abs round sum type range
number      int float uuid.UUID datetime.datetime.fromisoformat datetime.date.fromisoformat decimal.Decimal
number      ipaddress.IPv4Address ipaddress.IPv4Network ipaddress.IPv4Interface
exists      os.path.exists os.path.isfile os.path.isdir os.path.islink os.access os.stat os.path.getsize os.path.getmtime pathlib.Path.exists pathlib.Path.is_file pathlib.Path.is_dir pathlib.Path.stat
anyall      any all
arguments   inspect.signature.bind inspect.signature.bind_partial
isabs       os.path.isabs pathlib.Path.is_absolute
archived    zipfile.ZipFile.infolist zipfile.ZipFile.namelist tarfile.open.getmembers tarfile.open.getnames tarfile.TarFile.getmembers tarfile.TarFile.getnames py7zr.SevenZipFile.getnames rarfile.RarFile.infolist rarfile.RarFile.namelist
""",
    "node": """
same        String encodeURI URL.toString structuredClone Promise.resolve Object.freeze untildify expand-tilde Object
same        ipaddr.js.parse ipaddr.js.process url.fileURLToPath url.pathToFileURL vscode.Uri.file vscode.Uri.parse
written     JSON.stringify
derived     JSON.parse url.format querystring.stringify util.format js-yaml.load js-yaml.dump yaml.parse yaml.stringify path.parse path.format util.inspect
coded       btoa
decoded     atob
buffer      Buffer.from buffer.Buffer.from
concat      Buffer.concat buffer.Buffer.concat
derived     shell-quote.parse url.resolve
decode      decodeURIComponent decodeURI unescape querystring.unescape
syntax      acorn.parse esprima.parse espree.parse @babel/parser.parse
words       string-argv string-argv.parseArgsStringToArray
items       Array.from Object.values Set Array.of Array
table       Map Object.fromEntries
keys        Object.keys
owned       Object.hasOwn
entries     Object.entries
assign      Object.assign
promise     Promise
gather      Promise.all Promise.allSettled Promise.race Promise.any
resolve     path.resolve path.normalize fs.realpath fs.realpathSync fs.realpath.native fs.realpathSync.native
folder      path.dirname
basename    path.basename sanitize-filename filenamify
extension   path.extname
joinpath    path.join vscode.Uri.joinPath
joinresolve path.resolve
quote       shell-quote.quote shell-escape shescape.quote shlex.quote puka.quoteForShell
encode      encodeURIComponent escape URLSearchParams
literal     escape-string-regexp escape-string-regexp.default lodash.escapeRegExp RegExp.escape
escape      he.encode he.escape escape-html lodash.escape validator.escape
identifier  pg-format.ident pg.escapeIdentifier mysql.escapeId mysql2.escapeId sqlstring.escapeId
url         URL url.URL url.parse whatwg-url.URL
address     dns.lookup dns.promises.lookup dns.resolve dns.resolve4 dns.resolve6 dns.promises.resolve dns.promises.resolve4 dns.promises.resolve6 util.promisify.dns.lookup
relative    path.relative
private     private-ip is-private-ip ip.isPrivate ip.isLoopback is-ip-private ipaddr.js.isPrivate is-localhost-ip is-private-host ssrf-req-filter net.BlockList.check
inside      is-path-inside path-is-inside is-subdir is-path-in-cwd
isabs       path.isAbsolute
callee      util.promisify promisify pify thenify fetch-cookie fetch-retry
module      require import
test        Number parseInt parseFloat Boolean BigInt isNaN isFinite Number.isNaN Number.isInteger Number.isSafeInteger Number.isFinite Number.parseInt Number.parseFloat Array.isArray typeof Math.min Math.max Math.floor Math.round Math.ceil Math.abs Date Date.parse Symbol net.isIPv4 net.isIPv6 net.isIP
exists      fs.existsSync fs.access fs.accessSync fs.stat fs.statSync fs.lstat fs.lstatSync fs.exists fs.pathExists fs.pathExistsSync
regexp      RegExp
asserted    assert assert.ok assert.strict assert.strict.ok assert.default assert.default.ok tiny-invariant tiny-invariant.default invariant ts-invariant.invariant
archived    adm-zip.getEntries
""",
}

_METHODS = """
same        strip lstrip rstrip trim trimStart trimEnd trimEnd lower upper lowercase toLowerCase toUpperCase casefold title capitalize decode encode valueOf normalize
same        removeprefix removesuffix expandtabs copy toLocaleLowerCase toWellFormed asString absolute expanduser as_posix unicode_string __str__ href normalized freeze read getvalue
tostring    toString
parsed      parse parseAsync safeParse safeParseAsync model_validate validate validateSync model_validate_json parse_obj validate_python cast
derived     zfill ljust rjust center padStart padEnd substring substr charAt swapcase translate repeat model_dump dict json asdict to_dict toJSON group groups groupdict unwrap partition model_copy
derived     with_suffix with_name joinpath parent findall matchAll hex to_string geturl with_segments data value
part        slice at concat
found       find
words       split rsplit splitlines
rpartition  rpartition
match       match
executed    exec
search      search
replace     replace replaceAll
format      format format_map
join        join
received    on once addListener
append      append push add appendleft unshift add_argument
extend      extend update
insert      insert splice
entry       get pop getString getOptional getlist setdefault
items       values map_ reversed toSorted toReversed flat toArray filter_ sorted elements
entries     items entries
keys        keys
map         map flatMap then catch finally filter forEach reduce some every findIndex sort findLast
startswith  startswith startsWith
endswith    endswith endsWith
includes    includes contains __contains__ has hasOwnProperty issubset issuperset isin
indexof     indexOf lastIndexOf index rfind count
within      is_relative_to
relative    relative_to
testing     test fullmatch
digits      isdigit isnumeric isdecimal
letters     isalnum isalpha isidentifier
disjoint    isdisjoint isDisjointFrom
intersection intersection
lookedup    lookup resolve getaddrinfo
privacy     is_private isPrivate isLoopback range isInSubnet
call        call apply bind
set         set
"""

_RETURNS = {
    "pathlib.Path.parent": "pathlib.Path", "pathlib.Path.cwd": "pathlib.Path", "pathlib.Path.home": "pathlib.Path",
    "pathlib.Path.resolve": "pathlib.Path", "pathlib.Path.absolute": "pathlib.Path", "pathlib.Path.expanduser": "pathlib.Path",
    "pathlib.Path.joinpath": "pathlib.Path", "pathlib.Path.with_suffix": "pathlib.Path", "pathlib.Path.with_name": "pathlib.Path",
    "pathlib.Path.relative_to": "pathlib.Path", "pathlib.Path.parents": "pathlib.Path",
    "asyncpg.create_pool": "asyncpg.Pool", "asyncpg.connect": "asyncpg.Connection", "asyncpg.Pool.acquire": "asyncpg.Connection",
    "asyncpg.pool.Pool": "asyncpg.Pool",
    "psycopg.AsyncConnection": "psycopg.Connection", "psycopg.AsyncConnection.connect": "psycopg.Connection",
    "psycopg.Connection.connect": "psycopg.Connection", "psycopg_pool.ConnectionPool.connection": "psycopg.Connection",
    "psycopg_pool.AsyncConnectionPool.connection": "psycopg.Connection", "psycopg2.pool.ThreadedConnectionPool.getconn": "psycopg2.Connection",
    "psycopg2.pool.SimpleConnectionPool.getconn": "psycopg2.Connection", "psycopg2.extensions.connection": "psycopg2.Connection",
    "aiosqlite.Connection.execute": "aiosqlite.Cursor", "sqlite3.Connection.execute": "sqlite3.Cursor",
    "aiomysql.create_pool": "aiomysql.Pool", "aiomysql.Pool.acquire": "aiomysql.Connection",
    "mysql.connector.pooling.MySQLConnectionPool.get_connection": "mysql.connector.Connection",
    "duckdb.connect": "duckdb.Connection", "duckdb.DuckDBPyConnection": "duckdb.Connection",
    "clickhouse_connect.get_client": "clickhouse_connect.Client", "clickhouse_connect.get_async_client": "clickhouse_connect.Client",
    "sqlalchemy.create_engine": "sqlalchemy.Engine", "sqlalchemy.Engine.connect": "sqlalchemy.Connection",
    "sqlalchemy.Engine.begin": "sqlalchemy.Connection", "sqlalchemy.orm.Session": "sqlalchemy.Session",
    "sqlalchemy.orm.sessionmaker": "sqlalchemy.Session", "sqlalchemy.ext.asyncio.create_async_engine": "sqlalchemy.Engine",
    "sqlalchemy.ext.asyncio.AsyncSession": "sqlalchemy.Session", "sqlalchemy.engine.Engine": "sqlalchemy.Engine",
    "neo4j.GraphDatabase.driver": "neo4j.Driver", "neo4j.AsyncGraphDatabase.driver": "neo4j.Driver",
    "neo4j.Driver.session": "neo4j.Session", "neo4j.AsyncDriver.session": "neo4j.Session", "neo4j.Session.begin_transaction": "neo4j.Transaction",
    "google.cloud.bigquery.Client": "google.cloud.bigquery.Client", "cassandra.cluster.Cluster.connect": "cassandra.cluster.Session",
    "docker.from_env": "docker.DockerClient", "git.Repo.clone_from": "git.Repo", "git.Repo.init": "git.Repo", "git.Git": "git.Git",
    "pandas.read_csv": "pandas.DataFrame", "pandas.read_excel": "pandas.DataFrame", "pandas.read_json": "pandas.DataFrame",
    "pandas.read_parquet": "pandas.DataFrame", "pandas.read_sql": "pandas.DataFrame",
    "fabric.Connection": "fabric.Connection", "logging.getLogger": "logging.Logger", "requests.session": "requests.Session",
    "axios.create": "axios.AxiosInstance", "axios.Axios": "axios.AxiosInstance", "axios.default": "axios", "got.extend": "got", "ky.create": "ky", "ky.extend": "ky",
    "pg.default.Pool": "pg.Pool", "pg.default.Client": "pg.Client", "pg.Pool.connect": "pg.Client", "pg.PoolClient": "pg.Client",
    "simple-git.default": "simple-git.simpleGit", "simple-git": "simple-git.simpleGit", "simple-git.gitP": "simple-git.simpleGit", "simple-git.SimpleGit": "simple-git.simpleGit",
    "better-sqlite3.Database": "better-sqlite3", "better-sqlite3.default": "better-sqlite3",
    "sqlite3.default.Database": "sqlite3.Database", "sqlite3.verbose.Database": "sqlite3.Database",
    "promisify": "util.promisify",
    "globalThis.URL": "URL", "Bun.$": "zx.$",
}  # fmt: skip

CONSTANTS = {
    "os.sep": "/", "os.path.sep": "/", "path.sep": "/", "path.posix.sep": "/", "os.pathsep": ":", "os.linesep": "\n",
    "os.curdir": ".", "os.pardir": "..", "os.path.pardir": "..",
    "string.ascii_letters": string.ascii_letters, "string.ascii_lowercase": string.ascii_lowercase,
    "string.ascii_uppercase": string.ascii_uppercase, "string.digits": string.digits,
    "string.hexdigits": string.hexdigits, "string.punctuation": string.punctuation,
    "string.whitespace": string.whitespace, "string.printable": string.printable,
}  # fmt: skip
"""Names that stand for a text."""

_CLASSES = dict.fromkeys(("pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "anyio.Path", "trio.Path", "aiopath.AsyncPath", "aiopath.Path", "upath.UPath", "path.Path"), "pathlib.Path")  # fmt: skip

_DBAPI = frozenset(
    ("sqlite3", "aiosqlite", "apsw", "psycopg", "psycopg2", "pymysql", "mysql.connector", "MySQLdb", "aiomysql", "pyodbc",
     "aioodbc", "oracledb", "cx_Oracle", "snowflake.connector", "trino.dbapi", "pyhive.hive", "pyhive.presto",
     "prestodb.dbapi", "impala.dbapi", "pymssql", "databricks.sql", "redshift_connector", "teradatasql", "vertica_python",
     "jaydebeapi", "aiopg", "clickhouse_driver.dbapi", "hdbcli.dbapi")
)  # fmt: skip
"""Modules after PEP 249: ``connect()`` gives a connection, ``cursor()`` of it a cursor."""

_PREFIXES = (
    ("fs.promises.", "fs."), ("fs-extra.", "fs."), ("graceful-fs.", "fs."), ("fs.default.", "fs."), ("fs.promises", "fs"),
    ("fs-extra", "fs"), ("path.posix.", "path."), ("path.win32.", "path."), ("path/posix.", "path."), ("path.default.", "path."),
    ("child_process.default.", "child_process."), ("posixpath.", "os.path."), ("ntpath.", "os.path."),
    ("dns/promises.", "dns."), ("dns.promises.", "dns."), ("globalThis.", ""), ("builtins.", ""), ("axios.default.", "axios."),
    ("axios.default", "axios"), ("fs.promises", "fs"), ("url.URL", "URL"), ("os.default.", "os."),
)  # fmt: skip


@functools.cache
def functions(language: str) -> dict[str, str]:
    """Name of a function -> what it does, a name in `effects.EFFECTS`."""
    return _read(_FUNCTIONS[language])


@functools.cache
def methods() -> dict[str, str]:
    """Method of something that holds a choice -> what it does."""
    return _read(_METHODS)


def _read(lines: str) -> dict[str, str]:
    found = {}
    for line in lines.split("\n"):
        word, *names = line.split() or [""]
        found.update(dict.fromkeys(names, word))
    return found


@functools.lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """One name for things that go by several."""
    if ".default" in name:  # what a compiler writes for a default import is the module all the same
        name = name.replace(".default.", ".").removesuffix(".default")
    for prefix, better in _PREFIXES:
        if name.startswith(prefix):
            name = better + name[len(prefix) :]
            break
    if name in _CLASSES:
        return _CLASSES[name]
    owner, _, member = name.rpartition(".")
    return f"{_CLASSES[owner]}.{member}" if owner in _CLASSES else name


@functools.lru_cache(maxsize=4096)
def returned(name: str) -> str:
    """What a call of ``name`` gives: an instance by the name of its class."""
    found = _RETURNS.get(name)
    if found is not None:
        return found
    owner, _, method = name.rpartition(".")
    if method in ("connect", "Connection") and owner in _DBAPI:
        return f"{owner}.Connection"
    if method == "cursor" and owner.endswith(".Connection"):
        return f"{owner[:-10]}Cursor"
    return name
