"""Find models by name: the shipped one, and what other packages bring.

A package offers a model as an entry point of the group `headwater.models`: a function that takes an
effort and gives a `Model`. So each worker of a cluster finds it by itself.
"""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from headwater.landscape.errors import ModelError
from headwater.landscape.models import shipped
from headwater.landscape.models.model import Model
from headwater.landscape.shapes import SHIPPED, Effort

GROUP = "headwater.models"


@cache
def load(effort: Effort, name: str = SHIPPED) -> Model:
    """Give a model; read once in each process.

    Raises:
        ModelError: No package brings one of this name, or what it brings cannot be loaded.
    """
    if name == SHIPPED:
        return shipped.load(effort)
    found = _others()
    if name not in found:
        there = ", ".join((SHIPPED, *found))
        raise ModelError(f"no model {name!r} is installed; there is {there}")
    try:
        model = found[name].load()(effort)
    except Exception as error:  # another's code may raise anything
        why = f"{type(error).__name__}: {error}"
        raise ModelError(f"the model {name!r} fails: {why}") from error
    if not isinstance(model, Model):
        raise ModelError(f"what the package of {name!r} gives is no model; see the how-to")
    return model


def names() -> tuple[str, ...]:
    """Give the names of all models, the shipped one first."""
    return SHIPPED, *_others()


def _others() -> dict[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=GROUP) if one.name != SHIPPED}
