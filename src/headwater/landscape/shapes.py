"""The shapes that travel from export to report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from headwater.landscape.labelled import Audit


def _shape(**columns: pa.DataType | tuple[pa.DataType, None]) -> pa.Schema:
    """Make a schema; a column written as (type, None) may be empty."""
    return pa.schema(
        [
            pa.field(name, kind[0] if isinstance(kind, tuple) else kind, isinstance(kind, tuple))
            for name, kind in columns.items()
        ]
    )


TEXT, KEY, UTC, COUNT = pa.string(), pa.binary(16), pa.timestamp("us", "UTC"), pa.int64()

RAW_POST = _shape(
    record=pa.int64(),  # from 1 within its part; for a line-wise file the line
    platform=TEXT,
    post_id=TEXT,
    author=(TEXT, None),
    community=(TEXT, None),  # page, channel, group, instance: where it stands
    thread=(TEXT, None),  # id of the post that opened the talk
    parent=(TEXT, None),  # id of the post this one answers
    answered_as=(TEXT, None),  # the id by which answers name it, where it is not `post_id`
    links=pa.list_(TEXT),  # those stated apart from the text
    text=TEXT,
    posted_at=UTC,
    edited_at=(UTC, None),
    stated_language=(TEXT, None),  # BCP 47, as the platform has it
    n_reactions=(COUNT, None),
    n_replies=(COUNT, None),
    n_shares=(COUNT, None),
    n_views=(COUNT, None),
    is_share=pa.bool_(),  # passes another's post on
)

POST = _shape(
    record=pa.int64(),
    platform=TEXT,
    post_key=KEY,
    author_key=KEY,  # of the community where the post has no author
    is_authored=pa.bool_(),
    community_key=KEY,
    thread_key=KEY,
    parent_key=(KEY, None),
    answered_key=KEY,  # what is the `parent_key` of its answers
    link_keys=pa.list_(KEY),
    link_hosts=pa.list_(TEXT),
    text=TEXT,
    posted_at=UTC,  # cut to the hour
    edited_at=(UTC, None),  # tells which of two repeats is the last, then goes
    month=TEXT,  # 2024-03, in the town's time zone, as the next three
    posted_on=pa.date32(),
    weekday=pa.int8(),  # 0 Monday to 6 Sunday
    hour=pa.int8(),  # 0 to 23
    stated_language=(TEXT, None),
    n_reactions=(COUNT, None),
    n_replies=(COUNT, None),
    n_shares=(COUNT, None),
    n_views=(COUNT, None),
    is_share=pa.bool_(),
)

REJECT = _shape(record=pa.int64(), reason=TEXT)  # never the text
Columns = Mapping[str, pa.Array]
Effort = Literal["fast", "balanced", "thorough"]
SHIPPED = "headwater"  # the name of the model that comes with Headwater
SCOPES = ("local", "elsewhere", "unplaced")  # what a post concerns, by the places it names


class Judge(NamedTuple):
    """Which model judges, and what it may cost."""

    effort: Effort = "balanced"  # how much of the talk its slower, surer part reads
    model: str = SHIPPED


class RawBatch(NamedTuple):
    """Posts as exported. Only a reader makes one, only the scrub takes one."""

    rows: pa.RecordBatch  # RAW_POST
    rejects: pa.RecordBatch  # REJECT: the records that are no posts


class PostBatch(NamedTuple):
    """Posts that point to nobody."""

    rows: pa.RecordBatch  # POST, then what steps have added
    rejects: pa.RecordBatch

    def with_columns(self, columns: Columns) -> "PostBatch":
        """Return the batch with these columns at its end."""
        rows = self.rows
        for name, values in columns.items():
            rows = rows.append_column(name, values)
        return self._replace(rows=rows)


class Part(NamedTuple):
    """A piece of an export that can be read, and read again, by itself."""

    path: Path
    member: str = ""  # of a zip
    start: int = 0  # bytes; lines that begin in [start, stop) are its own
    stop: int | None = None  # None: to the end
    timezone: str = "UTC"  # of times that state none, where the format leaves that open


class Reader(NamedTuple):
    """How one platform's export becomes posts."""

    name: str
    documented_at: str  # the platform's own page on this format
    read: Callable[[Part], Iterator[RawBatch]]
    knows: Callable[[bytes], bool]  # is this the head of such an export?
    describe: Callable[[Part], Mapping[str, str]]  # column of RAW_POST -> what it is made of


class Export(NamedTuple):
    """One file and the reader that takes it."""

    path: Path
    reader: Reader
    parts: tuple[Part, ...]

    def in_zone(self, timezone: str) -> "Export":
        """Return the export, its times that state no zone taken as of this one."""
        return self._replace(parts=tuple(one._replace(timezone=timezone) for one in self.parts))


class Step(NamedTuple):
    """One thing we learn of each post. `run` is pure: no files, no network."""

    name: str
    needs: tuple[str, ...]
    adds: pa.Schema
    run: Callable[[PostBatch], Columns]


class Grouping(NamedTuple):
    """What to count: posts and authors of each group `by` inside each whole `within`."""

    within: tuple[str, ...]  # columns that make the whole a share is of
    by: tuple[str, ...]  # counted inside it; of a list column, each member
    among: str | None = None  # only posts for which this column is not null

    @property
    def columns(self) -> frozenset[str]:
        """Give the columns that it counts by."""
        return frozenset((*self.within, *self.by, *([self.among] if self.among else ())))


class Group(NamedTuple):
    """What the engine counted of one group."""

    key: tuple[Any, ...]  # values of the grouping's `within`, then of its `by`
    n_posts: int
    n_authors: int
    n_top: int  # posts of the author who wrote most of them
    n_within: int  # the same three of the whole it lies in
    n_within_authors: int
    n_within_top: int
    n_squares: int  # each author's posts in the group, squared and added up

    @property
    def sizes(self) -> tuple[int, int, int, int, int, int]:
        """Give what publication control asks of a number."""
        return self[1:7]


Groups = Sequence[Group]  # in the order of their keys


class Measure(NamedTuple):
    """One exact number. Only an analysis makes it, only `publication` takes it."""

    key: tuple[str, ...]
    n_posts: int
    n_authors: int
    n_top: int  # posts of the author who wrote most of them
    n_within: int  # posts of the whole it is a share of
    n_within_authors: int
    n_within_top: int
    share: float  # 0 to 1; `low` and `high` are its 95 % interval
    low: float
    high: float
    high_of_few: float = 1  # what `high` is at most where so few were found that they are not told


class Evidence(NamedTuple):
    """What flagged posts are corrected by."""

    judge: Judge
    few: int  # posts found: so many and fewer may be too few to be told
    audit: Audit | None = None


class Analysis(NamedTuple):
    """One thing we learn across posts. The engine counts, `run` computes."""

    name: str
    groupings: tuple[Grouping, ...]
    run: Callable[[Sequence[Groups], Evidence], tuple[Measure, ...]]  # the groups of each grouping


class Period(NamedTuple):
    """A whole calendar month, quarter or year."""

    name: str  # 2024-03, 2024-Q1, 2024
    first_on: date
    last_on: date


class Settings(NamedTuple):
    """What a town may choose."""

    place: str
    work_dir: Path  # of its own: what is in it goes when the run ends
    state_dir: Path | None = None  # where the ledger of releases lies; a release needs it
    timezone: str = "UTC"
    period: Period | None = None  # with it the report is a release
    floor: int = 10  # fewest authors a shown number may describe
    round_to: int = 5
    judge: Judge = Judge()
    languages: tuple[str, ...] = ()  # whose posts are counted; none: all whose errors are known
    runner: Literal["native", "ray"] = "native"
    audit: Path | None = None  # what people found in a sample of these posts
    objections: Path | None = None  # hashes of accounts whose owners objected
    events: Path | None = None  # the town's diary
    gazetteer: Path | None = None  # the names of the town's places
    rejects_file: Path | None = None  # which record was no post, and why; never published
    candidates_file: Path | None = None  # terms that a person may release; never published
    released: Path | None = None  # terms that a person named the sense of and released
