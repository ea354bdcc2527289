"""A model's own schema where it is asked for in an expression: ``Arguments.model_json_schema()``."""

from __future__ import annotations

from typing import Any

from mcp_lsp.read.python.scopes import Frame

from .forms import Forms
from .models import Models
from .signature import finished, inlined

_PYTHON = (3, 12)
"""Descriptions of classes are cleaned of indentation anyway: they are the same for every Python."""


def schema_of(cls: Frame) -> Any:
    forms = Forms(Models(_PYTHON), "validation", False, "mcp", False)
    return finished(inlined(forms.models.form(cls, (), forms, 0), forms), forms)
