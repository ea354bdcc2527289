"""VirusTotal's interface (version 3) asked about files it may know, by their SHA-256; the files themselves stay here.

An answer that is missing or of another form is a failure; a file that is not known there is said to be unknown, not
clean.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from mcp_lsp_analyzers.record import NamedTuple

from . import asking
from .asking import CouldNotAsk
from .consent import Consent

URL = "https://www.virustotal.com"
_PATIENCE = 30.0
_LARGEST = 8_000_000
_ENGINES = ("malicious", "suspicious", "undetected", "harmless")


class Verdict(NamedTuple):
    """How many engines looked at a file, and how many take it for malware."""

    detections: int
    engines: int


def ask(
    digests: Sequence[str], url: str, key: str, consent: Consent, told: Callable[[int], None] | None = None
) -> tuple[dict[str, Verdict | None], str]:
    """What is known by SHA-256; ``None`` for a file that is not known there. The text says why not all could be asked,
    "" where all were. Raises `NotAgreed`."""
    consent.to_reach(url)
    try:
        opened = asking.client(_PATIENCE, url)
    except CouldNotAsk as error:
        return {}, str(error)
    import httpx

    found: dict[str, Verdict | None] = {}
    try:
        with opened as client:
            for i, digest in enumerate(digests):
                found[digest] = _verdict(client, digest, key)
                if told is not None:
                    told(i + 1)
    except (CouldNotAsk, httpx.HTTPError) as error:
        return found, (str(error) or type(error).__name__).replace(key, "***")
    return found, ""


def _verdict(client: Any, digest: str, key: str) -> Verdict | None:
    with client.stream("GET", f"/api/v3/files/{digest}", headers={"x-apikey": key}) as response:
        data = asking.body(response, _LARGEST, str(client.base_url))
        status = response.status_code
    if status == 404:
        return None
    if status == 429:
        raise CouldNotAsk(f"{client.base_url} answers no more for now (429): the key's quota is used up")
    if status != 200:
        raise CouldNotAsk(f"{client.base_url} answered {status}")
    try:
        stats = json.loads(data)["data"]["attributes"]["last_analysis_stats"]
        counts = [int(stats[name]) for name in _ENGINES]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise CouldNotAsk(f"{client.base_url} answered in a form that is not VirusTotal's") from None
    return Verdict(counts[0] + counts[1], sum(counts))
