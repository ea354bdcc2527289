"""Texts, positions and syntax trees: the only room that knows bytes, encodings and tree-sitter."""

from tree_sitter import Node

from .decode import Undecodable, decode
from .document import Change, Document
from .editing import edit
from .encoding import left_out
from .language import PLAIN, language_of
from .lines import Lines
from .positions import from_client, to_client
from .segment import Segment
from .tree import Tree, parse, settle

__all__ = [
    "PLAIN", "Change", "Document", "Lines", "Node", "Segment", "Tree", "Undecodable", "decode", "edit", "from_client",
    "language_of", "left_out", "parse", "settle", "to_client",
]  # fmt: skip
