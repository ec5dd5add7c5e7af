"""What the tools of researchers make of a platform: 4CAT, Zeeschuimer, twarc, minet, Meta's."""

import json

import pytest
from exported import posts, read, rejects, write

from headwater.landscape.readers import find

HIDDEN = "not public (direct, followers only or protected)"


def of(samples, name):
    return posts(read(name.split("-")[0].split(".")[0], samples / name))


@pytest.mark.parametrize("name", ["zeeschuimer.ndjson", "4cat-2.ndjson"])
def test_a_capture_reads_alike_wrapped_and_as_4cat_keeps_it(name, samples):
    found = of(samples, name)[:10]
    assert [(post["platform"], post["post_id"]) for post in found] == [
        *[("tiktok", "7000"), ("x", "900"), ("x", "901"), ("tiktok", "8000")],
        *[("instagram", "C1"), ("instagram", "C2"), ("instagram", "600"), ("threads", "D1")],
        *[("gab", "110"), ("truthsocial", "120")],
    ]
    retweet, comment, bare = found[2], found[3], found[5]
    assert (retweet["is_share"], retweet["text"]) == (True, found[1]["text"])
    assert (comment["thread"], comment["parent"], bare["text"]) == ("7000", "7000", "")


def test_what_is_told_of_a_capture_is_of_the_source_it_is_from(samples, tmp_path):
    lines = (samples / "zeeschuimer.ndjson").read_bytes().splitlines()
    (export,) = find([str(write(tmp_path, "instagram.ndjson", lines[4]))])
    assert export.reader.describe(export.parts[0])["posted_at"].startswith("data.taken_at")


@pytest.mark.parametrize(
    ("source", "changes", "reason"),
    [
        ("tiktok.com", {"privateItem": True}, HIDDEN),
        ("tiktok.com", {"isAd": True}, "not a post: advert"),
        ("instagram.com", {"user": {"is_private": True}}, HIDDEN),
        ("instagram.com", {"product_type": "story"}, "not a post: story"),
        ("twitter.com", {"promoted": True}, "not a post: advert"),
        (
            "twitter.com",
            {"core": {"user_results": {"result": {"legacy": {"protected": True}}}}},
            HIDDEN,
        ),
        ("gab.com", {"type": "user"}, "not a post: profile"),
        ("truthsocial.com", {"visibility": "private"}, HIDDEN),
        ("facebook.com", {}, "does not say whether it is public"),
        ("linkedin.com", {}, "no time"),
        ("9gag.com", {}, "from a source that is not read"),
        ("new.example", {}, "not a post: unknown kind"),
    ],
)
def test_what_a_browser_was_shown_is_read_only_if_it_is_a_public_post(
    source, changes, reason, samples, tmp_path
):
    lines = (samples / "zeeschuimer.ndjson").read_text().splitlines()
    captured = {item["source_platform"]: item for item in map(json.loads, lines)}
    item = captured.get(source, {"source_platform": source, "item_id": "1", "data": {"id": "1"}})
    changed = item | {"data": item["data"] | changes}
    batches = read("zeeschuimer", write(tmp_path, "items.ndjson", lines[0].encode(), changed))
    assert rejects(batches) == [(2, reason)]


@pytest.mark.parametrize(
    ("name", "platform", "ids"),
    [
        ("4cat.csv", "tiktok", ["1", "2", "3"]),
        ("4cat-3.csv", "telegram", [f"fjordby_news/{n}" for n in (1, 2, 3)]),
        ("4cat-4.csv", "x", ["900", "901", "902"]),
        ("meta.csv", "facebook", ["1", "2", "3"]),
        ("meta-2.csv", "instagram", ["1", "2", "3"]),
        ("x-3.csv", "x", ["900", "901", "902"]),
        ("x-4.csv", "x", ["900", "901", "902"]),
        ("youtube-3.csv", "youtube", ["Ug0", "Ug1", "Ug2"]),
        ("reddit-2.csv", "reddit", ["t1_c0", "t1_c1", "t1_c2"]),
        ("reddit-3.csv", "reddit", ["t3_s0", "t3_s1", "t3_s2"]),
        ("telegram-3.csv", "telegram", [f"fjordby_news/{n}" for n in (1, 2, 3)]),
    ],
)
def test_a_tools_table_tells_platform_and_post(name, platform, ids, samples):
    found = of(samples, name)
    assert {post["platform"] for post in found} == {platform}
    assert [post["post_id"] for post in found] == ids


@pytest.mark.parametrize(
    ("name", "shares"),
    [
        ("4cat-3.csv", [False, True, False]),
        ("4cat-4.csv", [False, True, False]),
        ("bluesky-2.csv", [False, False, True]),
        ("meta.csv", [False, False, True]),
        ("x-3.csv", [False, False, True]),
        ("x-4.csv", [False, False, True]),
    ],
)
def test_a_share_is_known_in_a_table_and_keeps_no_mark_of_it(name, shares, samples):
    found = of(samples, name)
    assert [post["is_share"] for post in found] == shares
    assert not any(post["text"].startswith("RT ") for post in found)


def test_a_table_of_twarc_gives_back_line_breaks_and_links(samples):
    first = of(samples, "x-3.csv")[0]
    assert first["text"].endswith(".\nSecond line.")
    assert first["links"] == ["https://fjordby.example/a"]


def test_links_that_a_table_joins_are_parted(samples):
    expected = ["https://fjordby.example/a", "https://fjordby.example/b"]
    assert of(samples, "x-4.csv")[0]["links"] == expected


def test_who_is_gone_or_private_is_nobody_and_not_one_author_for_all(samples):
    assert of(samples, "reddit-2.csv")[2]["author"] is None
    assert of(samples, "meta-3.csv")[2]["author"] is None


def test_a_post_in_a_group_stands_in_the_group(samples):
    assert [post["community"] for post in of(samples, "meta.csv")] == ["p0", "g1", "p2"]


def test_facebook_posts_of_a_browser_are_left_as_nothing_says_that_they_are_public(tmp_path):
    path = tmp_path / "facebook.csv"
    path.write_text(
        "id,url,body,timestamp,author,is_in_group,group_name,unix_timestamp\n"
        "1,https://www.facebook.com/p/1,Hello,2024-03-01 10:00:00,made_up,yes,g,1709287200\n"
    )
    assert rejects(read("4cat", path)) == [(1, "does not say whether it is public")]
