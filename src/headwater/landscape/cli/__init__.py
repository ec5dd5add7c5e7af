"""The command `headwater`: the same road as the library, for a terminal.

Exit codes: 0 done; 1 a defect, or the system refused; 2 wrong usage or settings; 3 an export is not what
it claims to be; 4 the shipped model is missing or altered; 5 publication refused; 130 stopped by
you.
"""

from headwater.landscape.cli.app import main

__all__ = ["main"]
