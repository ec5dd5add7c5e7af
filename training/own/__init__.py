"""Our own training text: made of templates, labelled by how it was made, in twelve languages."""

from training.own.draw import Row, draw
from training.own.grammar import FAMILIES, LANGUAGES

__all__ = ["FAMILIES", "LANGUAGES", "Row", "draw"]
