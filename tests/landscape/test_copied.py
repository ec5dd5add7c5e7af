"""By which words a copied text is known."""

import numpy as np

from headwater.landscape import copied, engine
from headwater.landscape.steps import sketch
from tests.landscape.kept import written

KEY = bytes(range(32))
FLOOR = 10
IN_ALL, IN_HALF, IN_FEW, BY_FEW = 7, 8, 9, 6  # words
SAID = np.random.default_rng(0).integers(0, 256, (1, 64), np.uint8)


def a_post(at, words, said=None, day=0):
    common = {"thread": at, "community": at % 4, "platform": "news", "is_share": False}
    own = {"id": at, "author": at, "day": day, "hour": 9, "links": [], "words": words}
    return common | own | {"sketch": said}


def a_town():
    """Give twelve copies of one text by twelve people, and who uses its words otherwise."""
    said = masked()
    copies = [
        a_post(
            at, [IN_ALL, *[IN_HALF] * (at < 6), *[IN_FEW] * (at < 5), *[BY_FEW] * (at < 9)], said
        )
        for at in range(12)
    ]
    return copies + [a_post(at, [IN_FEW, IN_ALL, IN_HALF], day=1) for at in range(12, 30)]


def masked():
    """Give a sketch as a run writes it down: what its key unmasks to SAID."""
    every = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 64, axis=1)
    plain = sketch.unmasked(every, KEY)
    return bytes(int(np.flatnonzero(plain[:, nth] == SAID[0, nth])[0]) for nth in range(64))


def test_a_copied_text_is_known_by_the_words_that_half_of_it_holds(tmp_path):
    posts = written(tmp_path, a_town(), 2)
    usage = engine.usage(posts, FLOOR)
    found = copied.heard(posts, usage, KEY, FLOOR)
    (family,) = found.travel.families
    assert (family.cascade.n_posts, family.cascade.n_authors) == (12, 12)
    assert [usage.terms[at].tolist() for at in family.terms] == [[IN_ALL, 0, 0], [IN_HALF, 0, 0]]
    assert set(found.examples) == set(family.terms)
    assert all(row < 12 for row in found.examples.values())


def test_where_nothing_is_copied_no_text_is_told(tmp_path):
    posts = written(tmp_path, [a_post(at, [IN_ALL]) for at in range(12)], 1)
    found = copied.heard(posts, engine.usage(posts, FLOOR), KEY, FLOOR)
    assert (found.travel.families, found.examples) == ((), {})
    assert [one.key for one in found.travel.texts.bands] == [("size", "1")]
