"""A fictional town's exports, with the truth about them beside, for demos and for tests.

posts    what an account and a post are
people   who has which account
town     what is planted for a report to find
days     when they write
subjects what about; `voices` in which words, from the tables in `text`; `habits` how typed
talk     who answers whom: all of it put together; `camps` that answer each other
faults   repeats, edits, broken lines, what is not public
exports  the shapes of the platforms
truth    the planted truths, counted
"""

import csv
import io
from pathlib import Path
from random import Random

import orjson

from headwater.landscape.sample import exports, faults, tables, talk, truth
from headwater.landscape.sample import town as towns
from headwater.landscape.sample.town import Town

README = """\
This folder holds the public talk of a town that does not exist: Fjordby (fictional).

Every post, person, address, number and event in it is made up by a program. Some posts are
hateful, and only as hostile as a test needs; nobody ever wrote them about anybody.

The exports have the shapes in which platforms give out posts. Beside them lie diary.csv (what
happened in town), gazetteer.csv (what its places are called) and truth.json (what a good report
should find, counted exactly).
"""


def write(directory: Path, seed: int = 1, n_posts: int = 20_000) -> Path:
    """Write the town of this seed into a folder, and return where its truths lie."""
    rng = Random(seed)  # noqa: S311 (a made-up town keeps no secret)
    town = towns.found(rng, n_posts)
    records = faults.planted(rng, talk.posts(rng, town))
    for path, held in exports.by_path(records).items():
        _write(directory / path, exports.EXPORTS[path](held))
    _write(directory / "diary.csv", _diary(town))
    _write(directory / "gazetteer.csv", _gazetteer())
    _write(directory / "README.txt", README.encode())
    answers = truth.of(town, seed, records)
    return _write(directory / "truth.json", orjson.dumps(answers, option=orjson.OPT_INDENT_2))


def _diary(town: Town) -> bytes:
    happened = [(str(one.starts_on), one.what, one.where) for one in town.triggers]
    happened += [(row["date"], row["what"], row["where"]) for row in tables.rows("other_events")]
    return _table(("date", "what", "where"), sorted(happened))


def _gazetteer() -> bytes:
    rows = tables.rows("places")
    return _table(tuple(rows[0]), [tuple(row.values()) for row in rows])


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(head)
    writer.writerows(rows)
    return table.getvalue().encode()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
