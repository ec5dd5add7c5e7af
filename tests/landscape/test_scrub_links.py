"""One article has one key, however its link is written."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from headwater.landscape import scrub
from headwater.landscape.scrub import links
from headwater.landscape.shapes import RAW_POST, REJECT, RawBatch


def linked(text="", stated=()):
    row = dict.fromkeys(RAW_POST.names) | {"record": 1, "platform": "x", "post_id": "1"}
    row |= {"text": text, "links": list(stated), "is_share": False}
    row["posted_at"] = datetime(2024, 3, 12, tzinfo=UTC)
    rows = pa.RecordBatch.from_pylist([row], schema=RAW_POST)
    raw = RawBatch(rows, pa.RecordBatch.from_pylist([], schema=REJECT))
    (out,) = scrub.batch(raw, scrub.Rules(bytes(32))).rows.to_pylist()
    return out["link_keys"], out["link_hosts"]


SAME = [
    "https://www.example.org/a/b?id=1",
    "http://example.org/a/b/?id=1",
    "HTTPS://WWW.EXAMPLE.ORG/a/b?id=1#part",
    "https://m.example.org/a/b?id=1&utm_source=x&utm_medium=y",
    "https://example.org/a/b?fbclid=123&id=1",
    "https://user:word@example.org:443/a/b?id=1",
    "example.org/a/b?id=1",
]


def test_all_spellings_of_a_link_share_a_key():
    assert len({tuple(linked(stated=[link])[0]) for link in SAME}) == 1


@pytest.mark.parametrize("other", ["https://example.org/a/c?id=1", "https://example.org/a/b?id=2"])
def test_another_article_has_another_key(other):
    assert linked(stated=[other])[0] != linked(stated=SAME[:1])[0]


def test_a_link_in_a_text_is_the_link_stated_beside_it():
    keys, hosts = linked(f"se ({SAME[0]}), og dr.dk/nyheder.", [SAME[1]])
    assert len(keys) == 2
    assert hosts == ["example.org", "dr.dk"]
    assert keys[:1] == linked(SAME[2])[0]


HOSTS = {
    "https://anna.tumblr.com/post/1": "tumblr.com",
    "https://anna.github.io": "github.io",
    "https://anna.blogspot.co.uk/x": "blogspot.co.uk",
    "https://www.bbc.co.uk/news": "bbc.co.uk",
    "https://nyheder.tv2.dk/x": "tv2.dk",
    "https://anna:word@example.org/x": "example.org",
    "t.me/anna": "t.me",
    "https://[::1]/x": "",
    "//": "",
    "mailto:anna@example.org": "example.org",
}


@pytest.mark.parametrize(("link", "host"), HOSTS.items())
def test_a_host_names_no_person(link, host):
    assert links.hosts(pa.array([link])).to_pylist() == [host]


def test_an_address_or_a_handle_is_no_link():
    assert linked("anna@example.org @anna.example.org") == ([], [])


def test_links_stay_with_their_posts_in_order():
    row, values = pa.array([2, 0, 2, 2, 0]), pa.array(["a", "b", "c", "a", "a"])
    assert links.listed(row, values, 4).to_pylist() == [["b", "a"], [], ["a", "c"], []]
