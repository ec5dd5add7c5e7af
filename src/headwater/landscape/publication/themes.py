"""What may be told of themes beyond how many posts they have."""

from collections.abc import Collection, Sequence

from headwater.landscape.publication import rules
from headwater.landscape.publication.triggers import may_be_released
from headwater.landscape.report import model
from headwater.landscape.shapes import Measure, Settings
from headwater.landscape.talk import FEWEST_POSTS, Theme

FEWEST_MONTHS = 2
COARSEST = 5  # percent, that a trend is told in


def without(themes: Sequence[Theme]) -> tuple[model.Limit, ...]:
    """Say why there are no themes, where there are none."""
    if themes:
        return ()
    text = (
        f"Too few posts that differ (fewer than {FEWEST_POSTS:,}) to say what the debate is about."
    )
    return (model.Limit(code="no_themes", text=text),)


def trends(
    measures: Sequence[Measure], themes: Sequence[model.Theme], settings: Settings
) -> tuple[model.Trend, ...]:
    """Tell of each month how much of it is about a theme: of themes of which every month may be told.

    The shares are rounded to steps of twice the floor's number of posts, so that neither what is left of a
    month nor what is left of a theme tells of few people.
    """
    told = {one.name for one in themes if one.n_posts is not None}
    months = sorted({one.key[0] for one in measures if _is_whole(one, settings)})
    by_theme = {
        theme: [one for one in measures if one.key[1] == theme and one.key[0] in months]
        for theme in told
    }
    return tuple(
        _trend(one, settings)
        for theme, own in sorted(by_theme.items())
        if len(months) >= FEWEST_MONTHS and len(own) == len(months)
        if not any(rules.why_hidden(rules.found(one), settings) for one in own)
        for one in sorted(own)
    )


def _is_whole(one: Measure, settings: Settings) -> bool:
    """Say whether a month has so many posts that shares of it are told finely."""
    step = rules.percent_step(one.n_within, settings)
    is_large = step is not None and step <= COARSEST
    return is_large and not rules.why_no_rate(rules.base(one), settings)


def _trend(one: Measure, settings: Settings) -> model.Trend:
    step = rules.percent_step(one.n_within, settings) or COARSEST
    percent = rules.stepped(one.n_posts, one.n_within, step)
    month, theme = one.key
    return model.Trend(theme=theme, month=month, percent=percent, percent_step=step)


def described(
    themes: Sequence[model.Theme],
    about: Sequence[Theme],
    released: Collection[str],
    settings: Settings,
) -> tuple[model.Theme, ...]:
    """Add the words that tell a theme: those that many use and a person released."""
    terms = {
        one.code: tuple(
            term.words
            for term in one.terms
            if term.words in released and may_be_released(term, settings)
        )
        for one in about
    }
    return tuple(one.model_copy(update={"terms": terms.get(one.name, ())}) for one in themes)
