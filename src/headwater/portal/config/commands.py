"""The portal's part of the command `headwater`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from headwater.portal.errors import PortalError

WRONG, BROKEN = 2, 7  # exit codes: a setting or an argument; an audit trail that was tampered with
words, errors = Console(highlight=False), Console(stderr=True, highlight=False)
trail = typer.Typer(no_args_is_help=True, help="Check and anchor what was done in the portal.")


@contextmanager
def portal() -> Iterator[None]:
    """Open the portal's settings and database; tell what may not be in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headwater.portal.config.settings")
    try:
        import django

        django.setup()
        yield
    except PortalError as error:
        errors.print(f"[bold]{type(error).__name__}[/bold]: ", end="")
        errors.print(str(error), markup=False)
        sys.exit(WRONG)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="An address of this machine.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer pages.")] = 2,
) -> None:
    """Serve the portal, and do its work in the background, until you stop it."""
    with portal():
        from django.conf import settings

        from headwater.portal.accounts import selectors
        from headwater.portal.config import serving
        from headwater.portal.errors import MisconfiguredError

        if not settings.ENVIRONMENT.is_production and host not in ("127.0.0.1", "localhost", "::1"):
            raise MisconfiguredError(
                "others may reach the portal only with HEADWATER_MODE=production"
            )
        serving.prepared()
        if selectors.town() is None:
            words.print(f"Set it up: http://{host}:{port}/people/set-up/{settings.SETUP_SECRET}/")
        words.print(f"The portal: http://{host}:{port}/ (stop with Ctrl-C)")
        serving.serve(f"{host}:{port}", workers)


@trail.command()
def anchor() -> None:
    """Print the signed head of the audit trail, for a place outside the database."""
    with portal():
        from headwater.portal.accounts import anchors

        words.print(str(anchors.now()), markup=False, soft_wrap=True)


@trail.command()
def verify(
    anchored: Annotated[
        Path | None, typer.Option("--anchors", help="A file of anchors, one a line.")
    ] = None,
) -> None:
    """Check the whole audit trail, and that it is still the one that was anchored."""
    with portal():
        from headwater.portal.accounts import anchors

        lines = anchored.read_text(encoding="ascii").splitlines() if anchored else []
        found = anchors.verified(lines)
        for flaw in found.flaws:
            errors.print(f"Entry {flaw.number}: {flaw.what}", markup=False)
        words.print(
            f"{found.n_entries} entries, {found.n_anchors} anchors, {len(found.flaws)} flaws"
        )
        if not lines:
            words.print("Without anchors nobody can see that its end was cut off: give --anchors.")
        if found.flaws:
            sys.exit(BROKEN)
