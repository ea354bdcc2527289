"""Runs as a program of its own, between us and a server: takes away what the server does not need, then becomes it.

``python -I -S jail.py SPEC COMMAND…`` with SPEC in JSON: ``report`` (a file descriptor to which goes, as JSON, what
was achieved, or why the command could not be run), ``write`` (folders that may be written to), ``network``,
``confine``, and the numbers ``memory``, ``cpu``, ``processes``, ``file``. It imports nothing of ours: it must start
quickly, and anywhere.

On Linux, as far as the kernel allows: namespaces of its own for users, processes (when the first one goes, the kernel
ends all others, however they hid) and the network (there is none), and Landlock against writing elsewhere. Numbers of
system calls and flags are those of ``linux/landlock.h`` and ``linux/sched.h``, the same on x86-64 and arm64.
"""

import contextlib
import ctypes
import json
import os
import signal
import sys
from typing import Any, NoReturn

NEWUSER, NEWPID, NEWNET, NEWIPC = 0x10000000, 0x20000000, 0x40000000, 0x08000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
# Landlock's rights to files by the version of its interface that brought them: write, remove, make; refer; truncate.
WRITES = ((1, 0b1_1111_1111_0010), (2, 1 << 13), (3, 1 << 14))
WRITE_FILE, TRUNCATE = 1 << 1, 1 << 14


def main() -> None:
    spec, command = json.loads(sys.argv[1]), sys.argv[2:]
    report = spec["report"]
    os.set_inheritable(report, False)
    if sys.platform == "linux":  # whoever started this may be killed, and can end nothing then
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    said = limited(spec)
    apart = spec["confine"] and sys.platform == "linux" and namespaces(spec, said)
    if apart:
        inner = os.fork()
        if inner:
            os.close(report)
            stand_by(inner)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        server = os.fork()
        if server:
            os.close(report)
            stand_by(server)
    if spec["confine"] and sys.platform == "linux":
        said += landlocked(spec["write"])
    tell(report, {"achieved": said})
    try:
        os.execvpe(command[0], command, os.environ)
    except OSError as error:
        tell(report, {"failed": f"{command[0]}: {error.strerror}"})
        os._exit(127)


def tell(report: int, what: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        os.write(report, json.dumps(what).encode() + b"\n")


def stand_by(child: int) -> NoReturn:
    """Wait for a child, adopt what it leaves, and end as it did. The pipes are the server's alone."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            os._exit(0)
        except InterruptedError:
            continue
        if pid == child:
            os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


def limited(spec: dict[str, Any]) -> list[str]:
    try:
        import resource
    except ImportError:
        return []
    said = []
    for name, limit, what in (
        ("RLIMIT_DATA", spec["memory"], "memory"),
        ("RLIMIT_CPU", spec["cpu"], "processor time"),
        ("RLIMIT_FSIZE", spec["file"], "size of files"),
        ("RLIMIT_CORE", 0, "core files"),
    ):
        number = getattr(resource, name, None)
        if number is None:
            continue
        try:
            hard = resource.getrlimit(number)[1]
            limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(number, (limit, limit))
            said.append(what)
        except (ValueError, OSError):
            pass
    return ["limits on " + ", ".join(said)] if said else []


def namespaces(spec: dict[str, Any], said: list[str]) -> bool:
    """Whether processes of their own were had. Asked for together first, as a user without rights must."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    wanted = NEWPID | NEWIPC | (0 if spec["network"] else NEWNET)
    if libc.unshare(NEWUSER | wanted) == 0:
        try:
            for name, text in (
                ("setgroups", "deny"),
                ("uid_map", f"{user} {user} 1"),
                ("gid_map", f"{group} {group} 1"),
            ):
                with open(f"/proc/self/{name}", "w") as file:
                    file.write(text)
        except OSError:
            pass  # it then is nobody, which is less, not more
    elif libc.unshare(wanted) != 0:
        return False
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        # Counted within the new namespace only; not for the user root, whom the watch outside stops.
        resource.setrlimit(resource.RLIMIT_NPROC, (spec["processes"], spec["processes"]))
    said.append("processes of its own")
    if not spec["network"]:
        said.append("no network")
    return True


def landlocked(folders: list[str]) -> list[str]:
    """No writing but in ``folders`` and to devices."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    version = libc.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return []
    rights = 0
    for since, each in WRITES:
        rights |= each if version >= since else 0
    handled = ctypes.c_uint64(rights)
    ruleset = libc.syscall(LANDLOCK_CREATE, ctypes.byref(handled), ctypes.c_size_t(8), ctypes.c_uint32(0))
    if ruleset < 0:
        return []

    class Beneath(ctypes.Structure):
        _pack_ = 1
        _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))

    device = rights & (WRITE_FILE | TRUNCATE)
    for folder, allowed in (*((folder, rights) for folder in folders), ("/dev", device)):
        try:
            parent = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        beneath = Beneath(allowed, parent)
        libc.syscall(LANDLOCK_ADD, ruleset, 1, ctypes.byref(beneath), ctypes.c_uint32(0))
        os.close(parent)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    done = libc.syscall(LANDLOCK_RESTRICT, ruleset, ctypes.c_uint32(0))
    os.close(ruleset)
    return ["no writing outside its temporary folder"] if done == 0 else []


if __name__ == "__main__":
    main()
