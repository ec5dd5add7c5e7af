"""The kill switch: versions of a model that nobody may use until they are allowed again."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from headwater.landscape import files
from headwater.landscape.errors import ModelError, SettingsError

FILE = "stopped-models.json"


class Stop(BaseModel, frozen=True):
    """One version that may not be used."""

    version: str  # "2.1.0" stops every effort, "2.1.0 fast" that one
    stopped_on: date
    why: str

    def holds(self, version: str) -> bool:
        """Say whether it is this version that is stopped."""
        own = self.version.split()
        return version.split()[: len(own)] == own


STOPS = TypeAdapter(tuple[Stop, ...])


def stops(state_dir: Path) -> tuple[Stop, ...]:
    """Give all stops, the oldest first.

    Raises:
        SettingsError: The list cannot be read: then nobody knows what is stopped.
    """
    path = state_dir / FILE
    try:
        return STOPS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except ValidationError:
        raise SettingsError(f"{path} is damaged; mend it, or remove it and stop anew") from None


def stop(state_dir: Path, new: Stop) -> None:
    """Stop a version, in the place of an earlier stop of it."""
    if not new.version.strip():
        raise SettingsError("give the version to stop, as a report names it")
    if not new.why.strip():
        raise SettingsError("say why, for whoever meets the refusal")
    _write(state_dir, (*_without(state_dir, new.version), new))


def allow(state_dir: Path, version: str) -> None:
    """Allow a version again.

    Raises:
        SettingsError: It was not stopped.
    """
    left = _without(state_dir, version)
    if left == stops(state_dir):
        raise SettingsError(f"{version} is not stopped; see `headwater model list`")
    _write(state_dir, left)


def refuse_stopped(version: str, state_dir: Path) -> None:
    """Refuse a version that was stopped.

    Raises:
        ModelError: Says when and why, and the way out.
    """
    for one in stops(state_dir):
        if one.holds(version):
            raise ModelError(
                f"model {version} was stopped on {one.stopped_on}: {one.why}. Install another version, "
                f'or, if it may be used, `headwater model allow "{one.version}"`'
            )


def _without(state_dir: Path, version: str) -> tuple[Stop, ...]:
    return tuple(one for one in stops(state_dir) if one.version.split() != version.split())


def _write(state_dir: Path, new: tuple[Stop, ...]) -> None:
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write(state_dir / FILE, STOPS.dump_json(new, indent=2) + b"\n")
