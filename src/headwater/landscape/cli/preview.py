"""What a run would read: formats, columns and the first records, before a long run."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from headwater.landscape.cli.screen import result, words
from headwater.landscape.report.plain import plain
from headwater.landscape.shapes import Export, Part

RECORDS = 10


def show(exports: Sequence[Export], as_json: bool) -> None:
    """Print what each file was taken for, and what its first records would become."""
    found = [_seen(export, part) for export in exports for part in _first_parts(export)]
    if as_json:
        result({"exports": found})
        return
    for one in found:
        words.print(f"[bold]{one['format']}[/bold] ", end="")
        words.print(plain(one["file"]), plain(one["member"]), soft_wrap=True, markup=False)
        for field, source in one["columns"].items():
            words.print(f"    {field} <- {source}", markup=False)
        words.print(f"    first records: {one['accepted']} accepted, {one['rejected']} rejected")
        for reason, n in one["reasons"].items():
            words.print(f"    {n} x {reason}", markup=False)


def _first_parts(export: Export) -> list[Part]:
    """Give the first part of the file, or of each file inside a zip."""
    return [part for part in export.parts if not part.start]


def _seen(export: Export, part: Part) -> dict[str, Any]:
    outcomes = Counter(_outcomes(export, part))
    accepted = outcomes.pop("", 0)
    return {
        "file": str(part.path),
        "member": part.member,
        "format": export.reader.name,
        "columns": dict(export.reader.describe(part)),
        "accepted": accepted,
        "rejected": outcomes.total(),
        "reasons": dict(outcomes),
    }


def _outcomes(export: Export, part: Part) -> Iterator[str]:
    """Yield the reason, or nothing, for each of the first records."""
    for batch in export.reader.read(part):
        rejects = zip(
            batch.rejects["record"].to_pylist(), batch.rejects["reason"].to_pylist(), strict=True
        )
        accepted = ((record, "") for record in batch.rows["record"].to_pylist())
        yield from (reason for _, reason in sorted([*rejects, *accepted])[:RECORDS])
        return
