"""Words and hosts that enough people use."""

import re
from collections.abc import Mapping

from headwater.landscape.publication import rules
from headwater.landscape.shapes import Settings

MOST_WORDS = 3
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
WORD = re.compile(rf"[{UNSPACED}]{{1,2}}|[^\W_{UNSPACED}]+(?:['\u2019][^\W_{UNSPACED}]+)*")


def words(used_by: Mapping[str, int], settings: Settings) -> tuple[str, ...]:
    """Return the phrases of at most three words that the floor's number of authors use."""
    return tuple(text for text in hosts(used_by, settings) if len(WORD.findall(text)) <= MOST_WORDS)


def hosts(used_by: Mapping[str, int], settings: Settings) -> tuple[str, ...]:
    """Return the hosts of links that the floor's number of authors share."""
    rules.check(settings)
    return tuple(text for text, n_authors in used_by.items() if n_authors >= settings.floor)
