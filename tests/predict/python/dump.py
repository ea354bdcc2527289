"""Prints what a real SDK lists of a server: run by the interpreter of an environment that has that SDK and nothing of
ours. ``python -P dump.py MODULE`` imports ``MODULE`` of the working directory, a file of shapes, and nothing else."""

import asyncio
import importlib
import importlib.metadata
import json
import logging
import sys

logging.disable(logging.CRITICAL)
PACKAGES = ("mcp", "fastmcp", "pydantic")


async def listed(server):
    if "fastmcp" in sys.modules:
        from fastmcp import Client

        return await answers(Client(server))
    try:
        from mcp import Client
    except ImportError:
        from mcp.shared.memory import create_connected_server_and_client_session as connected

        return await answers(connected(server._mcp_server))
    return await answers(Client(server))


async def answers(connection):
    async with connection as client:
        found = {}
        for name, call in (
            ("tools", client.list_tools),
            ("prompts", client.list_prompts),
            ("resources", client.list_resources),
            ("resourceTemplates", client.list_resource_templates),
        ):
            answer = await call()
            entries = answer
            for field in ("tools", "prompts", "resources", "resourceTemplates", "resource_templates"):
                entries = getattr(answer, field, entries)
            found[name] = [entry.model_dump(mode="json", by_alias=True, exclude_none=True) for entry in entries]
        return found


def versions():
    for package in PACKAGES:
        try:
            yield package, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue


sys.path.insert(0, "")
module = importlib.import_module(sys.argv[1])
listing = asyncio.run(listed(module.mcp))
python = ".".join(map(str, sys.version_info[:2]))
print(json.dumps({"versions": {"python": python, **dict(versions())}, **listing}))
