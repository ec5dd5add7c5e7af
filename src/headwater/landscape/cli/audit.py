"""`headwater audit`: people label a sample, and the report rests on what they found."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape import audit, pipeline, readers
from headwater.landscape.audit import Sheet, papers, store
from headwater.landscape.cli import labelling, stopping
from headwater.landscape.cli.options import (
    AsJson,
    Cost,
    Effort,
    Exports,
    Languages,
    ModelName,
    Objections,
    Period,
    Place,
    Timezone,
    judge,
    settings,
)
from headwater.landscape.cli.screen import progress, result, unread, words
from headwater.landscape.labelled import Audit
from headwater.landscape.shapes import SHIPPED

FINDINGS = "audit.json"
MOST_DAYS = 365

app = typer.Typer(no_args_is_help=True, help="People label a sample; the report rests on it.")
Folder = Annotated[Path, typer.Argument(metavar="AUDIT", help="The folder of the audit.")]
Key = Annotated[
    Path | None, typer.Option(help="The file with the key. If not given: AUDIT.key beside it.")
]


@app.command()
def sample(  # noqa: PLR0913 a command line has the options its users need
    exports: Exports,
    place: Place,
    out: Annotated[Path, typer.Option(help="The folder of the audit: new, or empty.")],
    posts: Annotated[int, typer.Option(min=50, help="How many people can label.")] = 1000,
    timezone: Timezone = "Europe/Copenhagen",
    period: Period = None,
    objections: Objections = None,
    effort: Cost = Effort.BALANCED,
    model: ModelName = SHIPPED,
    languages: Languages = None,
    key: Key = None,
    keep_days: Annotated[
        int, typer.Option(min=1, max=MOST_DAYS, help="Until posts and answers are deleted.")
    ] = MOST_DAYS,
    as_json: AsJson = False,
) -> None:
    """Draw posts for people to label, scrubbed and encrypted: give the options of the report."""
    found = readers.look(exports)
    unread(found.unread)
    chosen = settings(place, out, timezone, period, objections, judge(effort, model), languages)
    terms = store.Terms(place, _today(), _today() + timedelta(days=keep_days), posts)
    store.check(out, _key_of(out, key))
    with stopping.at_once(), progress("Reading and judging") as told:
        sheet = pipeline.draw(found.exports, chosen, posts, _today(), told)
    terms = terms._replace(n_posts=len(sheet.texts))
    _keep(out, _key_of(out, key), terms, sheet)
    _tell_sample(terms, sheet, out, _key_of(out, key), as_json)


@app.command()
def label(
    folder: Folder,
    name: Annotated[
        str,
        typer.Option(help="Who labels: any name, kept as a keyed hash, so that none asks twice."),
    ],
    key: Key = None,
    show: Annotated[bool, typer.Option(help="Show posts at once, not blurred first.")] = False,
) -> None:
    """Label posts, one after another; stop at any time and go on later."""
    opened = store.opened(folder, _key_of(folder, key), _today())
    labelling.hold(opened, name, is_blurred=not show)


@app.command()
def estimate(folder: Folder, key: Key = None, as_json: AsJson = False) -> None:
    """Say what the labels tell of all posts, and write it for `headwater report --audit`."""
    opened = store.opened(folder, _key_of(folder, key), _today())
    sheet, given = papers.sheet(opened), papers.given(opened)
    found = labelling.found(sheet, given)
    path = audit.write(found, folder / FINDINGS)
    if as_json:
        result({"findings": path, **json.loads(path.read_bytes())})
        return
    _tell_found(found, path)


@app.command()
def clean(
    folder: Folder,
    key: Key = None,
    without_key: Annotated[bool, typer.Option(help="The key is lost: delete the rest.")] = False,
) -> None:
    """Delete an audit now: its key, its posts and its answers."""
    left = store.remove(folder, None if without_key else _key_of(folder, key))
    words.print(f"The posts and answers of {folder} are deleted.", markup=False)
    if without_key:
        words.print(
            "Should its key turn up, destroy it: a copy of the folder could be read with it."
        )
    else:
        words.print("Its key is deleted.")
    if left:
        names = ", ".join(path.name for path in left)
        words.print(f"Left in it: {names}.", markup=False)


def _keep(out: Path, key: Path, terms: store.Terms, sheet: Sheet) -> None:
    made = store.create(out, key, terms)
    try:
        papers.keep(made, sheet)
    except BaseException:  # also where somebody stops it: half an audit is none
        store.remove(out, key)
        raise


def _key_of(folder: Path, key: Path | None) -> Path:
    whole = folder.resolve()
    return key or whole.with_name(f"{whole.name}.key")


def _today() -> date:
    return datetime.now(UTC).date()


def _tell_sample(terms: store.Terms, sheet: Sheet, out: Path, key: Path, as_json: bool) -> None:
    if as_json:
        result({"audit": out, "key": key, "posts": terms.n_posts, "ends_on": terms.ends_on})
        return
    n_flagged = int(sheet.drawn.is_flagged.sum())
    words.print(
        f"{terms.n_posts:,} posts to label, {n_flagged:,} of which the model takes for hate."
    )
    words.print(f"  {out}   encrypted", markup=False, soft_wrap=True)
    words.print(f"  {key}   opens it: for those who label, and nobody else", markup=False)
    words.print(
        f"Nobody can open it after {terms.ends_on}, and whoever tries then deletes it. Delete it earlier, "
        f"when you are done: headwater audit clean {out}",
        markup=False,
        soft_wrap=True,
    )
    words.print(
        "Two people label, each under a name of their own, and a third what they differ on:"
    )
    words.print(f"  headwater audit label {out} --name NAME", markup=False, soft_wrap=True)


def _tell_found(found: Audit, path: Path) -> None:
    words.print(labelling.sentence(found), markup=False)
    if found.disagrees:
        words.print(
            "The model's own corrected estimate lies further away than the errors of both explain. "
            "A release is refused until that is cleared up."
        )
    words.print(f"  {path}", markup=False, soft_wrap=True)
    words.print(f"  headwater report ... --audit {path}", markup=False, soft_wrap=True)
