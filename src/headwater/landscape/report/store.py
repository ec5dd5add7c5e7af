"""Write a report in all its forms: a release for everybody, a working report for its owner."""

from pathlib import Path

from headwater.landscape import files
from headwater.landscape.report import page, print, tables
from headwater.landscape.report.data import to_json
from headwater.landscape.report.model import Report


def write(report: Report, out: Path, tokens: str | None = None) -> tuple[Path, ...]:
    """Write report.json, .html, .pdf and tables/, and return what was written.

    Where this system cannot make a PDF, none is among them, and an older one goes; so does an older
    table of places where the town gave no gazetteer.
    """
    html = page.render(report, tokens)
    forms = {
        "report.json": to_json(report),
        "report.html": html.encode(),
        "report.pdf": print.pdf(html),
        "tables/places.csv": None,  # unless the town gave a gazetteer
    }
    rows = {f"tables/{name}.csv": text.encode() for name, text in tables.tables(report).items()}
    is_release = report.period.name is not None
    for folder in (out, out / "tables"):
        folder.mkdir(0o777 if is_release else 0o700, parents=True, exist_ok=True)
    mode = files.EVERYBODYS if is_release else files.OWNERS
    written = []
    for name, content in {**forms, **rows}.items():
        if content is None:
            (out / name).unlink(missing_ok=True)
        else:
            written.append(files.write(out / name, content, mode))
    return tuple(written)
