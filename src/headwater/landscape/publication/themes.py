"""What may be told of themes beyond how many posts they have."""

from collections.abc import Collection, Sequence

from headwater.landscape.publication.triggers import may_be_released
from headwater.landscape.report import model
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import FEWEST_POSTS, Theme


def without(themes: Sequence[Theme]) -> tuple[model.Limit, ...]:
    """Say why there are no themes, where there are none."""
    if themes:
        return ()
    text = (
        f"Too few posts that differ (fewer than {FEWEST_POSTS:,}) to say what the debate is about."
    )
    return (model.Limit(code="no_themes", text=text),)


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
