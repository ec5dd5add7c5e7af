"""Who answers whom, gathered from disk, against loops over the posts as they were written."""

from functools import partial

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import engine
from headwater.landscape.shapes import Step
from tests.landscape.kept import written

POST = st.fixed_dictionaries(
    {
        "id": st.integers(0, 20),  # of two with one id the later stays
        "parent": st.none() | st.integers(0, 22),  # some answer what nobody exported
        "author": st.integers(0, 5),
        "community": st.integers(0, 3),
        "platform": st.sampled_from(("bluesky", "mastodon")),
        "language": st.sampled_from(("en", "de")),
        "is_share": st.sampled_from((False, False, True)),
        "is_hate": st.sampled_from((None, False, True)),
        "words": st.lists(st.integers(1, 9), min_size=1, max_size=2),
    }
)
UNTOLD = {"thread": 0, "day": 0, "hour": 0, "links": [], "sketch": None}
THEME = pa.schema([pa.field("theme", pa.string(), nullable=False)])


def _first_word(batch, names):
    firsts = [names[words[0] % len(names)] for words in batch.rows["words"].to_pylist()]
    return {"theme": pa.array(firsts, pa.string())}


LATE = Step("theme", ("words",), THEME, partial(_first_word, names=("housing", "buses")))


def _rows(told):
    """Write each answer down in words, but for what is a number without a name."""
    return [
        (told.languages[language], told.themes[theme], bool(hate), bool(judged))
        for language, theme, hate, judged in zip(
            told.language, told.theme, told.is_hate, told.is_judged, strict=True
        )
    ]


@given(st.lists(POST, min_size=1) | st.lists(POST, min_size=15), st.sampled_from([1, 4]))
@settings(max_examples=60, deadline=None)
def test_answers_are_those_that_a_loop_finds(tmp_path_factory, posts, n_buckets):
    kept = written(tmp_path_factory.mktemp("work"), [post | UNTOLD for post in posts], n_buckets)
    told = engine.answers(kept, (LATE,))
    last = {post["id"]: row for row, post in enumerate(posts)}
    pairs = [
        (posts[row], posts[last[posts[row]["parent"]]])
        for row in sorted(last.values())
        if posts[row]["parent"] in last and not posts[row]["is_share"]
    ]
    pairs = [(own, other) for own, other in pairs if own["author"] != other["author"]]
    assert _rows(told) == [
        (
            own["language"],
            ("housing", "buses")[own["words"][0] % 2],
            bool(own["is_hate"]),
            own["is_hate"] is not None,
        )
        for own, _ in pairs
    ]
    crosses = [own["community"] != other["community"] for own, other in pairs]
    assert (told.community != told.answered).tolist() == crosses
    left = [posts[row] for row in last.values()]
    for at, (own, other) in enumerate(pairs):
        for number, name in ((told.community[at], own), (told.answered[at], other)):
            members = {one["author"] for one in left if one["community"] == name["community"]}
            assert told.members[number] == len(members)
    for name in ("author", "platform", "community"):
        numbers, names = getattr(told, name), [own[name] for own, _ in pairs]
        assert len({*zip(numbers.tolist(), names, strict=True)}) == len(set(names))


def test_a_post_is_found_by_the_id_that_answers_give_it(tmp_path):
    post = UNTOLD | {"platform": "mastodon", "is_share": False, "words": [1]}
    posts = [
        post | {"id": 1, "answered_as": 101, "author": 1, "community": 0},
        post | {"id": 2, "answered_as": 102, "author": 2, "community": 1, "parent": 101},
        post | {"id": 3, "answered_as": 103, "author": 3, "community": 1, "parent": 1},
    ]
    told = engine.answers(written(tmp_path, posts, 1))
    assert len(told.author) == 1
    assert (told.themes, told.theme.tolist()) == ((), [0])
    assert told.community[0] != told.answered[0]


def test_where_nobody_answers_there_are_no_answers(tmp_path):
    post = UNTOLD | {"platform": "x", "is_share": False, "words": [1], "author": 1, "community": 0}
    told = engine.answers(written(tmp_path, [post | {"id": 1}], 1), (LATE,))
    assert (len(told.author), told.themes, told.languages) == (0, (), ())
    assert np.array_equal(told.members, [1])
