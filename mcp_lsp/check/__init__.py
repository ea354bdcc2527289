"""Rules over models: what a file says about itself, kept up to date while it is edited."""

from .analysis import Analysis
from .judge import Diagnostic, Failure, fingerprints, judge, rules_by_subject
from .keeping import Group
from .text import check_text

__all__ = [
    "Analysis", "Diagnostic", "Failure", "Group", "check_text", "fingerprints", "judge", "rules_by_subject",
]  # fmt: skip
