"""What became of every record: accepted + rejected + duplicate = read."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from headwater.landscape import files, sealed
from headwater.landscape.engine.parts import Job, Tally, rejects_file
from headwater.landscape.engine.repeats import Posts
from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.report.model import Reading
from headwater.landscape.report.plain import cell
from headwater.landscape.shapes import Part

BLOCK = 1 << 22


def reading(tallies: Sequence[Tally], posts: Posts) -> Reading:
    """Reckon up the parts' tallies and the repeats.

    Raises:
        ExportError: No record was a post.
        SettingsError: The work folder does not hold the rows that it should.
    """
    reasons: Counter[str] = Counter()
    for tally in tallies:
        reasons.update(tally.reasons)
    kept, rejected = sum(tally.accepted for tally in tallies), reasons.total()
    duplicate = len(posts.repeats)
    if kept != posts.n_rows:
        raise SettingsError(f"the work folder {posts.work.folder} is damaged; run again")
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
    with files.whole(path) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        rows = csv.writer(text)
        rows.writerow(("file", "record", "reason"))
        lines = _Lines()
        for tally in tallies:
            if tally.reasons:
                part = parts[tally.part]
                rows.writerows(_rejects(job, tally, part, lines.before(part)))
        text.detach()  # writes what is left, leaves the file open


def _rejects(job: Job, tally: Tally, part: Part, before: int) -> Iterator[tuple[str, int, str]]:
    name = cell(f"{part.path}:{part.member}" if part.member else str(part.path))
    rejected = pq.read_table(rejects_file(job.work, tally.part))
    records, reasons = rejected["record"].to_pylist(), rejected["reason"].to_pylist()
    for record, reason in zip(records, reasons, strict=True):
        yield name, before + record, reason


class _Lines:
    """Counts the lines of earlier parts, since a part numbers its own from 1."""

    def __init__(self) -> None:
        self._path, self._at, self._ends = Path(), 0, 0

    def before(self, part: Part) -> int:
        """Give how many lines begin before the part; parts of a file come in order."""
        if part.start == 0:
            return 0
        if part.path != self._path:
            self._path, self._at, self._ends = part.path, 0, 0
        with sealed.opened(part.path) as file:
            file.seek(self._at)
            while self._at < part.start:
                block = file.read(min(part.start - self._at, BLOCK))
                self._at += len(block)
                self._ends += block.count(b"\n")
            file.seek(part.start - 1)
            return self._ends + (file.read(1) != b"\n")
