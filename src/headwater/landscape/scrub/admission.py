"""Leave out posts of another period and of accounts whose owners objected.

Whoever objects names the account by what the export calls it, a handle or an id. Where it is not
known which of the two an export holds, list both. The list holds hashes, so that it can lie
beside the exports without being a list of people; still, keep it where few can read it.
"""

import re
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.errors import SettingsError
from headwater.landscape.shapes import TEXT, Period

OUTSIDE, OBJECTED = "outside the period", "its author objected"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def objection(platform: str, account: str) -> str:
    """Return the line that keeps an account out, by its handle or its id."""
    named = platform.strip().casefold(), account.strip().removeprefix("@").casefold()
    return sha256(":".join(named).encode()).hexdigest()


def objections(path: Path) -> frozenset[str]:
    """Read the list of accounts whose owners objected, one hash a line, # for comments."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"the list of objections {path} cannot be read") from None
    return frozenset(
        _digest(line.strip(), f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.lstrip().startswith("#")
    )


def refusals(
    rows: pa.RecordBatch, posted_on: pa.Array, period: Period | None, objected: frozenset[str]
) -> pa.Array:
    """Return why each post is left out, null where it is admitted.

    Args:
        rows: n posts as exported.
        posted_on: the n days they were posted on, in the town's time zone.
        period: None admits all days.
        objected: what `objections` read.
    """
    reasons = pa.nulls(len(rows), TEXT)
    if period is not None:
        inside = pc.and_(
            pc.greater_equal(posted_on, pa.scalar(period.first_on)),
            pc.less_equal(posted_on, pa.scalar(period.last_on)),
        )
        reasons = pc.if_else(inside, reasons, OUTSIDE)
    if objected:
        reasons = pc.if_else(_objected(rows, objected), OBJECTED, reasons)
    return reasons


def _objected(rows: pa.RecordBatch, objected: frozenset[str]) -> pa.Array:
    accounts = pc.binary_join_element_wise(rows["platform"], rows["author"], "\0")
    seen = accounts.dictionary_encode()
    pairs = (account.split("\0", 1) for account in seen.dictionary.to_pylist())
    refused = pa.array([objection(*pair) in objected for pair in pairs], pa.bool_())
    return pc.fill_null(refused.take(seen.indices), False)


def _digest(line: str, where: str) -> str:
    if not _DIGEST.fullmatch(line):
        raise SettingsError(f"{where}: not 64 lower-case hexadecimal digits")
    return line
