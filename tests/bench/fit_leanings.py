"""Fits the weights of `metadata.leaning` to more texts, for whoever added wordings: what they are is nobody's opinion.

    uv run --with scikit-learn python tests/bench/fit_leanings.py LABELLED.jsonl …

The weights that are, are what is known of the texts of former fits: new ones are pulled towards them. It reads lines with ``label`` (``covert``, ``poisoned`` or ``benign``) and ``value``, and ``weight`` where a text counts
other than as its label does, adds the texts below `tests/rules/wordings`, and rewrites `lexicon/leanings.py`. A text is
judged by one sentence, so of those that are no good the one that leans most counts, found in a few rounds.
"""

from __future__ import annotations

import collections
import json
import sys
import textwrap
from pathlib import Path
from typing import Any

from mcp_lsp_analyzers.metadata import leaning
from mcp_lsp_analyzers.metadata.leaning import marked
from mcp_lsp_analyzers.metadata.lexicon import leanings

_WORDINGS = Path(__file__).parents[1] / "rules" / "wordings"
_WEIGHTS = {"covert": 3.0, "poisoned": 3.0, "benign": 3.0}
_TWIN = 5.0
"""What a benign text weighs that was written to sound like the others."""
_SELDOM = 5
_FREE = {"#": 0.005, "%": 0.04}
_FREE_WORDS = 0.1
"""How far weights may go from where they were (the variance of a logistic regression's prior): what a sentence is built
like, and how many stand beside it, is more alike in the texts of one author than what they say."""
_LEAST = {"AGAINST": 0.2, "ABOUT": 0.2}
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


def _foreign(value: str) -> bool:
    words = value.lower().split()
    other = sum(word in _OTHER for word in words)
    return other >= 2 and other > sum(word in _ENGLISH for word in words)


def fit(rows: list[tuple[str, str, float]]) -> dict[str, dict[str, float]]:
    """The weights of both tables by mark."""
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
    for _ in range(3):
        leans = matrix @ against[-1][1:] - np.array(["#opening" in marks for marks in all_marks]) / 2
        chosen = {}
        for j, i in enumerate(of):
            if bad[i] and (i not in chosen or leans[j] > leans[chosen[i]]):
                chosen[i] = j
        used = np.array([not bad[i] or chosen[i] == j for j, i in enumerate(of)])
        against.append(_near(matrix[used], bad[of][used], weight[of][used], against[0], pull))
    sentences = np.array(sorted(chosen.values()))
    orders = np.array([rows[of[j]][0] == "poisoned" for j in sentences])
    balanced = np.where(orders, 0.5 / orders.mean(), 0.5 / (1 - orders.mean()))
    start = np.array([before["ABOUT"].get(name, 0.0) for name in ("#all", *names)])
    about = _near(matrix[sentences], orders, balanced, start, pull)
    return {"AGAINST": _weights(names, against[-1], "AGAINST"), "ABOUT": _weights(names, about, "ABOUT")}


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
    for table, weights in fit(read(sys.argv[1:])).items():
        before, _, rest = text.partition(f'{table} = r"""\n')
        text = f'{before}{table} = r"""\n{written(weights)}\n"""{rest.partition(chr(34) * 3)[2]}'
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
