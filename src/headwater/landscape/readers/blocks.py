"""Some records of an export, seen as columns, whatever the file's own shape."""

from collections.abc import Sequence
from typing import Any, NamedTuple

Values = list[Any]
Reject = tuple[int, str]  # record, reason


class Block(NamedTuple):
    """Records that could be parsed, and those that could not.

    `known` maps a path to n values: for JSON it starts with the objects themselves under "",
    for a table with its columns. `column` adds what it looks up.
    """

    numbers: Sequence[int]
    known: dict[str, Values]
    rejects: list[Reject]


def column(block: Block, path: str) -> Values:
    """Give n values along a dotted path, None where there is none; `a | b` takes b for no a."""
    if path not in block.known:
        block.known[path] = _look_up(block, path)
    return block.known[path]


def take(block: Block, chosen: Sequence[int]) -> Block:
    """Give the records at these places, without the rejects."""
    roots = [""] if "" in block.known else list(block.known)
    known = {path: [block.known[path][at] for at in chosen] for path in roots}
    return Block([block.numbers[at] for at in chosen], known, [])


def _look_up(block: Block, path: str) -> Values:
    first, either, rest = path.partition(" | ")
    if either:
        pairs = zip(column(block, first), column(block, rest), strict=True)
        return [b if a is None or a == "" else a for a, b in pairs]
    holder, _, key = path.rpartition(".")
    if not path or (not holder and "" not in block.known):
        return [None] * len(block.numbers)
    return _pluck(column(block, holder), key)


def _pluck(holders: Values, key: str) -> Values:
    if key.isdecimal():
        at = int(key)
        return [one[at] if isinstance(one, list) and len(one) > at else None for one in holders]
    try:
        return [one.get(key) for one in holders]
    except AttributeError:  # some holder is null or no object
        return [one.get(key) if isinstance(one, dict) else None for one in holders]
