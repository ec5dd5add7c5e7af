"""Readers against a great many damaged exports."""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest
from damage import damaged

from headwater.landscape.errors import ExportError
from headwater.landscape.readers import READERS
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
PAGES = {"chats", "data", "feed", "first", "items", "left_chats", "messages", "orderedItems"} | {
    "posts",
    "statuses",
}


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


@contextmanager
def in_memory():
    """Give a file that lies in memory: its path, and the function that writes it anew."""
    handle = os.memfd_create("damaged")

    def write(data):
        os.truncate(handle, 0)
        os.pwrite(handle, data, 0)

    try:
        yield Path(f"/proc/self/fd/{handle}"), write
    finally:
        os.close(handle)


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


def are_counted(ending: str, data: bytes, found: list[int]) -> bool:
    """Tell whether no record is lost or told twice, as far as one can tell from outside."""
    if ending == ".ndjson":
        return data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in b"{[" or not miscounted(data, found)
    return ending == ".json" or sorted(found) == list(range(1, len(found) + 1))


def some_of(ending: str, sample: bytes, rng: random.Random) -> bytes:
    """Give two of a sample's records, so that many small inputs can be tried."""
    head, *lines = sample.split(b"\n")
    if ending not in ENDINGS:
        return sample
    if ending == ".csv":
        return b"\n".join([head, *rng.sample(lines, 2)]) + b"\n"
    return b"\n".join(rng.choices([head, *lines], k=2)) + b"\n"


def fuzz(reader, seeds: Iterable[int]) -> Counter:
    """Read a damaged sample for each seed; count what came of it."""
    samples = [(path.suffix, path.read_bytes()) for path in sorted(SAMPLES.glob(f"{reader.name}*"))]
    came_of_it: Counter = Counter()
    with in_memory() as (path, write):
        for seed in seeds:
            ending, sample = samples[seed % len(samples)]
            rng = random.Random(seed)  # noqa: S311 - not for secrets
            data = damaged(some_of(ending, sample, rng), seed)
            write(data)
            # a range that ends with the file: read by lines, whatever it looks like
            part = Part(path, stop=len(data)) if ending == ".ndjson" else Part(path)
            came_of_it["inputs"] += 1
            try:
                with cpu_seconds(SECONDS):
                    batches = list(reader.read(part))
            except ExportError:
                came_of_it["refused"] += 1
                continue
            assert are_counted(ending, data, records(batches)), f"seed {seed}"
            for batch in batches:
                batch.rows.validate(full=True)
                came_of_it["posts"] += len(batch.rows)
                came_of_it["rejects"] += len(batch.rejects)
    return came_of_it


@pytest.mark.long
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_damage_breaks_a_reader_or_loses_a_record(reader):
    found = fuzz(reader, range(N_INPUTS))
    assert found["inputs"] == N_INPUTS
    assert found["posts"]
    assert found["rejects"]


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
