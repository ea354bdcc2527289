"""The page with all rules: each is there and can be led to, and nothing in it can run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from mcp_lsp import explain
from mcp_lsp.report import rules_page
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.record import replace


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value:
                self.links.append(value)


def test_every_rule_is_there_and_led_to() -> None:
    page = Page(rules_page.render(registry.rules()))
    anchors = [explain.anchor(rule) for rule in registry.rules()]
    assert [each for each in page.ids if not each.startswith("show-")] == anchors
    assert sorted(link[1:] for link in page.links if link.startswith("#")) == sorted(anchors)
    assert all(link.startswith(("#", "https://")) for link in page.links), page.links


def test_filters_name_what_the_pages_are() -> None:
    text = rules_page.render(registry.rules())
    shown = set(re.findall(r'id="show-([a-z-]+)"', text))
    assert shown == set(re.findall(r"#show-([a-z-]+):not", text))
    for kinds in re.findall(r'<article class="finding ([a-z -]+)"', text):
        assert set(kinds.split()) <= shown


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "</article><img src=x onerror=y>", "[a](javascript:b)"]
)
def test_what_a_rule_says_cannot_become_part_of_the_page(hostile: str) -> None:
    rule = registry.by_name()["MCP301"]
    page = Page(rules_page.render([replace(rule, title=hostile, why=hostile, bad=f"# {hostile}")]))
    assert page.tags.isdisjoint({"script", "img"})
    assert not any("javascript" in link for link in page.links)
