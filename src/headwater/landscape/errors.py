"""What can go wrong, and whose turn it is.

* LandscapeError
  - ExportError       this file is not what it claims to be: the user's turn
  - SettingsError     the settings name what is not there: the user's turn
  - ModelError        shipped weights are missing or altered: install anew
  - PublicationError  a number would show too small a group: nobody may override
"""


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
