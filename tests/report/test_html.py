"""The HTML report: nothing in it can run or be loaded, whatever was scanned, and it says what the run said."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from mcp_lsp.project.outcome import Edit, Fix, Line, NotAnalysed, Region, Report
from mcp_lsp.report import html
from tests.report.hostile import found, hostile, plain

EMPTY = {"input", "meta", "br"}


class Page(HTMLParser):
    """What a browser would make of the page, as far as it matters here. Raises where elements are not nested well."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def attributes(self, tag: str, name: str) -> list[str | None]:
        return [attributes[name] for each, attributes in self.elements if each == tag and name in attributes]

    @property
    def text(self) -> str:
        return "".join(text for tag, text in self.texts if tag != "style")

    def marked(self) -> list[str]:
        return [text for tag, text in self.texts if tag == "mark"]


@pytest.mark.parametrize("report", [hostile(), plain(), Report(), plain(found=[])])
def test_nothing_runs_and_nothing_is_loaded(report: Report) -> None:
    page = Page(html.render(report))
    assert not {tag for tag, _ in page.elements} & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
    }
    for tag, attributes in page.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset", "action")
        ]
        assert tag == "a" or "href" not in attributes
    assert all(
        re.match(r"https://(cwe\.mitre|owasp|genai\.owasp|atlas\.mitre)\.org/", h or "")
        for h in page.attributes("a", "href")
    )
    assert "url(" not in html.render(report)
    assert "@import" not in html.render(report)


def test_the_style_sheet_is_the_one_the_policy_allows() -> None:
    page = Page(html.render(plain()))
    (policy,) = [a["content"] for tag, a in page.elements if tag == "meta" and a.get("http-equiv")]
    (sheet,) = [text for tag, text in page.texts if tag == "style"]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hidden_characters_are_seen() -> None:
    text = html.render(hostile())
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\x0b\ud800\ufffe\U000e0041]", text)
    assert '<span class="hidden">U+202E</span>evil' in text
    text.encode("utf-8")


def test_the_excerpt_marks_what_was_found() -> None:
    page = Page(html.render(plain()))
    assert page.marked() == ["host", "host"]
    assert "3     return host + 1" in page.text.replace("3 ", "3 ")
    several = found(
        region=Region("a.py", (1, 5), (2, 3)), lines=(Line(1, "x = run("), Line(2, "  a)")), related=(), fix=None
    )
    assert Page(html.render(plain(found=[several]))).marked() == ["run("]
    cut = found(region=Region("a.py", (1, 1005), (1, 1008)), lines=(Line(1, "xxxxbad", 1000),), related=(), fix=None)
    assert Page(html.render(plain(found=[cut]))).marked() == ["bad"]


def test_a_fix_is_shown_as_what_goes_and_what_comes() -> None:
    assert "- " + "    return host + 1" in Page(html.render(plain())).text
    assert "+ " + "    return safe + 1" in Page(html.render(plain())).text
    far = found(fix=Fix("Import it", True, (Edit(Region("src/server.py", (1, 1), (1, 1)), "import os\n"),)))
    text = Page(html.render(plain(found=[far]))).text
    assert "@ src/server.py:1:1" in text
    assert "+ import os" in text


def test_each_filter_has_its_rule_and_something_to_hide() -> None:
    other = found(severity="hint", code="MCP201", name="hidden-characters", fix=None)
    text = html.render(plain(found=[found(), other]))
    page = Page(text)
    boxes = [str(each).removeprefix("show-") for each in page.attributes("input", "id")]
    assert boxes == ["error", "hint", "room-handlers", "room-metadata", "without-fix"]
    classes = {name for each in page.attributes("article", "class") for name in str(each).split()}
    for box in boxes:
        assert f"body:has(#show-{box}:not(:checked)) .finding.{box}{{display:none}}" in text
        assert box in classes


def test_what_was_not_looked_at_is_never_left_out() -> None:
    text = Page(html.render(plain(found=[], not_analysed=[NotAnalysed("x.py", "a binary file")]))).text
    assert "x.py: a binary file" in text
    assert "at most 95 of 100" in text
    assert "Nothing was checked." in Page(html.render(Report())).text
    assert "No score" in Page(html.render(Report())).text


def test_what_arguments_lead_to_is_drawn() -> None:
    page = Page(html.render(plain()))
    assert [t for tag, t in page.texts if tag == "text"] == ["ping", "A tool argument becomes part of a shell…"]
    assert page.attributes("path", "class") == ["edge error"]


def test_the_same_run_gives_the_same_report() -> None:
    assert html.render(hostile()) == html.render(hostile())
