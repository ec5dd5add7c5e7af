"""The list of commands, and how an error is told."""

import sys

import typer

from headwater.landscape.cli import classify, inform, report, sample, serve, work
from headwater.landscape.cli.screen import errors
from headwater.landscape.errors import (
    ExportError,
    LandscapeError,
    ModelError,
    PublicationError,
    SettingsError,
)

EXIT_CODES = {SettingsError: 2, ExportError: 3, ModelError: 4, PublicationError: 5}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with locals would show posts
    help="What your town's public debate looks like: exports of open posts in, a report out.",
)
app.command("report")(report.report)
app.command("classify")(classify.classify)
app.command("sample")(sample.sample)
app.command("serve")(serve.serve)
app.command("formats")(inform.formats)
app.command("model-card")(inform.model_card)
app.command("schema")(inform.schema)
app.add_typer(work.app, name="work")


def main() -> None:
    """Run the command line; tell an error in one sentence."""
    try:
        app()
    except LandscapeError as error:
        errors.print(f"[bold]{type(error).__name__}[/bold]: ", end="")
        errors.print(str(error), markup=False)
        sys.exit(EXIT_CODES[type(error)])
    except OSError as error:  # a full disk, a folder that may not be written
        errors.print(f"The system refused: {error.strerror}: {error.filename}", markup=False)
        sys.exit(1)
