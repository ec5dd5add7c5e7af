"""What an audit keeps: the sheet of posts, and what was answered."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from headwater.landscape.audit.asking import Answer
from headwater.landscape.audit.audited import Drawn
from headwater.landscape.audit.design import Sample
from headwater.landscape.audit.intervals import Interval
from headwater.landscape.audit.store import Store
from headwater.landscape.errors import SettingsError
from headwater.landscape.labelled import Base

SHEET, ANSWERS, FACTS = "posts", "answers", b"facts"


class Sheet(NamedTuple):
    """The m posts to label, scrubbed, in the order in which to label them."""

    texts: Sequence[str]
    languages: Sequence[str]
    drawn: Drawn


@dataclass
class Given:
    """All answers so far, in the order given."""

    posts: list[Answer] = field(default_factory=list)
    gold: list[tuple[str, str, bool]] = field(default_factory=list)  # annotator, code, says hate


def keep(store: Store, sheet: Sheet) -> None:
    """Write the sheet, encrypted."""
    sample, is_flagged, authors, *rest = sheet.drawn
    columns = {
        "text": pa.array(sheet.texts, pa.string()),
        "language": pa.array(sheet.languages, pa.string()),
        "place": sample.places,
        "stratum": sample.strata,
        "probability": sample.probabilities,
        "score": sample.scores,
        "is_flagged": is_flagged,
        "author": authors,
    }
    facts = [sample.n_posts, sample.mean_score, *rest]
    rows = pa.table(columns).replace_schema_metadata({FACTS: json.dumps(facts, default=str)})
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    store.write(SHEET, sink.getvalue())


def sheet(store: Store) -> Sheet:
    """Read the sheet.

    Raises:
        SettingsError: It is not there, or another key was given.
    """
    content = store.read(SHEET)
    if content is None:
        raise SettingsError(
            f"{store.folder} holds no posts: drawing them was broken off; "
            "`headwater audit clean` removes it"
        )
    rows = pa.ipc.open_stream(content).read_all()
    facts: list[Any] = json.loads(rows.schema.metadata[FACTS])
    n_posts, mean_score, on, model_says, of = facts
    sample = Sample(
        places=rows["place"].to_numpy(),
        strata=rows["stratum"].to_numpy(),
        probabilities=rows["probability"].to_numpy(),
        scores=rows["score"].to_numpy(),
        n_posts=n_posts,
        mean_score=mean_score,
    )
    is_flagged = rows["is_flagged"].to_numpy().astype(np.bool_)
    authors = rows["author"].to_numpy()
    on, model_says, of = date.fromisoformat(on), Interval(*model_says), Base(*of)
    drawn = Drawn(sample, is_flagged, authors, on, model_says, of)
    return Sheet(rows["text"].to_pylist(), rows["language"].to_pylist(), drawn)


def given(store: Store) -> Given:
    """Read the answers; none at first."""
    content = json.loads(store.read(ANSWERS) or b"{}")
    return Given(
        [Answer(*one) for one in content.get("posts", ())],
        [tuple(one) for one in content.get("gold", ())],
    )


def add(store: Store, said: Answer | tuple[str, str, bool]) -> Given:
    """Add an answer, to a post of the sheet or of the gold test; give all."""
    with store.alone():
        found = given(store)
        found.posts.append(said) if isinstance(said, Answer) else found.gold.append(said)
        store.write(ANSWERS, json.dumps({"posts": found.posts, "gold": found.gold}).encode())
    return found
