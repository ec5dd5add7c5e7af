"""What the tests of the readers read, and how."""

import orjson

from headwater.landscape.readers import READERS
from headwater.landscape.shapes import Part

BY_NAME = {reader.name: reader for reader in READERS}


def posts(batches):
    return [row for batch in batches for row in batch.rows.to_pylist()]


def rejects(batches):
    return [
        (row["record"], row["reason"]) for batch in batches for row in batch.rejects.to_pylist()
    ]


def write(folder, name, *records):
    path = folder / name
    lines = (one if isinstance(one, bytes) else orjson.dumps(one) for one in records)
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def read(name, path, **part):
    return list(BY_NAME[name].read(Part(path, **part)))


def row(text="The ferry is late.", **changes):
    return {
        "id": "r1",
        "author": "made_up",
        "created_at": "2024-03-01T10:00:00Z",
        "text": text,
    } | changes
