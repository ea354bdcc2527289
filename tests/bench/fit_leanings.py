"""Fits the weights of `metadata.leaning` to more texts, for whoever added wordings: what they are is nobody's opinion.

    uv run --with scikit-learn python tests/bench/fit_leanings.py LABELLED.jsonl …

The weights that are, are what is known of the texts of former fits: new ones are pulled towards them. It reads lines with ``label`` (``covert``, ``poisoned`` or ``benign``) and ``value``, and ``weight`` where a text counts
other than as its label does, adds the texts below `tests/rules/wordings`, and rewrites `lexicon/leanings.py`. A text is
judged by one sentence, so of those that are no good the one that leans most counts, found in a few rounds.

What the rules say now of the texts in their tests is to stay: these are learnt from as well, and those of which a round
has the rules say something else weigh more in the next.
"""

from __future__ import annotations

import collections
import json
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp_analyzers.metadata import leaning, unlike
from mcp_lsp_analyzers.metadata.leaning import Leaning, marked
from mcp_lsp_analyzers.metadata.lexicon import leanings

_ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(_ROOT))

from tests.rules.texts import warned  # noqa: E402

_WORDINGS = _ROOT / "tests/rules/wordings"
_TEXTS = re.compile(r"rules\.texts import|rules\.examples import")
_WEIGHTS = {"covert": 3.0, "poisoned": 3.0, "benign": 3.0}
_TWIN = 5.0
"""What a benign text weighs that was written to sound like the others."""
_HEARD = 5.0
_LONG = 1500
_SELDOM = 5
_FREE = {"#": 0.005, "%": 0.04}
_FREE_WORDS = 0.1
"""How far weights may go from where they were (the variance of a logistic regression's prior): what a sentence is built
like, and how many stand beside it, is more alike in the texts of one author than what they say."""
_ROUNDS = 4
_HEAVIER = 2.5
_LEAST = {"AGAINST": 0.25, "ABOUT": 0.25}
# Other languages are rare in what there is to learn from, and a language is no sign of anything.
_ENGLISH = frozenset("the a an of to and in is are for with it on by or be this that from as at not".split())  # noqa: SIM905
_OTHER = frozenset(
    "la le les des du de et un une der die das und ist den dem el los las que con del il di per si nicht ein eine wird "  # noqa: SIM905
    "est sur avec para por".split()
)


def read(paths: list[str]) -> list[tuple[str, str, float]]:
    """Label, text and weight of what there is to learn from, in English."""
    found = []
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").split("\n"):
            if line:
                row = json.loads(line)
                found.append((row["label"], row["value"], row.get("weight", _WEIGHTS[row["label"]])))
    for file in sorted(_WORDINGS.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line and line[0] != "#":
                label, _, value = (part.strip() for part in line.split("|", 2))
                found.append((label, value.replace("\\n", "\n"), _TWIN if label == "benign" else _WEIGHTS[label]))
    return [each for each in found if not _foreign(each[1])]


class _Listener:
    """Notes each text that a test has weighed, except those that say what is not understood yet."""

    def __init__(self) -> None:
        self.heard: set[str] = set()
        self._understood = True

    def pytest_configure(self) -> None:
        weighed = unlike.leanings

        def listened(value: str) -> tuple[Leaning, ...]:
            if self._understood and len(value) < _LONG:
                self.heard.add(value)
            return weighed(value)

        unlike.leanings = listened  # type: ignore[attr-defined]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self._understood = "not_understood_yet" not in item.name


def heard() -> dict[str, bool]:
    """What the rules say of the texts in their tests and examples: whether they warn."""
    listener = _Listener()
    tests = [each for each in (_ROOT / "tests/rules").glob("test_*.py") if _TEXTS.search(each.read_text("utf-8"))]
    tests.remove(_ROOT / "tests/rules/test_wordings.py")  # whose texts have labels
    assert pytest.main(["-n0", "-q", "-p", "no:cacheprovider", *map(str, tests)], plugins=[listener]) == 0
    return {value: bool(warned(value)) for value in listener.heard}


def _foreign(value: str) -> bool:
    words = value.lower().split()
    other = sum(word in _OTHER for word in words)
    return other >= 2 and other > sum(word in _ENGLISH for word in words)


def fit(rows: list[tuple[str, str, float]], kept_as: dict[str, bool]) -> dict[str, dict[str, float]]:
    """The weights of both tables by mark. ``kept_as``: what the rules have to say of some of the texts."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer

    before = {table: leaning._table(getattr(leanings, table)) for table in _LEAST}
    found = [[{mark.name: mark.much for mark in marks} for *_, marks in marked(value)] for _, value, _ in rows]
    count = collections.Counter(name for each in found for marks in each for name in marks)
    kept = {name for name, n in count.items() if n >= _SELDOM and name.isascii() and not set(",:") & set(name)}
    kept |= {name for table in before.values() for name in table if name != "#all"}
    of = np.array([i for i, each in enumerate(found) for _ in each])
    vectors = DictVectorizer()
    all_marks = [marks for each in found for marks in each]
    vectors.fit([dict.fromkeys(kept, 1.0)])
    matrix = vectors.transform([{k: v for k, v in marks.items() if k in kept} for marks in all_marks])
    names = vectors.get_feature_names_out()
    pull = np.array([0.1, *(1 / _FREE.get(name[0], _FREE_WORDS) for name in names)])
    bad = np.array([label != "benign" for label, _, _ in rows])
    weight = np.array([weight for _, _, weight in rows])
    against = [np.array([before["AGAINST"].get(name, 0.0) for name in ("#all", *names)])]
    chosen: dict[int, int] = {}
    for round_ in range(_ROUNDS):
        leans = matrix @ against[-1][1:] - np.array(["#opening" in marks for marks in all_marks]) / 2
        chosen = {}
        for j, i in enumerate(of):
            if bad[i] and (i not in chosen or leans[j] > leans[chosen[i]]):
                chosen[i] = j
        used = np.array([not bad[i] or chosen[i] == j for j, i in enumerate(of)])
        against.append(_near(matrix[used], bad[of][used], weight[of][used], against[0], pull))
        broken = _broken({"AGAINST": _weights(names, against[-1], "AGAINST")}, kept_as)
        print(f"round {round_ + 1}: {len(broken)} of {len(kept_as)} texts are judged otherwise")
        weight = np.where([value in broken for _, value, _ in rows], weight * _HEAVIER, weight)
    sentences = np.array(sorted(chosen.values()))
    orders = np.array([rows[of[j]][0] == "poisoned" for j in sentences])
    balanced = np.where(orders, 0.5 / orders.mean(), 0.5 / (1 - orders.mean()))
    start = np.array([before["ABOUT"].get(name, 0.0) for name in ("#all", *names)])
    about = _near(matrix[sentences], orders, balanced, start, pull)
    return {"AGAINST": _weights(names, against[-1], "AGAINST"), "ABOUT": _weights(names, about, "ABOUT")}


def _broken(tables: dict[str, dict[str, float]], kept_as: dict[str, bool]) -> set[str]:
    """The texts of which the rules would say something else with other weights, which stay in use."""
    for table, weights in tables.items():
        setattr(leanings, table, written(weights))
    for module in list(sys.modules.values()):
        for each in vars(module).values() if module.__name__.startswith("mcp_lsp_analyzers") else ():
            if hasattr(each, "cache_clear"):
                each.cache_clear()
    return {value for value, loud in kept_as.items() if bool(warned(value)) != loud}


def _near(matrix: Any, label: Any, weight: Any, start: Any, pull: Any) -> Any:
    """The weights of a logistic regression, the first that of every row, pulled towards where they start."""
    import numpy as np
    from scipy.optimize import minimize

    sign = np.where(label, 1.0, -1.0)

    def loss(now: Any) -> tuple[float, Any]:
        margin = sign * (matrix @ now[1:] + now[0])
        slope = -sign * weight / (1 + np.exp(margin))
        apart = now - start
        total = float(weight @ np.logaddexp(0, -margin) + (pull * apart) @ apart / 2)
        return total, np.concatenate(([slope.sum()], matrix.T @ slope)) + pull * apart

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def _weights(names: Any, model: Any, table: str) -> dict[str, float]:
    found = {name: float(each) for name, each in zip(names, model[1:], strict=True) if abs(each) >= _LEAST[table]}
    return {"#all": float(model[0]), **found}


def written(weights: dict[str, float]) -> str:
    """The lines of a table: weight in tenths, colon, the marks that have it."""
    by_weight: dict[int, list[str]] = collections.defaultdict(list)
    for name, weight in weights.items():
        by_weight[round(weight * 10)].append(name)
    return "\n".join(
        textwrap.fill(
            f"{tenths}: {', '.join(sorted(names))}", 118, subsequent_indent="  ", break_long_words=False,
            break_on_hyphens=False,
        )
        for tenths, names in sorted(by_weight.items(), reverse=True)
        if tenths
    )  # fmt: skip


def main() -> None:
    path = Path(leanings.__file__)
    text = path.read_text(encoding="utf-8")
    kept_as = heard()
    rows = read(sys.argv[1:])
    rows += [("covert" if loud else "benign", value, _HEARD) for value, loud in kept_as.items() if not _foreign(value)]
    for table, weights in fit(rows, kept_as).items():
        before, _, rest = text.partition(f'{table} = r"""\n')
        text = f'{before}{table} = r"""\n{written(weights)}\n"""{rest.partition(chr(34) * 3)[2]}'
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
