"""`headwater sample`: the fictional town."""

from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape import sample as town
from headwater.landscape.cli.options import AsJson
from headwater.landscape.cli.screen import result, words
from headwater.landscape.errors import SettingsError


def sample(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write.")],
    seed: Annotated[int, typer.Option(help="Another seed, another town.")] = 1,
    posts: Annotated[int, typer.Option(min=300, help="About how many posts.")] = 20_000,
    as_json: AsJson = False,
) -> None:
    """Write the exports of a fictional town, with what is planted in truth.json."""
    if directory.exists() and any(directory.iterdir()) and not (directory / "truth.json").exists():
        raise SettingsError(f"{directory} holds other files; give an empty folder")
    with words.status("The town talks"):
        truth = town.write(directory, seed=seed, n_posts=posts)
    if as_json:
        result({"exports": directory, "truth": truth})
        return
    words.print(f"A fictional town in {directory}; what is planted: {truth}", soft_wrap=True)
