"""Write a report in all its forms: a release for everybody, a working report for its owner."""

import os
import tempfile
from pathlib import Path

from headwater.landscape.report import page, print, tables
from headwater.landscape.report.data import to_json
from headwater.landscape.report.model import Report


def write(report: Report, out: Path, tokens: str | None = None) -> tuple[Path, ...]:
    """Write report.json, .html, .pdf and tables/, and return what was written.

    Where this system cannot make a PDF, none is among them, and an older one goes.
    """
    html = page.render(report, tokens)
    forms = {
        "report.json": to_json(report),
        "report.html": html.encode(),
        "report.pdf": print.pdf(html),
    }
    rows = {f"tables/{name}.csv": text.encode() for name, text in tables.tables(report).items()}
    is_private = report.period.name is None
    for folder in (out, out / "tables"):
        folder.mkdir(0o700 if is_private else 0o777, parents=True, exist_ok=True)
    written = []
    for name, content in {**forms, **rows}.items():
        if content is None:
            (out / name).unlink(missing_ok=True)
        else:
            written.append(put(out / name, content, is_private=is_private))
    return tuple(written)


def put(path: Path, content: bytes, *, is_private: bool) -> Path:
    """Put the whole file in place at once, so that nobody ever reads half of it."""
    handle, passing = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(passing).chmod(0o600 if is_private else 0o644)
        Path(passing).replace(path)
    except OSError:
        Path(passing).unlink(missing_ok=True)
        raise
    return path
