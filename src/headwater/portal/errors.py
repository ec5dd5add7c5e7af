"""What the portal may refuse, drawn by whose turn it is.

PortalError
├── RefusedError        the person at the screen: the words say why, and what to do
└── MisconfiguredError  whoever runs the portal: a setting is missing or unsafe
"""


class PortalError(Exception):
    """What a person can mend; anything else is a defect."""


class RefusedError(PortalError):
    """A rule of the town says no, in words for the person at the screen."""


class MisconfiguredError(PortalError):
    """The portal may not start like this: the words name the setting."""
