"""Telegram: the result.json of Telegram Desktop, and messages a line as Telethon's tools write."""

from typing import Any

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import Form, Get, Layout, always, joined, keys, present

PUBLIC_CHATS = ("public_channel", "public_supergroup")
CHAT = "@page.id"


def _said(get: Get) -> Values:
    """Put a text that comes in pieces, plain and marked ones, together again."""
    return [_whole(text) if isinstance(text, list) else text for text in get("text")]


def _whole(pieces: list[Any]) -> object:
    found = [piece.get("text") if isinstance(piece, dict) else piece for piece in pieces]
    texts = [text for text in found if isinstance(text, str)]
    return "".join(texts) if len(texts) == len(found) else pieces  # told as wrong type


def _links(get: Get) -> Values:
    return [_hrefs(text) for text in get("text")]


def _hrefs(text: object) -> list[str]:
    pieces = [piece for piece in text if isinstance(piece, dict)] if isinstance(text, list) else []
    found = (piece.get("href") for piece in pieces)
    return [href for href in found if isinstance(href, str)]


def _reactions(get: Get) -> Values:
    """Add up the reactions of each kind."""
    return [_sum(kinds) for kinds in get("reactions")]


def _sum(kinds: object) -> int | None:
    if not isinstance(kinds, list):
        return None
    counts = (kind.get("count") for kind in kinds if isinstance(kind, dict))
    return sum(count for count in counts if type(count) is int)


def _judged(message: dict[str, Any]) -> list[Any]:
    """Note on a message of a chat's export whether everybody may read that chat."""
    chat = message.get("@page")
    if isinstance(chat, dict):
        message["@public"] = chat.get("type") in PUBLIC_CHATS
    elif "date_unixtime" in message:
        message["@public"] = False
    return [message]


def _public_ids(get: Get) -> Values:
    """Give channel and number from the address of a message, t.me/s/CHANNEL/NUMBER."""
    addresses = get("link_to_message")
    return ["/".join(one.split("/")[-2:]) if isinstance(one, str) else one for one in addresses]


DESKTOP = Form(
    mark="@public",
    fields={
        "platform": always("telegram"),
        "post_id": joined("{}/{}", CHAT, "id"),
        "author": "from_id | actor_id",
        "community": CHAT,
        "thread": joined("{}/{}", CHAT, "reply_to_message_id | id"),
        "parent": joined("{}/{}", CHAT, "reply_to_message_id"),
        "links": _links,
        "text": _said,
        "posted_at": "date_unixtime | date",
        "edited_at": "edited_unixtime | edited",
        "n_reactions": _reactions,
        "is_share": present("forwarded_from"),
    },
    keys=keys("name type messages from_id date_unixtime"),
    refuse={
        "@public": {False: reasons.PRIVATE_CHAT},
        "type": {"service": reasons.not_a_post("service message")},
    },
    is_local=True,  # `date` is of the exporter's clock; `date_unixtime` came with version 3.2
)
PRIVATE_PEERS = {"PeerUser": reasons.PRIVATE_CHAT, "PeerChat": reasons.PRIVATE_CHAT}
PEER = "peer_id.channel_id | channel_id | channel | chat_id"
TELETHON = Form(
    mark="date",
    fields={
        "platform": always("telegram"),
        "post_id": joined("{}/{}", PEER, "id"),
        "author": "from_id.user_id | from_id.channel_id | from_id | sender_id | " + PEER,
        "community": PEER,
        "thread": joined("{}/{}", PEER, "reply_to.reply_to_top_id | reply_to.reply_to_msg_id | id"),
        "parent": joined("{}/{}", PEER, "reply_to.reply_to_msg_id | reply_to_msg_id"),
        "links": "media.webpage.url",
        "text": "message | text",
        "posted_at": "date",
        "edited_at": "edit_date",
        "n_replies": "replies.replies",
        "n_shares": "forwards",
        "n_views": "views",
        "is_share": present("fwd_from"),
    },
    keys=keys("id date message peer_id"),
    refuse={
        "_": {"MessageService": reasons.not_a_post("service message")},
        "peer_id._": PRIVATE_PEERS,
        "peer_id._type": PRIVATE_PEERS,  # as 4CAT keeps them
    },
)
MINET = Form(
    mark="link_to_message",
    fields={
        "platform": always("telegram"),
        "post_id": _public_ids,
        "author": "user_link | user",
        "community": "user_link",
        "thread": _public_ids,
        "links": "links",
        "text": "text",
        "posted_at": "datetime",
        "n_views": "views",
    },
    keys=keys("link_to_message user_link text datetime"),
)
LAYOUT = Layout(
    name="telegram",
    forms=(DESKTOP, MINET, TELETHON),
    pages=("messages", "chats.list.messages", "left_chats.list.messages"),
    inner=_judged,
    tabular=True,
)
READER = reading.reader(LAYOUT, "https://telegram.org/blog/export-and-more")
