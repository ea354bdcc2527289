"""Fits the weights of `metadata.leaning` anew, for whoever added wordings or senses: what they are is nobody's opinion.

    uv run --with scikit-learn python tests/bench/fit_leanings.py LABELLED.jsonl …

reads lines with ``label`` (``covert``, ``poisoned`` or ``benign``) and ``value``, and ``weight`` where a text counts
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

from mcp_lsp_analyzers.metadata.leaning import marked
from mcp_lsp_analyzers.metadata.lexicon import leanings

_WORDINGS = Path(__file__).parents[1] / "rules" / "wordings"
_WEIGHTS = {"covert": 3.0, "poisoned": 3.0, "benign": 1.0}
_TWIN = 5.0
"""What a benign text weighs that was written to sound like the others."""
_SELDOM = 4
_LEAST = {"AGAINST": 0.15, "ABOUT": 0.12}
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
    from sklearn.linear_model import LogisticRegression

    found = [[{mark.name: mark.much for mark in marks} for *_, marks in marked(value)] for _, value, _ in rows]
    count = collections.Counter(name for each in found for marks in each for name in marks)
    kept = {name for name, n in count.items() if n > _SELDOM and name.isascii() and not set(",:") & set(name)}
    of = np.array([i for i, each in enumerate(found) for _ in each])
    vectors = DictVectorizer()
    all_marks = [marks for each in found for marks in each]
    matrix = vectors.fit_transform([{k: v for k, v in marks.items() if k in kept} for marks in all_marks])
    bad = np.array([label != "benign" for label, _, _ in rows])
    weight = np.array([weight for _, _, weight in rows])
    leans = np.array([each["#C"] + each["#O"] - ("#opening" in each) / 2 for each in all_marks])
    chosen: dict[int, int] = {}
    for _ in range(3):
        chosen = {}
        for j, i in enumerate(of):
            if bad[i] and (i not in chosen or leans[j] > leans[chosen[i]]):
                chosen[i] = j
        used = np.array([not bad[i] or chosen[i] == j for j, i in enumerate(of)])
        against = LogisticRegression(C=0.1, max_iter=400)
        against.fit(matrix[used], bad[of][used], sample_weight=weight[of][used])
        leans = against.decision_function(matrix)
    sentences = np.array(sorted(chosen.values()))
    about = LogisticRegression(C=0.1, max_iter=400, class_weight="balanced")
    about.fit(matrix[sentences], [rows[of[j]][0] == "poisoned" for j in sentences])
    names = vectors.get_feature_names_out()
    return {"AGAINST": _weights(names, against, "AGAINST"), "ABOUT": _weights(names, about, "ABOUT")}


def _weights(names: Any, model: Any, table: str) -> dict[str, float]:
    found = {name: float(each) for name, each in zip(names, model.coef_[0], strict=True) if abs(each) >= _LEAST[table]}
    return {"#all": float(model.intercept_[0]), **found}


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
