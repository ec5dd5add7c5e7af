"""What all posts tell of travel, their names made numbers; in the order of their rows.

It is held at once, in about a hundred bytes a post and as many for its sketch: copies lie anywhere.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.engine.buckets import as_integers
from headwater.landscape.engine.lookup import columns
from headwater.landscape.engine.repeats import Posts
from headwater.landscape.travel import DAY, Places, Trails
from headwater.landscape.travel import Posts as Told

COLUMNS = (
    "author_key",
    "community_key",
    "hour",
    "is_share",
    "link_keys",
    "platform",
    "posted_on",
    "sketch",
    "thread_key",
)


def trails(posts: Posts) -> Trails:
    """Give what the posts tell of travel, and what they say and link to."""
    rows = columns(posts, ("hour", "is_share", "platform", "posted_on"))
    days = rows["posted_on"].cast(pa.int32()).to_numpy().astype(np.int64)
    platforms = sorted(pc.unique(rows["platform"]).to_pylist())
    author, thread, community = (
        numbers(posts, f"{name}_key") for name in ("author", "thread", "community")
    )
    told = Told(
        hour=days * DAY + rows["hour"].to_numpy(),
        author=author,
        thread=thread,
        community=community,
        platform=pc.index_in(rows["platform"], pa.array(platforms)).to_numpy().astype(np.int64),
        is_share=rows["is_share"].to_numpy(),
        platforms=tuple(platforms),
    )
    return Trails(told, rows["row"].to_numpy(), *_sketches(posts), *_links(posts))


def numbers(posts: Posts, name: str) -> Places:
    """Number the keys of a column; half of a key tells it from all others."""
    keys = as_integers(columns(posts, (name,))[name])[:, 1]
    return np.unique(keys, return_inverse=True)[1]


def _sketches(posts: Posts) -> tuple[np.ndarray, Places]:
    column = columns(posts, ("sketch",))["sketch"]
    kept = _whole(column.drop_null())
    width = kept.type.byte_width
    flat = np.frombuffer(kept.buffers()[1] or b"", np.uint8).reshape(-1, width)
    return flat[kept.offset : kept.offset + len(kept)], np.flatnonzero(column.is_valid())


def _links(posts: Posts) -> tuple[np.ndarray, Places]:
    """Give the keys of all links, and which post each stands in."""
    lists = _whole(columns(posts, ("link_keys",))["link_keys"])
    linking = np.repeat(np.arange(len(lists)), lists.value_lengths().to_numpy())
    return as_integers(lists.flatten()), linking


def _whole(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return pa.concat_arrays(found.chunks) if isinstance(found, pa.ChunkedArray) else found
