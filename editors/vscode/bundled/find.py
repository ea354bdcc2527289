"""Says, as JSON on stdout, how this Python would start mcp-lsp. The extension runs it with the interpreter it was given.

Imports nothing of mcp-lsp (asking must be quick) and nothing of the opened folder: run as a file, `sys.path` begins with
the folder of this file, not with the working directory. Runs on any Python 3, to be able to say that it is too old.
"""

import importlib.util
import json
import os
import sys
import sysconfig


def answer(libs):
    where = sys.executable
    if sys.version_info < (3, 10):
        return {"command": None, "why": "%s is Python %d.%d; mcp-lsp needs 3.10" % ((where,) + sys.version_info[:2])}
    env = {}
    if libs:
        with open(os.path.join(libs, "built-for.txt"), encoding="utf-8") as file:
            built_for = file.read().strip()
        here = "%s %s" % (sys.implementation.cache_tag, sysconfig.get_platform())
        if built_for != here:
            return {"command": None, "why": "it was built for %s, and %s is %s" % (built_for, where, here)}
        sys.path.insert(1, libs)
        env["PYTHONPATH"] = libs
    if importlib.util.find_spec("mcp_lsp") is None:
        return {"command": None, "why": "%s has no mcp_lsp installed" % where}
    if sys.version_info >= (3, 11):
        # -P: the working directory must not be able to bring an mcp_lsp of its own.
        return {"command": [where, "-P", "-m", "mcp_lsp"], "env": env, "why": ""}
    # Python 3.10 has no -P. This removes the same entry before anything is imported that could lie there.
    start = "import sys; sys.path.pop(0); from mcp_lsp.cli import main; sys.exit(main())"
    return {"command": [where, "-c", start], "env": env, "why": ""}


if __name__ == "__main__":
    json.dump(answer(sys.argv[1] if len(sys.argv) > 1 else None), sys.stdout)
