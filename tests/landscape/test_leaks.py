"""What the model learnt from and what it is shown at must not share sentences."""

import re
from pathlib import Path

import training.own
from headwater.landscape.sample import tables

WORDS = 5


def runs(texts) -> set[tuple[str, ...]]:
    """Give every five consecutive words; the slots of a template break a run."""
    found = set()
    for text in texts:
        for piece in re.split(r"\{[^}]*\}|\[[^\]]*\]|[A-Z]{2,}", text):
            words = re.findall(r"\w+", piece.lower())
            found |= {tuple(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}
    return found


def test_no_sentence_of_the_town_is_one_the_model_was_trained_on():
    folder = Path(training.own.__file__).parent
    taught = runs(line for path in folder.glob("*.txt") for line in path.read_text().splitlines())
    drawn = runs(row.text for row in training.own.draw(4000, 1))
    shown = runs(
        value
        for name in ("hate", "mentions", "topics", "lines")
        for row in tables.rows(name)
        for value in row.values()
        if value
    )
    assert len(taught) > 1000
    assert len(shown) > 1000
    assert not (taught | drawn) & shown
