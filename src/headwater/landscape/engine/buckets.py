"""Rows on disk, spread over buckets by a key, so that each bucket fits into memory."""

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 1 << 16


class Buckets:
    """Writes one part's rows, a file a bucket; nothing is there until `finish`."""

    def __init__(self, folder: Path, part: int, n_buckets: int, column: str) -> None:
        """Spread rows by the first bytes of this key column."""
        self._folder, self._part, self._n, self._column = folder, part, n_buckets, column
        self._writers: dict[int, pq.ParquetWriter] = {}
        self._held: list[pa.RecordBatch] = []

    def write(self, rows: pa.RecordBatch) -> None:
        """Take rows; they reach the disk in large groups."""
        self._held.append(rows)
        if sum(map(len, self._held)) >= ROWS_PER_GROUP:
            self._flush()

    def finish(self) -> None:
        """Close the files and give them their names; a power cut cannot halve them then."""
        self._flush()
        for bucket, writer in self._writers.items():
            writer.close()
            _reach_disk(self._draft(bucket))
            os.replace(self._draft(bucket), self._file(bucket))  # noqa: PTH105 same folder
        self._writers = {}

    def _flush(self) -> None:
        if not self._held:
            return
        rows = pa.Table.from_batches(self._held).combine_chunks()
        self._held = []
        if self._n == 1:
            self._writer(0, rows.schema).write_table(rows)
            return
        bucket = bucket_of(rows[self._column], self._n)
        order = np.argsort(bucket, kind="stable")
        rows, ends = rows.take(order), np.bincount(bucket, minlength=self._n).cumsum()
        for number, end in enumerate(ends):
            start = ends[number - 1] if number else 0
            if end > start:
                self._writer(number, rows.schema).write_table(rows.slice(start, end - start))

    def _writer(self, bucket: int, schema: pa.Schema) -> pq.ParquetWriter:
        if bucket not in self._writers:
            draft = self._draft(bucket)
            draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._writers[bucket] = pq.ParquetWriter(draft, schema, compression="lz4")
        return self._writers[bucket]

    def _file(self, bucket: int) -> Path:
        return self._folder / f"{bucket:03}" / f"{self._part:06}.parquet"

    def _draft(self, bucket: int) -> Path:
        return self._file(bucket).with_suffix(f".{os.getpid()}.tmp")


def _reach_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def bucket_of(keys: pa.ChunkedArray | pa.Array, n_buckets: int) -> np.ndarray:
    """Give n numbers, 0 to `n_buckets` - 1, from n keys of 16 bytes."""
    return as_integers(keys)[:, 0] & np.uint64(n_buckets - 1)


def as_integers(keys: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """See n keys of 16 bytes as n pairs of integers."""
    array = keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys
    array = pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array
    pairs = np.frombuffer(array.buffers()[1], dtype="<u8").reshape(-1, 2)
    return pairs[array.offset : array.offset + len(array)]


def files_of(folder: Path, bucket: int) -> list[str]:
    """List one bucket's files in the order of their parts."""
    found: Iterable[Path] = (folder / f"{bucket:03}").glob("*.parquet")
    return sorted(map(str, found))
