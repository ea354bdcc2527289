# ruff: noqa: E501, SIM905  (tables are easier to read and to extend one API to a line)
"""Where a value takes effect: dangerous APIs of each language, one line each, with the position that matters.

A line is ``name  kind  position [position…]``. Names are dotted as `scope.Scope.dotted` gives them, with the instance
written as its class (``httpx.AsyncClient.get``). ``{a,b}`` stands for each, ``*.name`` for a method of anything from
outside the project whose class is not known. Lines that agree in name add up.

Positions: ``0`` the first argument, ``0|args`` the same by number or by keyword, ``|cwd`` by keyword only, ``1+`` every argument from
there on, ``self`` what the method is called on, ``0.url`` a property of an options object. An optional last word in
brackets is a condition: ``[shell]`` only where the keyword or option ``shell`` is set, ``[unsafe-yaml]`` unless a safe
loader is named, ``[page]`` where a browser's page goes to an address, ``[allow_pickle]`` where that keyword is set.

Kinds beyond `KINDS` are resolved to one of them by what the call is given:

- ``process``: an argument vector as a list, or a command line as a string (a shell's where ``shell`` is set)
- ``vector``: program at this position, its arguments in the list after it (``child_process.spawn``)
- ``varargs``: program at this position, its arguments one by one after it (``create_subprocess_exec``)
- ``words``: a command line split into words without a shell
- ``remote``: a list run elsewhere (in a container): by design a program, dangerous only as ``sh -c``
- ``options``: words of a command line whose program is fixed (``git.Repo.git.log``)
- ``file``: read or written as the mode says
- ``embedded``: code, where the value stands in a text; a whole script is what such calls are for
"""

from __future__ import annotations

import functools
import re

from .pattern import pattern
from .record import NamedTuple

KINDS = {
    "shell": "part of a command line that a shell reads",
    "program": "the program that is started",
    "argv": "one argument of a program, which may take it for an option",
    "code": "run as code",
    "template": "run as a template",
    "path-read": "a file or folder that is read",
    "path-write": "a file or folder that is written, made or removed",
    "path-given": "a file or folder that a program is given, joined to a folder",
    "folder": "the folder in which a program runs",
    "url": "an address that is requested",
    "sql": "part of a database statement",
    "deserialise": "bytes or text from which objects are made",
    "xml": "an XML document",
    "regex": "a regular expression",
    "html": "part of a page that a browser shows",
    "reflect": "the name of an attribute or module",
}


class Api(NamedTuple):
    """One dangerous position of one call."""

    kind: str
    position: int | None  # number of the argument
    keyword: str | None
    rest: bool = False  # and every argument after it
    property: str | None = None  # of the options object that stands there
    on_self: bool = False
    when: str = ""


_PYTHON = """
subprocess.{run,call,check_call,check_output,Popen}  process  0|args
{psutil,gevent.subprocess}.Popen                     process  0|args
subprocess.{run,call,check_call,check_output,Popen}  program  |executable
subprocess.{run,call,check_call,check_output,Popen}  folder   |cwd
asyncio.{create_subprocess_exec,create_subprocess_shell}  folder  |cwd
subprocess.{getoutput,getstatusoutput}  shell  0|cmd
commands.{getoutput,getstatusoutput}    shell  0
os.system                     shell  0|command
os.{popen,popen2,popen3}      shell  0|cmd
os.startfile                  program  0|filepath
os.{execv,execve,execvp,execvpe,posix_spawn,posix_spawnp}  vector  0|path
os.{execl,execle,execlp,execlpe}  varargs  0|path
os.{spawnv,spawnve,spawnvp,spawnvpe}  vector  1
os.{spawnl,spawnle,spawnlp,spawnlpe}  varargs  1
pty.spawn                     process  0|argv
asyncio.create_subprocess_shell  shell    0|cmd
asyncio.create_subprocess_exec   varargs  0|program
{anyio,trio}.{run_process,open_process}  process  0|command
trio.lowlevel.open_process    process  0|command
pexpect.{spawn,spawnu,run,runu}  words  0|command
pexpect.popen_spawn.PopenSpawn   words  0|cmd
paramiko.{SSHClient,client.SSHClient}.exec_command  shell  0|command
paramiko.Channel.exec_command  shell  0|command
fabric.Connection.{run,sudo,local}  shell  0|command
fabric.api.{run,sudo,local}    shell  0
invoke.{run,sudo}              shell  0|command
invoke.{Context,context.Context}.{run,sudo}  shell  0|command
asyncssh.connect.{run,create_process}  shell  0
sh.Command                     program  0
*.{exec_command,shell,run_cmd,run_ps,send_command}  shell  0|command
*.exec_run                     remote 0|cmd
docker.{from_env,DockerClient}.containers.{run,create}  remote 1|command
*.exec_create                  remote 1|cmd
kubernetes.stream.stream       remote |command

{eval,exec,builtins.eval,builtins.exec}  code  0
{compile,builtins.compile}     code  0|source
code.{InteractiveInterpreter,InteractiveConsole}.{runsource,runcode,push}  code  0
{runpy.run_path,runpy.run_module}  code  0
{numexpr.evaluate,numexpr.re_evaluate}  code  0|ex
sympy.{sympify,parse_expr,S}   code  0
sympy.parsing.sympy_parser.parse_expr  code  0|s
sympy.core.sympify.sympify     code  0
sympy.lambdify                 code  1
pandas.eval                    code  0|expr
pandas.DataFrame.{eval,query}  code  0|expr
{timeit.timeit,cProfile.run,profile.run}  code  0
{js2py.eval_js,dukpy.evaljs,py_mini_racer.MiniRacer.eval}  code  0
*.run_cell                     code  0
jinja2.{Template,environment.Template}  template  0|source
jinja2.{Environment,environment.Environment,sandbox.Environment}.from_string  template  0|source
mako.template.Template         template  0|text
{flask.render_template_string,django.template.Template}  template  0

{open,io.open,codecs.open,builtins.open}  file  0|file
aiofiles.open                  file  0|file
{gzip,bz2,lzma}.open           file  0|filename
{anyio.open_file,trio.open_file,smart_open.open,fsspec.open}  file  0
{tarfile.open,zipfile.ZipFile}  file  0
{os.open,os.fdopen}            file  0|path
pathlib.Path.open              file  self
pathlib.Path.{read_text,read_bytes,iterdir,glob,rglob,walk}  path-read  self
pathlib.Path.{write_text,write_bytes,unlink,rmdir,mkdir,touch,rename,replace,symlink_to,hardlink_to,chmod}  path-write  self
pathlib.Path.{rename,replace}  path-write  0|target
pathlib.Path.symlink_to        path-read   0|target
os.{listdir,scandir,walk,fwalk}  path-read  0|path
os.{remove,unlink,rmdir,removedirs,mkdir,makedirs,truncate,chmod,chown}  path-write  0|path
os.{rename,renames,replace}    path-write  0|src 1|dst
os.{link,symlink}              path-read   0|src
os.{link,symlink}              path-write  1|dst
os.chdir                       path-read   0|path
shutil.{copy,copy2,copyfile,copytree}  path-read   0|src
shutil.{copy,copy2,copyfile,copytree}  path-write  1|dst
shutil.move                    path-write  0|src 1|dst
shutil.rmtree                  path-write  0|path
shutil.make_archive            path-write  0|base_name
shutil.make_archive            path-read   2|root_dir
shutil.unpack_archive          path-read   0|filename
shutil.unpack_archive          path-write  1|extract_dir
tempfile.{mkstemp,mkdtemp,NamedTemporaryFile,TemporaryDirectory,SpooledTemporaryFile}  path-write  |dir
aiofiles.os.{listdir,scandir}  path-read   0
aiofiles.os.{remove,unlink,rename,replace,mkdir,makedirs,rmdir}  path-write  0
aioshutil.{copy,copy2,copyfile,move,rmtree}  path-write  0
{zipfile.ZipFile,tarfile.open,tarfile.TarFile}.extractall  path-write  0|path
{zipfile.ZipFile,tarfile.open,tarfile.TarFile}.extract  path-write  1|path
{glob.glob,glob.iglob}         path-read   0|pathname
{linecache.getlines,linecache.getline,fileinput.input}  path-read  0
{flask.send_file,starlette.responses.FileResponse,fastapi.responses.FileResponse,aiohttp.web.FileResponse}  path-read  0|path
flask.send_from_directory      path-read   0
{joblib.load,pandas.read_pickle}  path-read  0|filename
torch.load                     path-read   0|f
joblib.dump                    path-write  1|filename
torch.save                     path-write  1|f
{numpy.load,numpy.loadtxt,numpy.genfromtxt,numpy.fromfile}  path-read  0|file
{numpy.save,numpy.savez,numpy.savetxt}  path-write  0|file
pandas.{read_csv,read_excel,read_json,read_parquet,read_table,read_feather,read_hdf,read_xml,read_fwf,ExcelFile}  path-read  0
pandas.DataFrame.{to_csv,to_excel,to_json,to_parquet,to_pickle,to_hdf,to_feather}  path-write  0
polars.{read_csv,read_excel,read_json,read_parquet,read_ndjson,scan_csv,scan_parquet}  path-read  0
PIL.Image.open                 path-read   0|fp
{cv2.imread,imageio.imread,matplotlib.pyplot.imread,soundfile.read,librosa.load,pydub.AudioSegment.from_file,moviepy.VideoFileClip,moviepy.editor.VideoFileClip,h5py.File,xarray.open_dataset,geopandas.read_file,pyarrow.parquet.read_table,markitdown.MarkItDown.convert_local,rdflib.Graph.parse,ffmpeg.input,pikepdf.open,camelot.read_pdf,tabula.read_pdf}  path-read  0
{cv2.imwrite,matplotlib.pyplot.savefig,soundfile.write,pydub.AudioSegment.export,pyarrow.parquet.write_table}  path-write  0
{docx.Document,openpyxl.load_workbook,pptx.Presentation,xlrd.open_workbook,fitz.open,pymupdf.open,pdfplumber.open}  path-read  0
{pypdf,PyPDF2}.PdfReader       path-read   0
{pdf2image.convert_from_path,pypandoc.convert_file,tika.parser.from_file,textract.process,ebooklib.epub.read_epub,nbformat.read,mutagen.File,music21.converter.parse,mido.MidiFile,trimesh.load,ezdxf.readfile,rasterio.open,netCDF4.Dataset,nibabel.load,pyreadstat.read_sav,extract_msg.Message,docx2txt.process,pytesseract.image_to_string,torchaudio.load,whisper.load_audio,zipfile.Path,mammoth.convert_to_html,pymupdf4llm.to_markdown,docx2pdf.convert,pdfkit.from_file}  path-read  0
unstructured.partition.auto.partition  path-read  0|filename
docling.document_converter.DocumentConverter.{convert,convert_all}  path-read  0|source
{xlsxwriter.Workbook,reportlab.pdfgen.canvas.Canvas,graphviz.Source.save,gtts.gTTS.save,edge_tts.Communicate.save,fpdf.FPDF.output,PyPDF2.PdfWriter.write,pypdf.PdfWriter.write,ezdxf.new.saveas}  path-write  0
{pypandoc.convert_file,pypandoc.convert_text}  path-write  |outputfile
*.{write_html,write_image,write_json}  path-write  0|file
{sqlite3.connect,aiosqlite.connect,duckdb.connect}  path-read  0|database
{docx.Document,openpyxl.Workbook,openpyxl.load_workbook,pptx.Presentation,fitz.open,pymupdf.open}.save  path-write  0
{PIL.Image.open,PIL.Image.new,PIL.Image.fromarray}.save  path-write  0|fp
*.savefig                      path-write  0|fname
*.{to_csv,to_excel,to_parquet,to_pickle}  path-write  0
*.{screenshot,pdf}             path-write  |path
*.set_input_files              path-read   1|files
*.download_file                path-write  2|Filename
*.upload_file                  path-read   0|Filename
git.Repo                       path-read   0|path
git.Repo.init                  path-write  0|path
git.Repo.{clone_from}          path-write  1|to_path
git.Repo.index.{add,remove,checkout}  path-read  0
{r2pipe.open,rzpipe.open,r2pipe.open_sync.open_sync,configparser.ConfigParser.read,dotenv.load_dotenv,dotenv.dotenv_values}  path-read  0
importlib.util.spec_from_file_location  code  1|location
logging.FileHandler            path-write  0|filename
ctypes.{CDLL,cdll.LoadLibrary}  code  0

git.Repo.git.*                 options  0+
git.Git.*                      options  0+
git.Repo.rev_parse.*           options  0+

{requests,niquests,httpx,httpx2,curl_cffi.requests}.{get,post,put,patch,delete,head,options}  url  0|url
{requests,niquests,httpx,httpx2,curl_cffi.requests}.request  url  1|url
{httpx,httpx2}.stream          url  1|url
{requests.Session,requests.session,requests.sessions.Session,niquests.Session,niquests.AsyncSession,cloudscraper.create_scraper}.{get,post,put,patch,delete,head,options}  url  0|url
{requests.Session,requests.session,requests.sessions.Session,niquests.Session,niquests.AsyncSession}.request  url  1|url
{httpx,httpx2}.{Client,AsyncClient}.{get,post,put,patch,delete,head,options}  url  0|url
{httpx,httpx2}.{Client,AsyncClient}.{request,stream,build_request}  url  1|url
{httpx,httpx2}.{Client,AsyncClient}  url  |base_url
{requests.Request,httpx.Request,httpx2.Request}  url  1|url
curl_cffi.requests.{Session,AsyncSession}.{get,post,put,patch,delete,head,options}  url  0|url
aiohttp.ClientSession          url  0|base_url
aiohttp.ClientSession.{get,post,put,patch,delete,head,options,ws_connect}  url  0|url
aiohttp.ClientSession.request  url  1|url
aiohttp.request                url  1|url
urllib.request.{urlopen,Request,urlretrieve}  url  0|url
urllib3.{PoolManager,ProxyManager}.{request,urlopen}  url  1|url
urllib3.request                url  1|url
http.client.{HTTPConnection,HTTPSConnection}  url  0|host
{websockets.connect,websocket.create_connection,websockets.client.connect,feedparser.parse,wget.download,trafilatura.fetch_url,newspaper.Article}  url  0
pandas.read_html               url  0
{SPARQLWrapper.SPARQLWrapper,zeep.Client,mcp.client.sse.sse_client,mcp.client.streamable_http.streamablehttp_client,yt_dlp.YoutubeDL.extract_info,crawl4ai.AsyncWebCrawler.arun,markitdown.MarkItDown.convert,markitdown.MarkItDown.convert_uri,markitdown.MarkItDown.convert_url,scrapling.fetchers.Fetcher.get,scrapling.fetchers.AsyncFetcher.get}  url  0|url
scrapling.fetchers.{StealthyFetcher,DynamicFetcher,PlayWrightFetcher}.{fetch,async_fetch}  url  0|url
ftplib.{FTP,FTP_TLS}           url  0|host
{xmlrpc.client.ServerProxy,jsonrpclib.Server,suds.client.Client,gradio_client.Client,zabbix_utils.ZabbixAPI,zabbix_utils.AsyncZabbixAPI,pyzabbix.ZabbixAPI,jira.JIRA,gitlab.Gitlab,redminelib.Redmine,jenkins.Jenkins,wordpress_xmlrpc.Client,gql.transport.requests.RequestsHTTPTransport,gql.transport.aiohttp.AIOHTTPTransport,web3.HTTPProvider,websockets.sync.client.connect,pdfkit.from_url,imgkit.from_url}  url  0|url
{openai.OpenAI,openai.AsyncOpenAI,anthropic.Anthropic,anthropic.AsyncAnthropic,groq.Groq,groq.AsyncGroq,langchain_openai.ChatOpenAI,langchain_anthropic.ChatAnthropic,langchain_ollama.ChatOllama}  url  |base_url
{openai.AzureOpenAI,openai.AsyncAzureOpenAI}  url  |azure_endpoint
litellm.{completion,acompletion,text_completion,atext_completion,responses,aresponses,embedding,aembedding,image_generation}  url  |base_url
litellm.{completion,acompletion,text_completion,atext_completion,responses,aresponses,embedding,aembedding,image_generation}  url  |api_base
ollama.{Client,AsyncClient}    url  0|host
github.Github                  url  |base_url
{elasticsearch,opensearchpy}.{Elasticsearch,AsyncElasticsearch,OpenSearch}  url  0|hosts
{httpx,httpx2}.{Client,AsyncClient,get,post,put,patch,delete,request,stream}  url  |proxy
{boto3.client,boto3.resource}  url  |endpoint_url
weasyprint.HTML                url  |url
weasyprint.HTML                path-read  |filename
selenium.webdriver.{Chrome,Firefox,Edge,Safari,Remote}.get  url  0|url
*.goto                         url  0|url  [page]
git.Repo.clone_from            url  0|url

{sqlite3,aiosqlite,apsw}.{Connection,Cursor}.{execute,executemany,executescript,execute_fetchall}  sql  0|sql
{psycopg,psycopg2,pymysql,mysql.connector,MySQLdb,aiomysql,pyodbc,aioodbc,oracledb,cx_Oracle,snowflake.connector,trino.dbapi,pyhive.hive,pyhive.presto,prestodb.dbapi,impala.dbapi,pymssql,databricks.sql,redshift_connector,teradatasql,vertica_python,jaydebeapi,aiopg,clickhouse_driver.dbapi,hdbcli.dbapi}.{Connection,Cursor}.{execute,executemany,executescript,stream,copy}  sql  0|query
asyncpg.{Connection,Pool}.{execute,executemany,fetch,fetchrow,fetchval,fetchmany,cursor,prepare,copy_from_query}  sql  0|query
duckdb.{sql,query,execute,executemany}  sql  0|query
duckdb.Connection.{sql,query,execute,executemany,from_query}  sql  0|query
clickhouse_connect.Client.{query,command,query_df,query_np,raw_query,query_arrow}  sql  0|query
clickhouse_driver.Client.{execute,execute_iter,query_dataframe}  sql  0|query
sqlalchemy.{text,sql.text,sql.expression.text,literal_column}  sql  0|text
sqlalchemy.{Connection,Engine,Session,AsyncSession,AsyncConnection}.{execute,exec_driver_sql,scalar,scalars,stream}  sql  0|statement
google.cloud.bigquery.Client.{query,query_and_wait}  sql  0|query
pandas.{read_sql,read_sql_query}  sql  0|sql
neo4j.{Session,Transaction,AsyncSession,AsyncTransaction}.run  sql  0|query
neo4j.{Driver,AsyncDriver}.execute_query  sql  0|query_
cassandra.cluster.Session.execute  sql  0|query
django.db.connection.cursor.execute  sql  0
azure.kusto.data.{KustoClient,aio.KustoClient,client.KustoClient}.{execute,execute_query,execute_mgmt,execute_streaming_query}  sql  1|query
*.start_query_execution        sql  |QueryString
*.{execute_statement,batch_execute_statement}  sql  |sql |Sql |Statement

{pickle,cPickle,_pickle,dill,cloudpickle,marshal}.{load,loads}  deserialise  0
{pickle,dill}.Unpickler        deserialise  0
{pandas.read_pickle,joblib.load,torch.load,shelve.open}  deserialise  0
numpy.load                     deserialise  0|file  [allow_pickle]
yaml.{load,load_all}           deserialise  0|stream  [unsafe-yaml]
yaml.{unsafe_load,unsafe_load_all,full_load,full_load_all}  deserialise  0|stream
{jsonpickle.decode,jsonpickle.loads,jsonpickle.unpickler.decode}  deserialise  0
{pickletools.optimize}         deserialise  0

lxml.etree.{fromstring,parse,XML,iterparse}  xml  0
xml.{sax.parse,sax.parseString,dom.pulldom.parseString,dom.pulldom.parse}  xml  0
*.{find,find_one,count_documents,delete_many,delete_one,update_many,update_one,find_one_and_update}  code  0.$where
re.{compile,search,match,fullmatch,findall,finditer,sub,subn,split}  regex  0|pattern
{starlette,fastapi}.responses.HTMLResponse  html  0|content
{getattr,setattr,delattr}      reflect  1
{importlib.import_module,__import__}  reflect  0|name
"""

_LINE = pattern(r"(\S+)\s+(\S+)\s+(.*?)(?:\s+\[([\w-]+)\])?")
_POSITION = pattern(r"(self)|(\d*)(\+?)(?:\|(\w+))?(?:\.([\w$]+))?")


def read(lines: str) -> dict[str, tuple[Api, ...]]:
    """A table as above. Raises ``ValueError`` for a position that is none."""
    found: dict[str, tuple[Api, ...]] = {}
    for line in lines.split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            continue
        names, kind, positions, when = match.groups()
        apis = []
        for position in positions.split():
            spelled = _POSITION.fullmatch(position)
            if spelled is None:
                raise ValueError(f"sinks: {line.strip()!r} has no position {position!r}")
            on_self, number, rest, keyword, part = spelled.groups()
            apis.append(
                Api(kind, int(number) if number else None, keyword, rest == "+", part, on_self is not None, when or "")
            )
        for name in _names(names):
            found[name] = (*found.get(name, ()), *apis)
    return found


def _names(pattern: str) -> list[str]:
    """``a.{b,c}.d`` stands for "a.b.d" and "a.c.d"."""
    before, brace, rest = pattern.partition("{")
    if not brace:
        return [pattern]
    inside, _, after = rest.partition("}")
    return [before + word + tail for word in inside.split(",") for tail in _names(after)]


@functools.cache
def table(language: str) -> dict[str, tuple[Api, ...]]:
    """The dangerous positions of each API of a language."""
    if language == "python":
        return read(_PYTHON)
    from .sinks_node import LINES  # read where a project has such files only

    return read(LINES)


SQL = pattern(
    r"\s*(?:explain\s+(?:analyze\s+)?)?\(?\s*(?:select\s|insert\s+(?:into|or)\s|update\s+[\w`\"\[\]{}.\0]+\s+set\s|delete\s+from\s"
    r"|create\s+(?:or\s+replace\s+)?(?:temp|temporary|unique|fulltext|spatial|external|materialized)?\s*(?:table|view|index|database|schema|user|role|function|procedure|trigger)\s|(?:create|alter|drop)\s+event\s+(?:if\s|`)"
    r"|drop\s+(?:table|view|index|database|schema|user|role|function|procedure|trigger|column)\s|alter\s+(?:table|database|user|role|view|session|system)\s"
    r"|show\s+(?:create|columns|full|index|tables|databases|grants|partitions|table|views)\b|desc(?:ribe)?\s+|use\s+[`\"\0]?|truncate\s+(?:table\s)?"
    r"|with\s+(?:recursive\s+)?[\w\"`]+\s+as\s*\(|merge\s+into\s|replace\s+into\s|pragma\s|call\s+[\w.]+\(|grant\s|revoke\s|copy\s+[\w\"(]"
    r"|\.(?:show|create|create-merge|create-or-alter|alter|drop|ingest|set|append|delete|rename|clear)\s"
    r"|vacuum\s|analyze\s+(?:table\s)?|attach\s+database\s|set\s+(?:role|search_path|session)\b|match\s*\(|optional\s+match\s*\(|merge\s*\(|unwind\s)",
    re.IGNORECASE,
)
"""How the text of a database statement begins: evidence that a string is one, whatever it is given to."""

CONDITION = pattern(
    r"\bwhere\b[^;]{0,120}?(?:=|<|>|\blike|\bin\s*\()\s*[('\"%]*\0?[('\"%]*\Z", re.IGNORECASE | re.DOTALL
)
"""How the text of a condition in a statement ends in front of a value."""

PIPED = pattern(
    r"\s*(?:fetch\s+[\w.\0]+|from\s*[(\s][^|]*|search\s[^|]*|index\s*=[^|]*|let\s[^|]*|[A-Za-z_]\w*)[^|\n]*"
    r"(?:\s*\|>?\s*(?:where|filter|search|project|extend|summari[sz]e|stats|eval|limit|take|top|sort|order|join|fields|fieldsAdd"
    r"|parse|range|count|distinct|mv-expand|render|expand|dedup|rename|table|head|tail)\b|,\s*from:\s*now\(\))",
    re.IGNORECASE,
)
"""How the text of a query begins that hands rows from one step to the next behind ``|`` (KQL, DQL, SPL, ES|QL, Flux)."""

GRAPHQL = pattern(r"\s*(?:(?:query|mutation|subscription)\b[^{]*\{|\{\s*\w+\s*[({])")
"""How a document of GraphQL begins."""

SEARCH = "q"
"""`Sink.position` of a text by which another service searches for its user."""

SEARCHED = pattern(r"(?:\b(?:contains|has|in|and|or|not)\s|[=<>(]|^)\s*'$", re.IGNORECASE)
"""Where a value stands in quotes of such a text: ``name contains '``."""

QUERIES = frozenset(("query", "queries", "sql", "soql", "sosl", "cypher", "kql", "dql", "statement"))
RUNS = frozenset(
    ("run", "execute", "exec", "perform", "do", "send", "submit", "raw", "single", "fetch", "stream", "all", "more")
)
"""What names of methods say that run a query, and that it is run."""

STATEMENT_METHODS = frozenset(
    "execute executemany executescript execute_query execute_sql execute_statement exec exec_driver_sql exec_query "
    "run run_query run_sql runQuery runSql query query_df query_all query_one queryRaw raw sql fetch fetchall fetchone "
    "fetchrow fetchval fetch_all fetch_one fetch_val prepare unsafe all get each executeQuery executeSql executeRaw "
    "execute_query_for_mcp execute_read execute_write read_sql read_sql_query command scalar scalars text "
    "selectAll selectOne queryObject queryArray".split()
)
"""Methods that take a statement, of whatever object."""


def api(language: str, name: str) -> tuple[Api, ...]:
    """The dangerous positions of a call of ``name``; empty where it is harmless or not known."""
    found = table(language)
    apis = found.get(name)
    if apis is None:
        owner, dot, method = name.rpartition(".")
        if dot:
            part = owner.rpartition(".")[2]
            apis = found.get(f"{owner}.*") or found.get(f"*.{part}.{method}") or found.get(f"*.{method}")
    return apis or ()


__all__ = [
    "CONDITION", "GRAPHQL", "KINDS", "PIPED", "QUERIES", "RUNS", "SEARCH", "SEARCHED", "SQL", "STATEMENT_METHODS", "Api", "api", "read", "table",
]  # fmt: skip
