"""Readers against a great many damaged exports."""

import os
import signal
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest
from damage import damaged

from headwater.landscape.errors import ExportError
from headwater.landscape.readers import LAYOUTS, READERS
from headwater.landscape.shapes import Part

SAMPLES = Path(__file__).parents[1] / "samples"
N_INPUTS = int(os.environ.get("HEADWATER_FUZZ", "20000"))  # for each reader
SECONDS = 2
PAGES = {path.partition(".")[0] for layout in LAYOUTS.values() for path in layout.pages}


@contextmanager
def cpu_seconds(limit):
    def stop(*_):
        raise TimeoutError(f"more than {limit} s of work")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def records(batches):
    return [
        number
        for batch in batches
        for part in (batch.rows, batch.rejects)
        for number in part["record"].to_pylist()
    ]


def may_hold_many(line):
    """Tell whether a line is a page: it may hold any number of posts, none too."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return isinstance(value, list) or (isinstance(value, dict) and not PAGES.isdisjoint(value))


def miscounted(data, found):
    """Give the lines of one record that are not told exactly once."""
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
    told = Counter(found)
    written = [(at, line) for at, line in lines if line and not line.isspace()]
    return [at for at, line in written if told[at] != 1 and not may_hold_many(line)]


@pytest.mark.long
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_damage_breaks_a_reader_or_loses_a_line(reader, tmp_path):
    samples = sorted(SAMPLES.glob(f"{reader.name}*"))
    path = tmp_path / "damaged"
    for seed in range(N_INPUTS):
        sample = samples[seed % len(samples)]
        data = damaged(sample.read_bytes(), seed)
        path.write_bytes(data)
        try:
            with cpu_seconds(SECONDS):
                # a range that ends with the file: read by lines, whatever it looks like
                part = Part(path, stop=len(data)) if sample.suffix == ".ndjson" else Part(path)
                batches = list(reader.read(part))
        except ExportError:
            continue
        found = records(batches)
        if sample.suffix == ".ndjson" and data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in b"{[":
            assert not miscounted(data, found), f"seed {seed}"
        for batch in batches:
            batch.rows.validate(full=True)
