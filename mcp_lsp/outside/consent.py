"""What the user agreed to: to start this command, to reach these addresses. Nothing in this room happens without."""

from __future__ import annotations

from urllib.parse import urlsplit

from mcp_lsp_analyzers.record import dataclass


class NotAgreed(Exception):
    """Something was about to be started or reached that nobody agreed to. The message says what."""


@dataclass(frozen=True, slots=True)
class Consent:
    """``command``: the very words of what may be started; ``origins``: what may be reached ("http://127.0.0.1:8000").
    Made where the user was asked and said yes, and nowhere else."""

    command: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()

    def to_start(self, command: tuple[str, ...]) -> None:
        """Raises `NotAgreed` where this is another command."""
        if not command or command != self.command:
            raise NotAgreed(f"nobody agreed to start {' '.join(command)}")

    def to_reach(self, url: str) -> None:
        """Raises `NotAgreed` where this is another origin, as after a redirect, or no address at all."""
        try:
            there = origin(url)
        except ValueError as error:
            raise NotAgreed(str(error)) from None
        if there not in self.origins:
            raise NotAgreed(f"nobody agreed to reach {there}")


def starting(command: tuple[str, ...]) -> Consent:
    return Consent(command=command)


def reaching(*urls: str) -> Consent:
    return Consent(origins=frozenset(map(origin, urls)))


def origin(url: str) -> str:
    """Scheme, host and port: what a browser calls the origin. Raises ``ValueError`` for what is no address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url}: not an http or https address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{parts.hostname}:{port}"
