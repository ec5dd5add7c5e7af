"""Make keys of names: equal names get equal keys, and nobody gets the name back.

A key is a keyed BLAKE2b hash of 16 bytes. The key of the run is thrown away when the run ends,
so that the keys of two runs cannot be joined.
"""

from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.shapes import KEY

POST, AUTHOR, NOBODY, COMMUNITY, LINK = b"post", b"author", b"nobody", b"community", b"link"


def posts(rows: pa.RecordBatch, key: bytes) -> tuple[pa.Array, pa.Array, pa.Array, pa.Array]:
    """Return the keys of each post, of its thread, of the post it answers, and that answers give it.

    They share one domain: an answer's parent key is what answers give the post it answers, and that
    is the post's own key where its platform has one id for it.
    """
    own = rows["post_id"]
    others = pc.coalesce(rows["thread"], own), rows["parent"], pc.coalesce(rows["answered_as"], own)
    platforms = pa.concat_arrays([rows["platform"]] * 4)
    keys, n = hashed(POST, on(platforms, pa.concat_arrays([own, *others])), key), len(rows)
    return keys[:n], keys[n : 2 * n], keys[2 * n : 3 * n], keys[3 * n :]


def authors(rows: pa.RecordBatch, key: bytes) -> pa.Array:
    """Return the key of each author; of a post without one, a key its community shares."""
    known = hashed(AUTHOR, on(rows["platform"], rows["author"]), key)
    return pc.coalesce(known, hashed(NOBODY, _community(rows), key))


def communities(rows: pa.RecordBatch, key: bytes) -> pa.Array:
    """Return the key of each community; without one, a key its platform shares."""
    return hashed(COMMUNITY, _community(rows), key)


def hashed(domain: bytes, names: pa.Array, key: bytes) -> pa.Array:
    """Return the key of each name, null for null; each distinct name is hashed once.

    Args:
        domain: what is named, up to 16 bytes; equal names of two domains get unlike keys.
        names: n names.
        key: 32 bytes made for this run.
    """
    seen = names.dictionary_encode()
    start = blake2b(digest_size=16, key=key, person=domain)
    digests = []
    for name in seen.dictionary.cast(pa.binary()).to_pylist():
        state = start.copy()  # half the time of starting anew
        state.update(name)
        digests.append(state.digest())
    return pa.array(digests, KEY).take(seen.indices)


def on(platforms: pa.Array, names: pa.Array) -> pa.Array:
    """Set each name behind its platform, so that platforms share no names."""
    return pc.binary_join_element_wise(platforms, names, "\0")


def _community(rows: pa.RecordBatch) -> pa.Array:
    return on(rows["platform"], pc.fill_null(rows["community"], ""))
