"""Endpoints that are fuzzed, and asked the same again: those that take it well are told nothing."""

from __future__ import annotations

import secrets

import pytest

from tests.outside.endpoints import TOOL, Answering, Request, careful, fuzzed, older, scan

pytestmark = pytest.mark.slow


def with_tool(call: Answering) -> Answering:
    """An endpoint whose tool only reads; ``call`` answers its calls."""
    rest = careful()

    def answering(request: Request) -> None:
        message = request.message if isinstance(request.message, dict) else {}
        params = message.get("params", {})
        if message.get("method") == "tools/call" and isinstance(params, dict) and params.get("name") == "add":
            return call(request)
        if message.get("method") == "tools/list" and message.get("jsonrpc") == "2.0" and isinstance(params, dict):
            tool = {**TOOL, "annotations": {"readOnlyHint": True}}
            return request.answer(200, {"jsonrpc": "2.0", "id": message.get("id"), "result": {"tools": [tool]}})
        return rest(request)

    return answering


def told(request: Request, **result: object) -> None:
    assert request.message is not None
    request.answer(200, {"jsonrpc": "2.0", "id": request.message["id"], "result": {"content": [], **result}})


def failing(request: Request) -> None:
    request.answer(500, {"error": "Traceback (most recent call last): ..."})


def checking(request: Request) -> None:
    assert request.message is not None
    told(request, isError=not isinstance(request.message["params"].get("arguments"), dict))


def test_an_endpoint_that_takes_everything_well() -> None:
    found = fuzzed(with_tool(checking), "standard")
    assert found.said == {}
    (tries,) = found.of("tries")
    assert (tries["tools"], tries["untried"]) == (["add"], [])


def test_an_endpoint_that_fails_on_a_call() -> None:
    found = fuzzed(with_tool(failing), "standard")
    assert found.said == {
        "invalid-answer": ["`add` with `{}` is answered with what no client can read: HTTP 500"],
        "errors-with-traces": ["`add` answers with the inside of the server: `Traceback (most recent call last): ...\"}`"],
    }  # fmt: skip


def test_an_endpoint_that_takes_all_arguments() -> None:
    found = fuzzed(with_tool(told), "standard")
    assert found.said == {
        "accepts-forbidden-arguments": ["`add` takes what its schema forbids: its arguments are a list, and 1 more"]
    }


@pytest.mark.parametrize(("most", "said"), [(0, True), (80, False)])
def test_requests_in_a_row(most: int, said: bool) -> None:
    found = fuzzed(careful(most=most))
    assert ("unlimited-requests" in found.opinions) is said, found.opinions
    (burst,) = [each for each in found.of("exchange") if each["asks"] == "burst"]
    assert burst["status"] == (200 if said else 429)


@pytest.mark.parametrize(("largest", "said"), [(10**9, True), (4_000_000, False)])
def test_a_large_request(largest: int, said: bool) -> None:
    found = fuzzed(careful(largest=largest))
    assert ("unlimited-bodies" in found.opinions) is said, found.opinions
    (large,) = [each for each in found.of("exchange") if each["asks"] == "large body"]
    assert (large["body"], large["status"]) == ("12 MB", 200 if said else 413)


@pytest.mark.parametrize("forgets", [True, False])
def test_a_session_that_its_client_has_ended(forgets: bool) -> None:
    found = scan(careful(sessions=lambda: secrets.token_hex(16), forgets=forgets))
    expected = {} if forgets else {
        "session-after-its-end": ["a session that its client has ended is accepted again (200)"]
    }  # fmt: skip
    assert found.said == expected


def test_the_same_request_twice() -> None:
    seen: set[str] = set()
    answering = careful(sessions=lambda: secrets.token_hex(16))

    def once(request: Request) -> None:
        key = f"{request.headers.get('Mcp-Session-Id')} {request.message}"
        if request.message is not None and "tools/list" in key:
            if key in seen:
                return request.answer(400, {"jsonrpc": "2.0", "id": 1, "error": {"code": -32600, "message": "twice"}})
            seen.add(key)
        return answering(request)

    assert "request-carried-out-twice" in scan(answering).opinions
    assert "request-carried-out-twice" not in scan(once).opinions


def test_an_endpoint_that_drops_the_connection() -> None:
    def dropping(request: Request) -> None:
        request.handler.close_connection = True
        request.handler.wfile.close()

    found = fuzzed(with_tool(dropping), "standard")
    (said,) = found.said["invalid-answer"]
    assert said.startswith("`add` with `{}` is answered with what no client can read: what came is no HTTP"), said


def test_an_endpoint_of_the_older_transport_that_takes_everything_well() -> None:
    found = fuzzed(older(with_tool(checking)), "standard")
    assert found.said == {}
    (tries,) = found.of("tries")
    assert (tries["tools"], tries["untried"]) == (["add"], [])
    assert {each["kind"] for each in found.of("tried")} == {"odd", "valid", "wrong"}


def test_what_a_tool_does_wrong_is_seen_over_the_older_transport() -> None:
    assert list(fuzzed(older(with_tool(told)), "standard").said) == ["accepts-forbidden-arguments"]


def test_an_endpoint_whose_stream_ends() -> None:
    def ending(request: Request) -> None:
        request.answered = 200, b"end"

    found = fuzzed(older(with_tool(ending)), "standard")
    (said,) = found.said["ended-by-input"]
    assert said.startswith("`add` with `{}` ends the server")
