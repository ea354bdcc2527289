"""Whatever a server does, a scan of it ends, says what happened, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mcp_lsp.outside import stdio
from mcp_lsp.outside.consent import NotAgreed, starting
from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.process import Start
from mcp_lsp.outside.record import Record
from tests.outside.servers import Scan, Standing, scan

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="these servers use what POSIX offers"),
]
_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="what the kernel of Linux offers")


def test_a_server_that_behaves(tmp_path: Path) -> None:
    found = scan(tmp_path, "serve()")
    assert found.said == {}
    assert [tool["name"] for tool in found.tools] == ["add"]
    assert found.of("ended") == [{"how": "when its input ended", "code": 0}]


def test_nothing_is_started_without_consent_to_that_very_command(tmp_path: Path) -> None:
    mark = tmp_path / "started"
    command = (sys.executable, "-c", f"open({str(mark)!r}, 'w')")
    for consent in (starting(()), starting((sys.executable,)), starting((*command, "more"))):
        with pytest.raises(NotAgreed):
            stdio.listed(Start(command, str(tmp_path), confine=False), consent, Record(), Limits())
    assert not mark.exists()


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    command = ("no-such-program-anywhere",)
    record = Record()
    stdio.listed(Start(command, str(tmp_path)), starting(command), record, Limits())
    assert record.text == '{"unreachable": "there is no program no-such-program-anywhere"}\n'


# ---------------------------------------------------------------- what it says

ODD_BYTES = """
TOOL["description"] = "CAFE"

def odd(m):
    write(json.dumps({"id": m["id"], "result": result(m)}).encode().replace(b"CAFE", b"\\xff") + b"\\n")

serve(odd)
"""
NO_PROMPTS = """
HELLO["capabilities"] = {"prompts": {}}

def odd(m):
    if m["method"] == "prompts/list":
        send(id=m["id"], error={"code": -32601, "message": "No"})
    else:
        answer(m)

serve(odd)
"""


@pytest.mark.parametrize(
    ("source", "rule", "message"),
    [
        ("write(b'Loading ...\\n'); serve()", "stray-output", "`Loading ...` stands on standard output"),
        ("write(b'{\"jsonrpc\": \"2.0\", \\n'); serve()", "broken-message", "it is not JSON"),
        ("write(b'[1, 2]\\n'); serve()", "broken-message", "it is no message of JSON-RPC"),
        ("write(b'[' * 100000 + b'\\n'); serve()", "stray-output", "`[[["),
        (ODD_BYTES, "broken-message", "it is not UTF-8"),
        ("def odd(m):\n send(id=str(m['id']), result=result(m))\nserve(odd)", "answer-to-nobody", '"1", which nobody made (1 was asked)'),
        ("def odd(m):\n answer(m); answer(m)\nserve(odd)", "answer-to-nobody", "answered before"),
        ("def odd(m):\n send(id='q', method='sampling/createMessage', params={})\n answer(m)\nserve(odd)",
         "uninvited-request", "`sampling/createMessage`"),
        (NO_PROMPTS, "refused-list", "`prompts/list` fails: No (-32601)"),
        ("def odd(m):\n TOOL['description'] += '!'\n answer(m)\nserve(odd)", "changing-list", "`add` differs"),
        ("def odd(m):\n r = dict(result(m), nextCursor='x')\n send(id=m['id'], result=r)\nserve(odd)",
         "endless-pages", 'the cursor "x" leads to itself'),
        ("n = 0\ndef odd(m):\n global n\n n += 1\n send(id=m['id'], result=dict(result(m), nextCursor=str(n)))\nserve(odd)",
         "endless-pages", "5 were read"),
        ("TOOL['inputSchema'] = {}\nserve()", "refused-entry", "its inputSchema has no type"),
        ("sys.exit('KeyError: API_KEY')", "ended-early", "with code 1 before it answered `initialize`: KeyError: API_KEY"),
        ("def odd(m):\n answer(m) if m['method'] == 'initialize' else os._exit(3)\nserve(odd)",
         "ended-early", "with code 3 before it answered `tools/list`"),
    ],
)  # fmt: skip
def test_what_it_says_is_found_and_its_tools_are_still_seen(
    tmp_path: Path, source: str, rule: str, message: str
) -> None:
    found = scan(tmp_path, source, pages=5)
    assert message in " ".join(found.said.get(rule, ())), found
    if rule not in ("ended-early", "refused-list"):
        assert [tool["name"] for tool in found.tools][:1] == ["add"]


def test_one_bad_tool_does_not_hide_the_others(tmp_path: Path) -> None:
    bad = "[{'name': 7}, 'nothing', {'name': 'no_schema'}, {'name': 'odd', 'inputSchema': {'required': None}}, TOOL]"
    found = scan(
        tmp_path,
        f"def odd(m):\n r = HELLO if m['method'] == 'initialize' else {{'tools': {bad}}}\n send(id=m['id'], result=r)\nserve(odd)",
    )
    assert len(found.tools) == 5
    assert len(found.said["refused-entry"]) == 2


def test_a_server_of_the_newest_protocol_alone(tmp_path: Path) -> None:
    found = scan(
        tmp_path,
        "def modern(m):\n"
        " about = m['params'].get('_meta', {})\n"
        " if about.get('io.modelcontextprotocol/protocolVersion') != '2026-07-28':\n"
        "  send(id=m['id'], error={'code': -32022, 'message': 'unsupported'})\n"
        " elif m['method'] == 'server/discover':\n"
        "  send(id=m['id'], result={'capabilities': {'tools': {}}, 'supportedVersions': ['2026-07-28']})\n"
        " else:\n  answer(m)\n"
        "serve(modern)",
    )
    assert [tool["name"] for tool in found.tools] == ["add"]
    assert found.said == {}


# ---------------------------------------------------------------- how long, and how much


def test_a_server_that_never_answers(tmp_path: Path) -> None:
    found = scan(tmp_path, "serve(lambda m: None)", start=0.2)
    assert found.said["unanswered-request"] == ["`initialize` was not answered within 0.2 seconds"]


def test_a_server_that_answers_byte_by_byte(tmp_path: Path) -> None:
    found = scan(tmp_path, "while True:\n write(b' ')\n time.sleep(0.02)", start=0.3, grace=0.1)
    assert found.said["unanswered-request"] == ["`initialize` was not answered within 0.3 seconds"]


def test_a_server_that_never_stops_talking(tmp_path: Path) -> None:
    found = scan(tmp_path, "while True:\n send(method='notifications/message', params={})", messages=100, grace=0.1)
    assert found.said["takes-too-much"] == [
        "the server was stopped when it had sent more than 100 messages that nobody asked for"
    ]


def test_a_server_that_always_has_one_page_more_and_takes_its_time(tmp_path: Path) -> None:
    source = (
        f"LATE = {str(tmp_path / 'late')!r}\nn = 0\ndef odd(m):\n global n\n n += 1\n open(LATE, 'w').close()\n"
        " send(id=m['id'], result=dict(result(m), nextCursor=str(n)))\nserve(odd)"
    )
    clock = Standing(tmp_path)
    found = scan(tmp_path, source, confine=False, clock=clock, start=10**6, answer=10**6, whole=40_000, pages=10**6)
    assert "all 40000 seconds were used up" in found.said["takes-too-much"][0]
    assert [tool["name"] for tool in found.tools] == ["add"]


def test_a_gigabyte_in_one_line(tmp_path: Path) -> None:
    found = scan(tmp_path, "for _ in range(16_000): write(b'{\"a' + b'x' * 65533)\nserve()", line=1_000_000)
    assert "64000000 bytes to standard output" in found.said["takes-too-much"][0]
    assert sum(len(str(value)) for _, value in found.events) < 20_000


@pytest.mark.parametrize(
    ("source", "limit", "message"),
    [
        ("while True: write(b'x' * 65536)", {"line": 200_000, "output": 2_000_000}, "2000000 bytes to standard output"),
        ("while True: sys.stderr.write('x' * 65536)", {"errors": 1_000_000}, "1000000 bytes to standard error"),
    ],
)  # fmt: skip
def test_a_server_that_floods(tmp_path: Path, source: str, limit: dict[str, int], message: str) -> None:
    found = scan(tmp_path, source, **limit)
    assert message in found.said["takes-too-much"][0]


def test_a_line_that_is_too_long_is_cut_and_what_follows_is_read(tmp_path: Path) -> None:
    found = scan(tmp_path, "write(b'{\"a\": \"' + b'x' * 500000 + b'\"}\\n'); serve()", line=100_000)
    assert found.said["broken-message"] == ["a message of this server cannot be read: it is longer than 100,000 bytes"]
    assert len(found.of("broken")[0]["text"]) < 5_000
    assert [tool["name"] for tool in found.tools] == ["add"]


def test_a_server_that_refuses_to_die(tmp_path: Path) -> None:
    found = scan(
        tmp_path, "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nserve()\nwhile True: time.sleep(1)", grace=0.2
    )
    assert found.said == {"outlives-its-client": ["the server does not end when its input ends; it had to be killed"]}
    assert [tool["name"] for tool in found.tools] == ["add"]


@_LINUX
def test_a_fork_bomb(tmp_path: Path) -> None:
    found = scan(tmp_path, "while True:\n try: os.fork()\n except OSError: time.sleep(0.01)", processes=20, start=300)
    # The kernel may have refused the forks before the watch saw too many; then it is silent, and ended all the same.
    assert found.said.get("takes-too-much") or found.said.get("unanswered-request"), found
    assert not _running(tmp_path)


@_LINUX
@pytest.mark.parametrize("confine", [True, False])
def test_children_that_hide_are_ended_too(tmp_path: Path, confine: bool) -> None:
    source = (
        "if os.fork() == 0:\n os.setsid()\n signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        " for fd in (0, 1, 2): os.close(fd)\n"
        " os.fork()\n time.sleep(600)\n os._exit(0)\nserve()"
    )
    found = scan(tmp_path, source, confine=confine)
    assert [tool["name"] for tool in found.tools] == ["add"]
    assert not _running(tmp_path)


def _running(folder: Path) -> list[str]:
    """Processes that still run the server of a test."""
    wanted = str(folder / "tried.py").encode()
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if wanted in words and state != "Z":
            found.append(pid)
    return found


# ---------------------------------------------------------------- what it can reach


def _told(found: Scan) -> str:
    return str(found.tools[0]["description"])


def test_it_gets_no_variables_but_those_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_TOKEN", "secret")
    names = _told(scan(tmp_path, "TOOL['description'] = ' '.join(sorted(os.environ))\nserve()")).split()
    assert "PATH" in names
    assert "MY_TOKEN" not in names


def test_its_home_is_empty_and_gone_afterwards(tmp_path: Path) -> None:
    told = _told(
        scan(
            tmp_path,
            "TOOL['description'] = os.environ['HOME'] + ' ' + str(len(os.listdir(os.environ['HOME'])))\nserve()",
        )
    )
    home, count = told.split()
    assert count == "0"
    assert not os.path.exists(home)
    assert home != os.path.expanduser("~")


@_LINUX
def test_it_inherits_no_open_files(tmp_path: Path) -> None:
    with open(tmp_path / "open", "w") as file:
        os.set_inheritable(file.fileno(), True)
        told = _told(
            scan(
                tmp_path,
                "TOOL['description'] = ' '.join(os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}'))\nserve()",
            )
        )
    assert str(tmp_path / "open") not in told


@_LINUX
def test_it_writes_nowhere_but_at_home_and_has_no_network(tmp_path: Path) -> None:
    source = (
        "import socket\n"
        "open(os.environ['HOME'] + '/inside', 'w').write('x')\n"
        "s = socket.socket()\ns.settimeout(5)\n"
        "said = s.connect_ex(('127.0.0.1', int(sys.argv[2])))\n"
        "TOOL['description'] = f'connecting: {said}'\n"
        "try: open(sys.argv[1], 'w')\nexcept OSError as error: sys.exit(f'refused: {error.strerror}') if said else None\nserve()"
    )
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = scan(tmp_path, source, str(tmp_path / "outside"), str(listening.getsockname()[1]))
    achieved = found.of("started")[0]["confined"]
    if "no writing outside its temporary folder" not in achieved or "no network" not in achieved:
        pytest.skip(f"this system only offers {achieved}")
    assert not (tmp_path / "outside").exists()
    assert "refused: Permission denied" in found.said["ended-early"][0]


@_LINUX
@pytest.mark.parametrize("confine", [True, False])
def test_it_does_not_outlive_a_scan_that_is_killed(tmp_path: Path, confine: bool) -> None:
    import socket
    import subprocess

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(120)
        (tmp_path / "stays.py").write_text(
            "import signal, socket, sys, time\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
            "s.sendall(b'x')\n"
            "while True: time.sleep(600)\n"
        )
        command = (sys.executable, str(tmp_path / "stays.py"), str(listening.getsockname()[1]))
        program = (
            "from mcp_lsp.outside import stdio; from mcp_lsp.outside.consent import starting\n"
            "from mcp_lsp.outside.limits import Limits; from mcp_lsp.outside.process import Start\n"
            "from mcp_lsp.outside.record import Record\n"
            f"start = Start({command!r}, {str(tmp_path)!r}, network=True, confine={confine})\n"
            "stdio.listed(start, starting(start.command), Record(), Limits(start=600))\n"
        )
        scanner = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(tmp_path)})
        try:
            server, _ = listening.accept()
            with server:
                server.settimeout(120)
                assert server.recv(1) == b"x"
                scanner.kill()
                assert server.recv(1) == b""  # the kernel closed it: its process is gone
        finally:
            scanner.kill()
            scanner.wait()
