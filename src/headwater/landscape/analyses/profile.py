"""When a town writes: hour by hour on each day, steadied by its usual day."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.travel import Places

DAY = 24
STEADIED = 24  # posts that the usual day counts as, beside a day's own

Numbers = NDArray[np.float64]


class Profile(NamedTuple):
    """Posts of a town by hour."""

    begins: int  # the hour in which its first day begins
    so_far: Places  # posts before each hour, and at last all
    usual: Numbers  # share of a usual day before each of its hours, and at last 1

    def share(
        self, start: Places, stop: Places, left_out: Places, left_out_of_day: Places
    ) -> Numbers:
        """Give the share of a day's posts that is written in some of its hours.

        Args:
            start: The first hour, of n runs of hours that each lie within a day.
            stop: The hour behind the last.
            left_out: Posts in these hours that do not count.
            left_out_of_day: Posts on that day that do not count.
        """
        day = start // DAY * DAY
        usual = self.usual[stop - day] - self.usual[start - day]
        inside = self._n(start, stop) - left_out + STEADIED * usual
        whole = self._n(day, day + DAY) - left_out_of_day + STEADIED
        share: Numbers = inside / whole
        return share

    def _n(self, start: Places, stop: Places) -> Places:
        n: Places = self.so_far[stop - self.begins] - self.so_far[start - self.begins]
        return n


def profile(hour: Places) -> Profile:
    """Learn from n posts when a town writes.

    Args:
        hour: Whole hours on the town's clock, since 1970 began there.
    """
    begins = int(hour.min(initial=0 if not len(hour) else hour[0])) // DAY * DAY
    n_days = (int(hour.max(initial=begins)) - begins) // DAY + 1
    by_hour = np.bincount(hour - begins, minlength=n_days * DAY)
    usual = by_hour.reshape(n_days, DAY).sum(axis=0) + 1
    shares = np.append(0, usual.cumsum() / usual.sum())
    return Profile(begins, np.append(0, by_hour.cumsum()), shares)
