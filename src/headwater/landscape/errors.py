"""What can go wrong, and whose turn it is.

* LandscapeError
  - ExportError       this file is not what it claims to be: the user's turn
  - SettingsError     the settings name what is not there: the user's turn
  - ModelError        shipped weights are missing or altered: install anew
  - PublicationError  a number would show too small a group: nobody may override
  - ComparisonError   two reports are not alike enough to compare: make the next ones alike
"""

from collections.abc import Sequence


class LandscapeError(Exception):
    """Base of every error this library raises on purpose."""


class ExportError(LandscapeError):
    """Says the place, never a post's text."""


class SettingsError(LandscapeError):
    """Names what was asked for and what there is."""


class ModelError(LandscapeError):
    """Names the model card."""


class PublicationError(LandscapeError):
    """Names the table or the earlier release."""


class ComparisonError(LandscapeError):
    """Says in what two reports differ, and the way out of each."""

    def __init__(self, unlike: Sequence[tuple[str, str]]) -> None:
        """Tell what differs, each as a code that software may read and a sentence."""
        super().__init__("\n".join(["these two reports are not compared.", *_listed(unlike)]))
        self.unlike = tuple(unlike)


def _listed(unlike: Sequence[tuple[str, str]]) -> list[str]:
    return [f"  {code}: {text}" for code, text in unlike]
