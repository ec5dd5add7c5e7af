"""The command `headwater`: the landscape's commands, and the portal's where it is installed."""

from importlib.util import find_spec

from headwater.landscape.cli.app import app, main

__all__ = ["app", "main"]

if find_spec("django"):
    from headwater.portal.config import commands

    app.command("serve")(commands.serve)
    app.add_typer(commands.trail, name="audit-trail")
