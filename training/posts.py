"""Read the labelled sets and make their labels mean one thing: the codebook's hate."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import fold
from training import repeats
from training.own import FAMILIES, draw
from training.sources import OWN, SOURCES, Source

Flags = NDArray[np.bool_]

MEASURED = ("de", "en")  # languages with enough labels to measure how far a model errs
N_OWN, N_OWN_ELSEWHERE, N_ANEW, SEED = 18_000, 4_000, 6_000, 1  # posts of our own, a language

MARKS = (  # what the sets write for links and handles, as the scrub would leave it
    (r"(?i)https?://\S+|www\.\S+|<url>|\[?\burl\]?\b|\bhttp\b|\[link\]", "<link>"),
    (r"(?i)<user>|(^|[^\pL\pN_])@[\pL\pN_.]+|\[?\bmention\d*\]?\b", "<handle>"),
    (r"\|LBR\||\[linebreak\]", " "),
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
)


class Posts(NamedTuple):
    """Labelled posts of many sources, n in all."""

    texts: pa.Array
    source: NDArray[np.str_]
    language: NDArray[np.str_]
    talk: NDArray[np.str_]  # what it is if it is no hate
    hate: Flags
    groups: Flags  # n x 11, whom it targets
    has_groups: Flags  # someone was asked whom it targets
    is_dev: Flags

    def where(self, rows: Flags) -> "Posts":
        """Keep the rows marked true."""
        return Posts(self.texts.filter(pa.array(rows)), *(part[rows] for part in self[1:]))


def data_dir() -> Path:
    """Give the folder of research data: `HEADWATER_DATA`, else beside the repository."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    return Path(os.environ.get("HEADWATER_DATA", beside))


def labelled(languages: Sequence[str] = MEASURED) -> Posts:
    """Read all sets and our own, without repeats; a post of a dev split is in no train split."""
    numbers = {name: N_OWN if name in MEASURED else N_OWN_ELSEWHERE for name in languages}
    whole = joined([*(_one(source) for source in SOURCES), own(numbers, SEED)])
    whole = whole.where(_first_of_its_kind(whole) & np.isin(whole.language, languages))
    ours = np.char.startswith(whole.source, "own_")  # parts of one whole
    sets = np.where(ours, "own", whole.source)
    return whole.where(~repeats.elsewhere(whole.texts, sets, comes_first=whole.is_dev))


def joined(parts: Sequence[Posts]) -> Posts:
    """Put posts behind one another."""
    columns = [np.concatenate(column) for column in list(zip(*parts, strict=True))[1:]]
    return Posts(pa.concat_arrays([part.texts for part in parts]), *columns)


def anew(posts: Posts, languages: Sequence[str] = MEASURED) -> Posts:
    """Make posts by our templates that are none of these."""
    drawn = own(dict.fromkeys(languages, N_ANEW), SEED + 1)
    return drawn.where(pc.invert(pc.is_in(drawn.texts, posts.texts)).to_numpy(zero_copy_only=False))


def own(numbers: Mapping[str, int], seed: int) -> Posts:
    """Make so many posts a language by our templates.

    Families are dealt to the parts in turn, kind by kind.
    """
    rows = [row for name, n in numbers.items() for row in draw(n, seed, (name,))]
    families = sorted(FAMILIES, key=lambda family: (FAMILIES[family], family))
    part = {family: OWN[at % len(OWN)].name for at, family in enumerate(families)}
    return Posts(
        pa.array([row.text for row in rows]),
        np.array([part[row.family] for row in rows]),
        np.array([row.language for row in rows]),
        np.array([row.kind for row in rows]),
        np.array([row.kind == "hate" for row in rows]),
        np.array([[group in row.groups for group in GROUPS] for row in rows]),
        np.ones(len(rows), np.bool_),
        np.zeros(len(rows), np.bool_),
    )


def is_licensed(posts: Posts) -> Flags:
    """Mark the posts of sets that state a licence."""
    return np.isin(posts.source, [one.name for one in (*SOURCES, *OWN) if one.licence])


def digest(*columns: pa.Array) -> str:
    """Tell one choice of texts from another, so that scores are not taken for those of others."""
    told = hashlib.sha256()
    for texts in columns:
        for text in texts.to_pylist():
            told.update(text.encode() + b"\0")
    return told.hexdigest()


def evenly(places: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Choose at most so many of these places, spread evenly over them."""
    n_kept = min(len(places), most)
    return places[np.arange(n_kept) * len(places) // max(n_kept, 1)]


def civic() -> pa.Array:
    """Give the statements of a town's debate that its moderators let stand."""
    comments = pyarrow.csv.read_csv(
        data_dir() / "dialogue" / "bowling-green-comments.csv",
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
    )
    return as_scrubbed(
        comments.filter(pc.not_equal(comments["moderated"], -1))["comment-body"].combine_chunks()
    )


def _one(source: Source) -> Posts:
    table = pq.read_table(data_dir() / "labelled" / f"{source.name}.parquet")
    if source.name == "hatexplain":  # its middle class is neither hate nor its opposite
        table = table.filter(pc.not_equal(table["detail"], "offensive"))
    groups = _groups(table["targets"])
    hate = table["hate"].to_numpy() == 1
    apart = groups[:, GROUPS.index("political")] & (groups.sum(axis=1) == 1)
    return Posts(
        as_scrubbed(table["text"].cast(pa.string()).combine_chunks()),
        np.full(len(table), source.name),
        table["lang"].to_numpy().astype(str),
        np.full(len(table), source.talk),
        hate & ~apart,
        groups,
        pc.is_valid(table["targets"]).to_numpy(),
        table["split"].to_numpy() == "dev",
    )


def _groups(targets: pa.ChunkedArray) -> Flags:
    lists = targets.cast(pa.list_(pa.string())).combine_chunks()
    named = np.zeros((len(lists), len(GROUPS)), np.bool_)
    which = pc.index_in(lists.flatten(), pa.array(GROUPS))
    known = pc.is_valid(which).to_numpy(zero_copy_only=False)
    named[pc.list_parent_indices(lists).to_numpy()[known], which.drop_null().to_numpy()] = True
    return named


def as_scrubbed(texts: pa.Array) -> pa.Array:
    """Write links and handles as the scrub would leave them."""
    for pattern, mark in MARKS:
        texts = pc.replace_substring_regex(texts, pattern=pattern, replacement=mark)
    return texts


def _first_of_its_kind(posts: Posts) -> Flags:
    """Mark one of each set of posts with the same letters and emoji; dev comes before train."""
    signs = fold.spelled(posts.texts)
    bare = pc.replace_substring_regex(signs, pattern=r"[^\pL\p{So}]+", replacement="")
    keys = bare.dictionary_encode().indices.to_numpy()
    order = np.argsort(~posts.is_dev, kind="stable")
    _, first = np.unique(keys[order], return_index=True)
    kept = np.zeros(len(keys), np.bool_)
    kept[order[first]] = True
    return kept
