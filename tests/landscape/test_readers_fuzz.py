"""Readers against a great many damaged exports."""

import os
import random
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
N_INPUTS = int(os.environ.get("HEADWATER_FUZZ", "20000"))  # whole files, for each reader
N_LINES = int(os.environ.get("HEADWATER_FUZZ_LINES", "1000000"))  # for each reader
LINES_A_FILE = 4_000
ENDINGS = {".ndjson", ".csv"}
SECONDS = 2
LINE_WISE = [
    next(path for path in sorted(SAMPLES.glob(f"{reader.name}*")) if path.suffix in ENDINGS)
    for reader in READERS
    if any(path.suffix in ENDINGS for path in SAMPLES.glob(f"{reader.name}*"))
]
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


def lines_of(sample: bytes, seed: int) -> list[bytes]:
    """Damage single lines of a sample, many times."""
    rng = random.Random(seed)  # noqa: S311
    lines = [line for line in sample.split(b"\n") if line.strip()]
    ways = [damaged(rng.choice(lines), rng.getrandbits(48)) for _ in range(LINES_A_FILE)]
    return [way.replace(b"\n", b" ") for way in ways]


@pytest.mark.long
@pytest.mark.parametrize("sample", LINE_WISE, ids=lambda sample: sample.name)
def test_a_million_damaged_lines_are_each_told_once(sample, tmp_path):
    reader = next(one for one in READERS if sample.name.startswith(one.name))
    header = sample.read_bytes().split(b"\n")[0] + b"\n" if sample.suffix == ".csv" else b""
    path = tmp_path / "damaged"
    for seed in range(N_LINES // LINES_A_FILE):
        data = header + b"\n".join(lines_of(sample.read_bytes(), seed))
        path.write_bytes(data)
        part = Part(path) if header else Part(path, stop=len(data))
        with cpu_seconds(SECONDS):
            batches = list(reader.read(part))
        assert header or not miscounted(data, records(batches)), f"seed {seed}"
