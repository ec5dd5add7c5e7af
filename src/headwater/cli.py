"""The command `headwater`: the landscape's commands, and the portal's where it is installed."""

from importlib.util import find_spec

from headwater.landscape.cli.app import app
from headwater.landscape.cli.app import main as run


def main() -> None:
    """Run the command line."""
    if find_spec("django"):
        from headwater.portal.config import commands

        app.command("serve")(commands.serve)
        app.add_typer(commands.trail, name="audit-trail")
    run()
