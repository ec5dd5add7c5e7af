"""What the town's people are, and what they write, before it becomes anyone's export."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Fate(StrEnum):
    """What a reader should make of a record."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"  # a later record has the same id
    BROKEN = "broken"  # cut off in the middle
    NOT_UTF8 = "not UTF-8"
    NO_TIME = "no time"
    NOT_PUBLIC = "not public"
    REMOVED = "removed by its platform"
    SERVICE = "service message"


class Account(NamedTuple):
    """A made-up person's account on one platform."""

    platform: str
    language: str
    name: str
    handle: str
    email: str
    phone: str
    activity: float
    is_hostile: bool


class Said(NamedTuple):
    """What a post is, in the words of the codebook: the truth a report is held against."""

    kind: str  # talk, coined (word), uncivil, neutral, positive, counter or hate
    topic: str
    group: str = ""  # the target of hate, or the group a mention is of
    planted: str = ""  # the trigger, term or campaign it belongs to
    spelling: str = ""  # of a coined word, as it is written here


class Post(NamedTuple):
    """One post; an export holds it in its platform's own shape."""

    post_id: str
    account: Account
    page: str  # the video, submission or article below which it stands
    at: datetime
    said: Said
    text: str
    thread_id: str  # id of the post that opened the talk
    parent_id: str = ""
    n_likes: int = 0
    n_shares: int = 0
    n_replies: int = 0
    shared: "Post | None" = None  # the post that this one passes on
    edited_at: datetime | None = None
    fate: Fate = Fate.ACCEPTED
