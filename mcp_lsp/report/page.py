"""What all our HTML pages are: one file that brings its own content policy, its style sheet by digest and nothing else.
Filters are checkboxes that the style sheet looks at: no script runs in a page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from .elements import Child, Element, Trusted, element, render

SEVERITIES = ("error", "warning", "information", "hint")

_STYLE = """
:root{color-scheme:light dark;--bg:#fff;--fg:#1c1e21;--dim:#656b73;--line:#d9dde2;--soft:#f5f6f8;--error:#b3261e;
--warning:#8a5a00;--information:#1459a8;--hint:#3b6e52;--add:#e4f4e8;--del:#fbe6e4;--hid:#7b1fa2}
@media(prefers-color-scheme:dark){:root{--bg:#17191c;--fg:#e3e5e8;--dim:#9aa1a9;--line:#34383e;--soft:#1f2226;
--error:#ff8a80;--warning:#f0b54d;--information:#7db4ff;--hint:#7fc49b;--add:#163522;--del:#43201d;--hid:#d59bf0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--bg);color:var(--fg);
font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .75rem}h3{font-size:1rem;margin:0}
p{margin:.4rem 0}ul{padding-left:1.2rem;margin:.4rem 0}a{color:var(--information)}
code,pre,.path{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.87em}
.path,code,pre,.message{unicode-bidi:isolate;overflow-wrap:anywhere}
.dim{color:var(--dim)}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem}
.tile{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .8rem;min-width:6rem;background:var(--soft)}
.tile b{display:block;font-size:1.35rem}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
.filters{position:sticky;top:0;background:var(--bg);padding:.5rem 0;border-bottom:1px solid var(--line);z-index:1}
.filters label{display:inline-block;margin-right:1rem;white-space:nowrap}
.finding{border:1px solid var(--line);border-left:4px solid var(--dim);border-radius:.4rem;
padding:.7rem .9rem;margin:.8rem 0}
.finding.error{border-left-color:var(--error)}.finding.warning{border-left-color:var(--warning)}
.finding.information{border-left-color:var(--information)}.finding.hint{border-left-color:var(--hint)}
.word{font-weight:600}.word.error{color:var(--error)}.word.warning{color:var(--warning)}
.word.information{color:var(--information)}.word.hint{color:var(--hint)}
pre{background:var(--soft);border-radius:.3rem;padding:.5rem .7rem;overflow-x:auto;tab-size:4;margin:.5rem 0;
direction:ltr;white-space:pre;overflow-wrap:normal}
.number{color:var(--dim);user-select:none}
mark{background:none;color:inherit;text-decoration:underline wavy 1.5px;text-underline-offset:3px}
.error mark{text-decoration-color:var(--error)}.warning mark{text-decoration-color:var(--warning)}
.information mark{text-decoration-color:var(--information)}.hint mark{text-decoration-color:var(--hint)}
.hidden{color:var(--hid);border:1px solid;border-radius:.25rem;padding:0 .2rem;font-size:.85em;text-decoration:none}
.added{background:var(--add);display:block}.removed{background:var(--del);display:block}
details{margin:.4rem 0}summary{cursor:pointer}
.bar{background:var(--line);height:.4rem;border-radius:.2rem;min-width:6rem}
.graph{overflow-x:auto}svg text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:var(--fg)}
svg .node{fill:var(--soft);stroke:var(--line)}svg .edge{fill:none;stroke-width:1.5;stroke:var(--dim)}
svg .edge.error{stroke:var(--error)}svg .edge.warning{stroke:var(--warning)}
svg .edge.information{stroke:var(--information)}
@media print{.filters{display:none}.finding{break-inside:avoid}body{max-width:none}}
"""


def style(kinds: Iterable[str]) -> str:
    """The style sheet, with a rule for each filter: where ``show-KIND`` is not checked, ``.KIND`` is not shown."""
    rules = "".join(f"body:has(#show-{kind}:not(:checked)) .finding.{kind}{{display:none}}\n" for kind in kinds)
    return _STYLE + rules


def page(title: str, kinds: Iterable[str], *body: Child | Iterable[Child]) -> str:
    """A whole page. ``kinds``: what its filters are about."""
    sheet = style(kinds)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element(
            "meta",
            http_equiv="Content-Security-Policy",
            content=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        ),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", Trusted(sheet)),
    )
    return "<!doctype html>\n" + render(element("html", head, element("body", *body), lang="en")) + "\n"


def switch(kind: str, label: str) -> Element:
    """The checkbox of a filter."""
    return element("label", element("input", type="checkbox", id=f"show-{kind}", checked=""), f" {label}")
