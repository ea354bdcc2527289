"""Says, as a line of JSON, how this Python would start mcp-lsp. The extension runs it with the interpreter it has.

    python find.py [LIBS]          on standard output
    python find.py serve [LIBS]    on standard error, and then is the server: a process less to wait for

Imports nothing of mcp-lsp before it answers (asking must be quick) and nothing of the opened folder: run as a file,
`sys.path` begins with the folder of this file, not with the working directory. Runs on any Python 3, to be able to say
that it is too old. ``LIBS``: a folder with a server that the extension carries.
"""

import importlib.util
import json
import os
import sys


def answer(libs):
    where = sys.executable
    if sys.version_info < (3, 10):
        return {"command": None, "why": "%s is Python %d.%d; mcp-lsp needs 3.10" % ((where,) + sys.version_info[:2])}
    env = {}
    if libs:
        import sysconfig  # takes some milliseconds

        with open(os.path.join(libs, "built-for.txt"), encoding="utf-8") as file:
            built_for = file.read().strip()
        here = "%s %s" % (sys.implementation.cache_tag, sysconfig.get_platform())
        if built_for != here:
            return {"command": None, "why": "it was built for %s, and %s is %s" % (built_for, where, here)}
        sys.path.insert(0, libs)
        env["PYTHONPATH"] = libs
    if importlib.util.find_spec("mcp_lsp") is None:
        return {"command": None, "why": "%s has no mcp_lsp installed" % where}
    if sys.version_info >= (3, 11):
        # -P: the working directory must not be able to bring an mcp_lsp of its own.
        return {"command": [where, "-P", "-m", "mcp_lsp"], "env": env, "why": ""}
    # Python 3.10 has no -P. This removes the same entry before anything is imported that could lie there.
    start = "import sys; sys.path.pop(0); from mcp_lsp.cli import main; sys.exit(main())"
    return {"command": [where, "-c", start], "env": env, "why": ""}


def serve(libs):
    told = answer(libs)
    sys.stderr.write(json.dumps(told) + "\n")
    sys.stderr.flush()
    if told["command"] is None:
        return 1
    os.environ.update(told["env"])  # for the processes that the server starts
    sys.argv[1:] = ["lsp"]
    from mcp_lsp.cli import main

    return main()


if __name__ == "__main__":
    given = sys.argv[1:]
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]  # the folder of this file
    if given[:1] == ["serve"]:
        sys.exit(serve(given[1] if len(given) > 1 else None))
    json.dump(answer(given[0] if given else None), sys.stdout)
