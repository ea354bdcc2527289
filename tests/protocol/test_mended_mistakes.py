"""Each of the ranked list of mistakes, mended, with the real SDKs: the server lists what it has, calls
succeed, and what went wrong before does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.protocol.sdks import LIST, call, run, serve
from tests.protocol.symptoms import SDKS, provoked, refused, shows
from tests.rules.mistakes import MISTAKES, SHOWN, Mistake
from tests.rules.test_mistakes import mended

pytestmark = pytest.mark.long

CASES = [
    pytest.param(mistake, sdk, id=f"{mistake.number}-{mistake.rule}-{i}-{sdk}".replace(" ", "-"))
    for i, mistake in enumerate(MISTAKES)
    for sdk in (mistake.where if mistake.run is None else mistake.run)
]


@pytest.mark.parametrize(("mistake", "sdk"), CASES)
def test_it_works_once_mended(mistake: Mistake, sdk: str, tmp_path: Path) -> None:
    text, real = mended(mistake, sdk), SDKS.get(sdk, sdk)
    if mistake.prints:
        outcome = run(real, text, tmp_path)
        assert mistake.prints in outcome.strange, outcome.errors[-2000:]
        return
    what = mistake.shows.partition(":")[0]
    first = ("resources/templates/list", {}) if mistake.rule == "template-unlike-function" else LIST
    calls = [call(name, **given) for name, given in mistake.calls]
    if mistake.rule == "template-unlike-function":
        calls.append(("resources/read", {"uri": "a://b"}))
    outcome = serve(real, text, tmp_path, first, provoked(mistake), *calls, asked=what == "unasked")
    assert outcome.code is None, outcome.errors[-2000:]
    assert outcome.strange == []
    assert [id for id in outcome.answers if id != 2 and outcome.failed(id)] == []
    assert {name for name, _ in mistake.calls} <= {each["name"] for each in outcome.result(1).get("tools", [])}
    if what == "refused":
        assert not refused(sdk, text, tmp_path)
    elif what in SHOWN:
        assert not shows(mistake, outcome)
