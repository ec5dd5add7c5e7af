"""Daily counts that are made up: weekdays, a season, noise that goes on from day to day."""

import numpy as np

YEAR = 365


def drawn(rng, mean, n_days=YEAR, n_series=1, noise=0.15, alike=0.5, season=0.2, week=0.3):  # noqa: PLR0913
    """Draw counts.

    Args:
        rng: Random numbers.
        mean: Posts a day.
        n_days: Days of each series.
        n_series: Series.
        noise: Standard deviation of the logarithm of a day's level.
        alike: How far a day's noise is that of the day before (lag-1 autocorrelation).
        season: How far the level rises and falls over a year.
        week: How far it does over a week.
    """
    return rng.poisson(levels(rng, mean, n_days, n_series, noise, alike, season, week)).astype(
        np.float64
    )


def levels(rng, mean, n_days, n_series, noise, alike, season, week):  # noqa: PLR0913
    """Draw what is expected of each day."""
    days = np.arange(n_days)
    steps = rng.normal(size=(n_series, n_days))
    noises = steps.copy()
    for day in range(1, n_days):
        noises[:, day] = alike * noises[:, day - 1] + np.sqrt(1 - alike**2) * steps[:, day]
    begins = rng.uniform(0, 2 * np.pi, (n_series, 1))
    usual = 1 + season * np.sin(2 * np.pi * days / YEAR + begins)
    usual = usual * (1 + week * np.cos(2 * np.pi * days / 7))
    return mean * usual * np.exp(noise * noises - noise**2 / 2)
