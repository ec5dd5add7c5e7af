"""YouTube: pages of comment threads with their answers, one page a line.

Source: https://developers.google.com/youtube/v3/docs/commentThreads/list
"""

import html
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from headwater.landscape.sample import ids
from headwater.landscape.sample.exports.lines import Json, line
from headwater.landscape.sample.posts import Fate, Post

PAGE_SIZE = 50
CHANNELS = ("Fjordby TV", "Havnen Live", "FK Fjordby")


def export(posts: Sequence[Post]) -> bytes:
    """Write all threads, fifty a page; a broken page holds one comment alone."""
    answers: defaultdict[str, list[Post]] = defaultdict(list)
    openers, broken = [], []
    for post in posts:
        if post.fate == Fate.BROKEN:
            broken.append(post)
        elif post.parent_id:
            answers[post.thread_id].append(post)
        else:
            openers.append(post)
    threads = [_thread(post, answers[post.post_id]) for post in openers]
    pages = [_page(threads[at : at + PAGE_SIZE]) for at in range(0, len(threads), PAGE_SIZE)]
    cut_off = [line(_page([_thread(post, [])]), post.fate) for post in broken]
    return b"".join([*map(line, pages), *cut_off])


def _page(threads: list[Json]) -> Json:
    return {
        "kind": "youtube#commentThreadListResponse",
        "etag": ids.made(f"page {threads[0]['id']}", 22),
        "pageInfo": {"totalResults": len(threads), "resultsPerPage": PAGE_SIZE},
        "items": threads,
    }


def _thread(opener: Post, answers: list[Post]) -> Json:
    thread = {
        "kind": "youtube#commentThread",
        "etag": ids.made(f"thread {opener.post_id}", 22),
        "id": opener.post_id,
        "snippet": {
            "channelId": _channel(opener),
            "videoId": _video(opener),
            "topLevelComment": _comment(opener),
            "canReply": True,
            "totalReplyCount": len(answers),
            "isPublic": True,
        },
    }
    return thread | ({"replies": {"comments": list(map(_comment, answers))}} if answers else {})


def _comment(post: Post) -> Json:
    parent = {"parentId": post.thread_id} if post.parent_id else {}
    return {
        "kind": "youtube#comment",
        "etag": ids.made(f"comment {post.post_id}", 22),
        "id": post.post_id,
        "snippet": _snippet(post) | parent,
    }


def _snippet(post: Post) -> dict[str, object]:
    author = f"UC{ids.made(post.account.handle, 22)}"
    return {
        "channelId": _channel(post),
        "videoId": _video(post),
        "textDisplay": html.escape(post.text),
        "textOriginal": post.text,
        "authorDisplayName": post.account.name,
        "authorProfileImageUrl": f"https://yt3.example/{author}=s48",
        "authorChannelUrl": f"http://www.youtube.com/channel/{author}",
        "authorChannelId": {"value": author},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": post.n_likes,
        "publishedAt": _time(post.at),
        "updatedAt": _time(post.edited_at or post.at),
    }


def _channel(post: Post) -> str:
    return f"UC{ids.made(ids.pick(CHANNELS, post.page), 22)}"


def _video(post: Post) -> str:
    return ids.made(post.page, 11)


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
