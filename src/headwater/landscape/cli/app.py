"""The list of commands, and how an error is told."""

import sys
import traceback
from types import TracebackType

import typer

from headwater.landscape.cli import (
    audit,
    classify,
    compare,
    inform,
    judges,
    ledger,
    places,
    report,
    sample,
    show,
    stopping,
    work,
)
from headwater.landscape.cli.screen import errors
from headwater.landscape.errors import (
    ComparisonError,
    ExportError,
    LandscapeError,
    ModelError,
    PublicationError,
    SettingsError,
)

EXIT_CODES = {
    SettingsError: 2,
    ExportError: 3,
    ModelError: 4,
    PublicationError: 5,
    ComparisonError: 6,
}


def told_codes() -> str:
    """Say what the exit codes mean."""
    codes = ", ".join(f"{code} {error.__name__}" for error, code in EXIT_CODES.items())
    return f"0 done, 1 a defect or the system refused, {codes}, {stopping.STOPPED} stopped."


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with locals would show posts
    help="What your town's public debate looks like: exports of open posts in, a report out.",
    epilog=f"Exit codes: {told_codes()}",
)
app.command("report")(report.report)
app.command("compare")(compare.compare)
app.command("classify")(classify.classify)
app.command("sample")(sample.sample)
app.command("show")(show.show)
app.command("formats")(inform.formats)
app.command("model-card")(inform.model_card)
app.command("schema")(inform.schema)
app.command("objection")(inform.objection)
app.add_typer(audit.app, name="audit")
app.add_typer(judges.app, name="model")
app.add_typer(places.app, name="places")
app.add_typer(work.app, name="work")
app.add_typer(ledger.app, name="ledger")


def main() -> None:
    """Run the command line; tell an error in one sentence."""
    sys.excepthook = _defect
    try:
        typer.main.get_command(app)()  # app() itself would put its own hook in our place
    except LandscapeError as error:
        errors.print(f"[bold]{type(error).__name__}[/bold]: ", end="")
        errors.print(str(error), markup=False)
        sys.exit(EXIT_CODES[type(error)])
    except SystemExit as stop:
        if stop.code == stopping.STOPPED:
            stopping.tell()
        raise
    except OSError as error:  # a full disk, a folder that may not be written
        errors.print(f"The system refused: {error.strerror}: {error.filename}", markup=False)
        stopping.tell_left()
        sys.exit(1)


def _defect(kind: type[BaseException], error: BaseException, places: TracebackType | None) -> None:
    """Tell where a defect is, without its words: they may hold what was read."""
    errors.print(f"This is a defect of Headwater, not of your files: {kind.__name__}")
    for place in traceback.extract_tb(places):
        errors.print(f"  {place.filename}:{place.lineno} {place.name}", markup=False)
    if kind is RuntimeError and "a defect: " in str(error):
        errors.print(f"  in a worker: {str(error).split('a defect: ')[1].splitlines()[0]}")
    stopping.tell_left()
