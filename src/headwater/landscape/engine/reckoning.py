"""What became of every record: accepted + rejected + duplicate = read."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from headwater.landscape.engine.parts import Job, Tally, rejects_file
from headwater.landscape.engine.repeats import Posts
from headwater.landscape.engine.work import whole_file
from headwater.landscape.errors import ExportError
from headwater.landscape.report.model import Reading
from headwater.landscape.shapes import Part

BLOCK = 1 << 22


def reading(tallies: Sequence[Tally], posts: Posts) -> Reading:
    """Reckon up the parts' tallies and the repeats.

    Raises:
        ExportError: No record was a post.
    """
    reasons: Counter[str] = Counter()
    for tally in tallies:
        reasons.update(tally.reasons)
    kept, rejected = sum(tally.accepted for tally in tallies), reasons.total()
    duplicate = len(posts.repeats)
    if not kept:
        told = ", ".join(f"{n} x {reason}" for reason, n in reasons.most_common(5))
        raise ExportError(f"none of the {rejected} records was accepted: {told or 'empty files'}")
    return Reading(
        lines=kept + rejected,
        accepted=kept - duplicate,
        rejected=rejected,
        duplicate=duplicate,
        reasons=dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
    )


def write_rejects(job: Job, tallies: Sequence[Tally], path: Path) -> None:
    """Write file, record number and reason of each reject, for the owner's eyes."""
    parts = [part for export in job.exports for part in export.parts]
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        rows = csv.writer(text)
        rows.writerow(("file", "record", "reason"))
        for tally in tallies:
            if tally.reasons:
                rows.writerows(_rejects(job, tally, parts[tally.part]))
        text.detach()  # writes what is left, leaves the file open


def _rejects(job: Job, tally: Tally, part: Part) -> Iterator[tuple[str, int, str]]:
    name = f"{part.path}:{part.member}" if part.member else str(part.path)
    before = _lines_before(part)
    rejected = pq.read_table(rejects_file(job.work, tally.part))
    records, reasons = rejected["record"].to_pylist(), rejected["reason"].to_pylist()
    for record, reason in zip(records, reasons, strict=True):
        yield name, before + record, reason


def _lines_before(part: Part) -> int:
    """Count the lines of earlier parts, since a part numbers its own from 1."""
    left, lines = part.start, 0
    with part.path.open("rb") as file:
        while left > 0:
            block = file.read(min(left, BLOCK))
            left -= len(block)
            lines += block.count(b"\n")
    return lines
