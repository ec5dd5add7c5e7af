"""Whole calendar periods, the only ones a release may cover."""

import re
from datetime import date, timedelta

from headwater.landscape.errors import SettingsError
from headwater.landscape.shapes import Period

NAME = re.compile(r"([12][0-9]{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


def period(name: str) -> Period:
    """Return the year, quarter or month of this name: 2024, 2024-Q1, 2024-03."""
    match = NAME.fullmatch(name)
    if not match:
        raise SettingsError(f"no period is named {name!r}; there are 2024, 2024-Q1 and 2024-03")
    year, quarter, month = (int(part) if part else 0 for part in match.groups())
    first = month or 3 * quarter - 2 if month or quarter else 1
    n_months = 1 if month else 3 if quarter else 12
    years, months = divmod(first - 1 + n_months, 12)
    return Period(name, date(year, first, 1), date(year + years, months + 1, 1) - timedelta(days=1))
