"""What is special to each platform, on made-up records and on authentic exports."""

import hashlib

import orjson
import pytest
from exported import posts, read, rejects, write

from headwater.landscape.readers import find, look

PRIVATE = "private chat or group"
NOT_PUBLIC = "not public (direct, followers only or protected)"
WHEN = "2024-03-01T10:00:00Z"


def message(number, **changes):
    said = {"from_id": "user5", "date_unixtime": "1709287200", "text": f"Message {number}"}
    return {"id": number, "type": "message", "date": "2024-03-01T10:00:00"} | said | changes


def chat(kind, *messages):
    return {"name": "A chat", "type": kind, "id": 9, "messages": list(messages)}


def write_document(folder, document, indent=True):
    path = folder / "document.json"
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2 if indent else None))
    return path


@pytest.mark.parametrize(
    "kind",
    [
        *("private_group", "personal_chat", "private_supergroup", "private_channel"),
        *("saved_messages", "bot_chat", "replies", "something_new", None),
    ],
)
def test_no_message_of_a_private_chat_is_read(kind, tmp_path):
    path = write_document(tmp_path, chat(kind, message(1), message(2)))
    batches = read("telegram", path)
    assert posts(batches) == []
    assert rejects(batches) == [(1, PRIVATE), (2, PRIVATE)]


@pytest.mark.parametrize("filler", [0, 9 << 20])
def test_each_chat_of_an_export_of_many_is_judged_by_itself(filler, tmp_path):
    chats = [
        chat("public_channel", message(1)),
        chat("personal_chat", message(2)),
        chat("public_supergroup", message(3), message(4, type="service", text="")),
    ]
    document = {"chats": {"about": "y", "list": chats}, "left": "x" * filler}
    batches = read("telegram", write_document(tmp_path, document))
    assert [post["post_id"] for post in posts(batches)] == ["9/1", "9/3"]
    assert rejects(batches) == [(2, PRIVATE), (4, "not a post: service message")]


def test_a_chat_too_large_to_hold_is_streamed(tmp_path):
    messages = [message(at, text="word " * 200) for at in range(10_000)]
    path = write_document(tmp_path, chat("public_channel", *messages))
    assert path.stat().st_size > 9 << 20
    found = posts(read("telegram", path))
    assert [post["post_id"] for post in found] == [f"9/{at}" for at in range(10_000)]


def test_a_message_in_pieces_is_put_together_and_its_links_are_kept(samples):
    first, pieces, shared = posts(read("telegram", samples / "telegram.json"))
    assert (pieces["text"], pieces["links"]) == ("Read this", ["https://fjordby.example/a"])
    assert (shared["parent"], shared["is_share"]) == (first["post_id"], True)


STATUS = {
    "uri": "https://fjordby.example/1",
    "created_at": WHEN,
    "content": "<p>Hi</p>",
    "account": {"url": "https://fjordby.example/@a"},
}
NOTE = {"id": "https://fjordby.example/n", "type": "Note", "content": "Hi", "published": WHEN}
EVERYBODY = "https://www.w3.org/ns/activitystreams#Public"
TWEET = {"id": "5", "author_id": "6", "created_at": WHEN, "text": "Hi", "conversation_id": "5"}


@pytest.mark.parametrize(
    ("name", "record", "reason"),
    [
        ("mastodon", STATUS | {"visibility": "public"}, None),
        ("mastodon", STATUS | {"visibility": "unlisted"}, None),
        ("mastodon", STATUS | {"visibility": "private"}, NOT_PUBLIC),
        ("mastodon", STATUS | {"visibility": "direct"}, NOT_PUBLIC),
        ("mastodon", NOTE | {"to": EVERYBODY}, None),
        ("mastodon", NOTE | {"to": ["https://x.example/f"], "cc": [EVERYBODY]}, None),
        ("mastodon", NOTE | {"to": ["https://x.example/followers"]}, NOT_PUBLIC),
        ("mastodon", NOTE, NOT_PUBLIC),
        ("mastodon", {"type": "Create", "object": NOTE | {"to": "as:Public"}}, None),
        ("mastodon", {"type": "Create", "to": [], "object": NOTE | {"to": EVERYBODY}}, NOT_PUBLIC),
        ("mastodon", {"type": "Like", "object": "x"}, "not a post: like"),
        ("mastodon", {"type": "Delete", "object": "x"}, "removed or deleted"),
        ("x", TWEET, None),
        ("x", TWEET | {"author": {"id": "6", "protected": True}}, NOT_PUBLIC),
        (
            "reddit",
            {"id": "a", "body": "[deleted]", "created_utc": 1709287200},
            "removed or deleted",
        ),
        (
            "reddit",
            {"id": "a", "body": "Hi", "subreddit_type": "private", "created_utc": 1709287200},
            PRIVATE,
        ),
        ("bluesky", {"kind": "identity", "did": "did:plc:a"}, "not a post: identity"),
        ("bluesky", {"something": "else", "uri": "at://a"}, "not a post: unknown kind"),
        (
            "bluesky",
            {"kind": "commit", "did": "d", "commit": {"operation": "delete", "rkey": "a"}},
            "removed or deleted",
        ),
        (
            "bluesky",
            {"kind": "commit", "did": "d", "commit": {"collection": "app.bsky.feed.like"}},
            "not a post: like",
        ),
    ],
)
def test_what_is_not_public_or_no_post_is_told_as_such(name, record, reason, samples, tmp_path):
    sample = (samples / f"{name}.ndjson").read_bytes().splitlines()[0]
    batches = read(name, write(tmp_path, "records.ndjson", sample, record))
    assert rejects(batches) == ([(2, reason)] if reason else [])


def test_the_author_of_a_page_of_x_tells_whether_it_is_protected(tmp_path):
    users = [{"id": "6", "protected": True}]
    other = TWEET | {"author_id": "7"}
    page = {"data": [TWEET, other], "includes": {"users": users}}
    batches = read("x", write_document(tmp_path, page, indent=False))
    assert (len(posts(batches)), rejects(batches)) == (1, [(1, NOT_PUBLIC)])


def test_an_answer_names_what_it_answers_across_instances(tmp_path):
    """The id of the server that was asked is not in the post's own address."""
    first = STATUS | {"visibility": "public", "id": "100", "uri": "https://b.example/users/b/9"}
    first |= {"account": {"acct": "b@B.example", "url": "https://b.example/@b"}}
    second = STATUS | {"visibility": "public", "id": "101", "in_reply_to_id": "100"}
    one, other = posts(read("mastodon", write(tmp_path, "records.ndjson", first, second)))
    assert other["parent"] == one["answered_as"] == "100" != one["post_id"]
    assert (one["community"], other["community"]) == ("b.example", "fjordby.example")


@pytest.mark.parametrize(
    ("account", "instance"),
    [
        ({"acct": "a@B.example"}, "b.example"),
        ({"acct": "a"}, None),
        ({"url": "https://B.example/@a"}, "b.example"),
    ],
)
def test_a_community_of_mastodon_is_the_instance_of_the_account(account, instance, tmp_path):
    record = STATUS | {"visibility": "public", "id": "1", "account": account}
    (one,) = posts(read("mastodon", write(tmp_path, "records.ndjson", record)))
    assert one["community"] == instance


def test_a_note_of_the_fediverse_stands_on_its_authors_instance(tmp_path):
    note = NOTE | {"to": EVERYBODY, "attributedTo": "https://b.example/u/a"}
    (one,) = posts(read("mastodon", write(tmp_path, "records.ndjson", note)))
    assert (one["community"], one["answered_as"]) == ("b.example", None)


def test_a_share_has_the_text_it_passes_on_and_the_author_who_shares(samples):
    *_, shared = posts(read("mastodon", samples / "mastodon.ndjson"))
    assert shared["is_share"]
    assert shared["text"].startswith("The bus to Fjordby")
    assert shared["author"] == "https://fjordby.example/@p2"
    for name, is_share in (("x.ndjson", [False, False, True, False]), ("x-2.json", [False, True])):
        found = posts(read("x", samples / name))
        assert [post["is_share"] for post in found] == is_share
        assert not any(post["text"].startswith("RT ") for post in found)


def test_markup_becomes_text(samples):
    first = posts(read("mastodon", samples / "mastodon.ndjson"))[0]
    assert first["text"] == "The bus to Fjordby was late again.\nTea & cake"


def test_answers_inside_a_thread_are_posts_too(samples):
    found = posts(read("youtube", samples / "youtube.json"))
    assert [post["post_id"] for post in found] == ["Ug0", "Ug1", "Ug2"]
    assert {post["thread"] for post in found} == {"vid1"}


def test_a_comment_feed_stands_under_its_article(samples):
    found = posts(read("news", samples / "news.xml"))
    assert {post["thread"] for post in found} == {"https://fjordby.example/article-1"}
    assert found[0]["text"] == "Comment 0\n\nThe bus to Fjordby was late again."


def test_a_table_in_another_language_is_recognised_and_makes_its_own_ids(samples):
    (export,) = find([str(samples / "table-2.csv")])
    assert export.reader.describe(export.parts[0]) == {
        "author": "Autor",
        "posted_at": "Datum (where it states no zone: UTC)",
        "text": "Nachricht",
    }
    found = posts(export.reader.read(export.parts[0]))
    assert len({post["post_id"] for post in found}) == 3
    assert found == posts(export.reader.read(export.parts[0]))


@pytest.mark.parametrize(
    ("name", "reader", "n_posts", "reasons"),
    [
        ("mastodon_public_timeline.json", "mastodon", 20, []),
        ("tiktok_research_videos.json", "tiktok", 2, []),
        ("twitwi_bluesky-posts.json", "bluesky", 122, ["time out of range"]),
        ("twitwi_bluesky-posts-export.csv", "bluesky", 156, ["time out of range"]),
        ("x_v2_flat.jsonl", "x", 100, []),
        ("x_v2_noflat.jsonl", "x", 100, []),
        ("youtube_commentThreadList.json", "youtube", 98, []),
    ],
)
def test_authentic_exports_go_through(name, reader, n_posts, reasons, research_data):
    (export,) = find([str(research_data / "exports" / name)])
    assert export.reader.name == reader
    batches = [batch for part in export.parts for batch in export.reader.read(part)]
    assert len(posts(batches)) == n_posts
    assert [reason for _, reason in rejects(batches)] == reasons


def test_both_shapes_of_one_page_of_x_give_the_same_posts(research_data):
    flat, paged = (
        posts(read("x", research_data / "exports" / f"x_v2_{name}.jsonl"))
        for name in ("flat", "noflat")
    )
    assert [post | {"record": 0} for post in flat] == [post | {"record": 0} for post in paged]


def test_documents_beside_the_exports_are_told_as_unread(research_data):
    left = {path.name for path in look([str(research_data / "exports")]).unread}
    assert {"mastodon_Status_entity.md", "bsky_feed_defs_lexicon.json"} <= left
    assert all(name.endswith(("lexicon.json", ".md")) for name in left)


def test_the_long_telegram_table_goes_through_twice_alike(research_data):
    def read_once():
        (export,) = find([str(research_data / "timeline" / "telegram_2021_2022.parquet")])
        digest, n_posts = hashlib.sha256(), 0
        for batch in export.reader.read(export.parts[0]):
            n_posts += len(batch.rows) + len(batch.rejects)
            for column in (batch.rows["post_id"], batch.rows["posted_at"]):
                digest.update(str(column.slice(0, 3)).encode())
        return n_posts, digest.hexdigest()

    first = read_once()
    assert first[0] == 222_362
    assert read_once() == first
