"""Gate one: whatever points to a person does not pass."""

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import scrub
from headwater.landscape.errors import SettingsError
from headwater.landscape.shapes import POST, RAW_POST, REJECT, Period, PostBatch, RawBatch

KEY = bytes(range(32))
RULES = scrub.Rules(KEY, "Europe/Copenhagen")
MARCH = Period("2024-03", date(2024, 3, 1), date(2024, 3, 31))


def post(**values):
    """One post as exported; what is not given is plain."""
    plain = {"platform": "reddit", "post_id": "p1", "author": "anna", "links": [], "text": "hej"}
    moment = datetime(2024, 3, 12, 14, 37, 5, tzinfo=UTC)
    return {"record": 1, "posted_at": moment, "is_share": False, **plain, **values}


def raw(*posts, rejects=()):
    rows = [{name: one.get(name) for name in RAW_POST.names} for one in posts]
    return RawBatch(
        pa.RecordBatch.from_pylist(rows, schema=RAW_POST),
        pa.RecordBatch.from_pylist(list(rejects), schema=REJECT),
    )


def scrubbed(*posts, rules=RULES):
    return scrub.batch(raw(*posts), rules).rows.to_pylist()


def content(batch: PostBatch) -> bytes:
    """All bytes of a batch, folded so that no case hides a name."""
    buffers = [
        buffer.to_pybytes()
        for part in batch
        for column in part.columns
        for buffer in column.buffers()
        if buffer is not None
    ]
    return b"\n".join(buffers).lower()


NAME = st.from_regex(r"[a-z]{3}[a-z0-9_]{5,12}[a-z]", fullmatch=True)
HOST = st.from_regex(r"[a-z]{6,10}\.(?:dk|de|com|org)", fullmatch=True)
DIGITS = st.from_regex(r"[2-9][0-9]{7}", fullmatch=True)
AROUND = st.text(st.characters(exclude_categories=("Cs", "Nd", "Nl", "No")), max_size=40)
EDGE = st.sampled_from([" ", "\n", "\u00a0", "(", "!", "…", ",", "👍", "\u201c"])


@given(st.tuples(NAME, NAME, HOST, DIGITS), st.tuples(AROUND, EDGE), st.tuples(EDGE, AROUND))
@settings(max_examples=60, deadline=None)
def test_no_planted_name_passes(names, before, after):
    author, handle, host, digits = names
    before, after = "".join(before), "".join(after)
    marks = {
        f"@{handle}": handle,
        f"@{handle}@{host}": handle,
        f"{handle}@{host}": handle,
        f"{handle} (at) {host}": handle,
        f"https://{host}/{handle}?by={handle}#{handle}": handle,
        f"+45{digits}": digits,
        f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}": digits[4:6] + " " + digits[6:],
        f"u/{handle}": handle,
    }
    texts = [before + mark + after for mark in marks]
    link = f"https://{host}/{handle}"
    made = [post(author=author, text=text, links=[link], community=author) for text in texts]
    late = post(author=author, text=texts[0], thread=author, parent=handle, post_id=handle)
    late["posted_at"] = datetime(2030, 1, 1, tzinfo=UTC)
    out = content(scrub.batch(raw(*made, late), RULES._replace(period=MARCH)))
    for secret in {author, *marks.values()}:
        assert secret.encode() not in out or secret in before + after


DENSE = st.text("@＠.:/0123456789 +-()ank_dotAT'\"\u200b<>é", max_size=50)  # noqa: RUF001


@given(st.lists(DENSE | st.text(max_size=60), min_size=1, max_size=40))
@settings(deadline=None)
def test_a_scrubbed_text_has_nothing_left_to_scrub(texts):
    once = scrub.texts(pa.array(texts))
    assert scrub.texts(once).equals(once)


PLAIN = st.lists(
    st.sampled_from(
        ["Hej", "på", "gøre", "naïve", "n\u0303o", "👨‍👩‍👧", "👍🏽", "ĳs", "привіт", "你好", "ﬁn",
         "#klima", "n@zi", "f@g", "50%", "3-2", "kl.", "14.30", "…", "—", "\u200bja", "a/b", "f.eks."]
    )
)  # fmt: skip


@given(PLAIN)
@settings(deadline=None)
def test_all_else_stays_byte_for_byte(words):
    text = " ".join(words)
    assert scrub.texts(pa.array([f"{text} @anna_k {text}"])).to_pylist() == [
        f"{text} <handle> {text}"
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["anna", "bo", None]), st.integers(0, 120))),
    st.integers(0, 3),
)
@settings(deadline=None)
def test_rows_out_and_rejects_out_are_rows_in_and_rejects_in(posts, n_rejects):
    start = datetime(2024, 2, 1, tzinfo=UTC)
    made = [
        post(record=n, author=author, posted_at=start + timedelta(days=days))
        for n, (author, days) in enumerate(posts)
    ]
    told = [{"record": 1000 + n, "reason": "no text"} for n in range(n_rejects)]
    listed = frozenset([scrub.objection("reddit", "bo")])
    out = scrub.batch(raw(*made, rejects=told), RULES._replace(period=MARCH, objections=listed))
    records = out.rows["record"].to_pylist() + out.rejects["record"].to_pylist()
    assert sorted(records) == sorted([one["record"] for one in made + told])


def test_rejects_say_why():
    listed = frozenset([scrub.objection("reddit", "@Bo")])
    rules = RULES._replace(period=MARCH, objections=listed)
    early = post(record=2, posted_at=datetime(2024, 2, 29, 22, 59, 59, tzinfo=UTC))
    first = post(record=3, posted_at=datetime(2024, 2, 29, 23, 0, tzinfo=UTC))
    batch = scrub.batch(raw(early, first, post(record=4, author="bo"), post(author=None)), rules)
    assert batch.rows["record"].to_pylist() == [3, 1]
    assert batch.rejects.to_pylist() == [
        {"record": 2, "reason": "outside the period"},
        {"record": 4, "reason": "its author objected"},
    ]


def test_nothing_in_gives_nothing_out_in_shape():
    batch = scrub.batch(raw(), RULES._replace(period=MARCH, objections=frozenset(["0" * 64])))
    assert batch.rows.schema.equals(POST)
    assert batch.rejects.schema.equals(REJECT)
    assert len(batch.rows) == len(batch.rejects) == 0


def test_an_answer_names_the_post_it_answers():
    opening = post(post_id="t1")
    answer = post(post_id="t2", thread="t1", parent="t1")
    first, second = scrubbed(opening, answer)
    assert second["parent_key"] == second["thread_key"] == first["post_key"] == first["thread_key"]
    assert first["parent_key"] is None
    assert second["post_key"] != first["post_key"]
    assert first["answered_key"] == first["post_key"]


def test_a_post_may_bear_another_name_in_its_answers():
    first, second = scrubbed(
        post(post_id="https://b/9", answered_as="100"), post(post_id="t2", parent="100")
    )
    assert second["parent_key"] == first["answered_key"] != first["post_key"]


def test_a_key_is_of_one_run_and_one_kind_and_one_platform():
    one = post(post_id="x", author="x", community="x", links=["x"])
    here, again = scrubbed(one), scrubbed(one)
    elsewhere = scrubbed(one, rules=RULES._replace(key=bytes(32)))
    other = scrubbed({**one, "platform": "x"})
    assert here == again
    kinds = ("post_key", "author_key", "community_key")
    keys = {row[name] for rows in (here, elsewhere, other) for row in rows for name in kinds}
    assert len(keys) == 9
    assert here[0]["link_keys"] != elsewhere[0]["link_keys"]


def test_posts_without_author_share_their_community():
    one, two, far, known = scrubbed(
        post(author=None, community="a"),
        post(author=None, community="a"),
        post(author=None),
        post(author="a", community="a"),
    )
    assert one["author_key"] == two["author_key"] != far["author_key"]
    assert known["author_key"] != one["author_key"]
    assert [row["is_authored"] for row in (one, far, known)] == [False, False, True]
    assert one["community_key"] != far["community_key"]


def test_counts_and_flags_pass_and_a_language_tag_must_be_one():
    edited = datetime(2024, 3, 12, 15, 1, 2, tzinfo=UTC)
    counts = {"n_reactions": 1, "n_replies": 2, "n_shares": None, "n_views": 4, "is_share": True}
    (row,) = scrubbed(post(edited_at=edited, stated_language="pt-BR", **counts))
    assert {name: row[name] for name in counts} == counts
    assert (row["edited_at"], row["stated_language"]) == (edited, "pt-BR")
    (row,) = scrubbed(post(stated_language="anna.hansen"))
    assert row["stated_language"] is None


def test_objections_are_read_and_a_bad_line_is_named(tmp_path):
    path = tmp_path / "objections.txt"
    line = scrub.objection("mastodon", "Anna@example.org")
    path.write_text(f"# they objected\n\n{line}\n", "utf-8")
    assert scrub.objections(path) == {line}
    assert line == scrub.objection("mastodon", "@anna@Example.org")
    path.write_text(f"{line}\nanna\n", "utf-8")
    with pytest.raises(SettingsError, match="line 2") as told:
        scrub.objections(path)
    assert "anna" not in str(told.value).replace(str(path), "")


def test_a_missing_list_of_objections_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        scrub.objections(tmp_path / "none.txt")


def test_bare_texts_become_a_batch_that_steps_take():
    batch = scrub.bare(pa.array(["@anna_k", "hej"]))
    assert batch.rows["text"].to_pylist() == ["<handle>", "hej"]
    assert (len(scrub.bare(pa.array([], pa.string())).rows), len(batch.rejects)) == (0, 0)


def test_missing_texts_stay_missing():
    assert scrub.texts(pa.array([None, "@anna_k", None])).to_pylist() == [None, "<handle>", None]


def test_a_slice_is_scrubbed_as_the_whole():
    rows = raw(*(post(record=n, text=f"@anna{n} x", post_id=str(n)) for n in range(6)))
    part = RawBatch(rows.rows.slice(2, 3), rows.rejects)
    assert scrub.batch(part, RULES).rows.equals(scrub.batch(rows, RULES).rows.slice(2, 3))
