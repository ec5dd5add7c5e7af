"""What the operator sets, by environment variables alone, and what may not be so.

Everything has a default that is safe for one person on one machine. `HEADWATER_MODE=production` says that
others reach the portal: then whatever is unsafe is named, all of it at once, and nothing starts.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from headwater.portal.errors import MisconfiguredError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_SECRET = 50  # characters, as Django asks
OWNER_ONLY = 0o600


def _words(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else value


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no such time zone; write one like Europe/Copenhagen")
    return name


class Environment(BaseSettings):
    """The operator's choices; each field is read from HEADWATER_<FIELD>, the database from DATABASE_URL."""

    model_config = SettingsConfigDict(env_prefix="HEADWATER_", extra="ignore")

    mode: Literal["local", "demo", "production"] = "local"
    home: Path = Path("headwater-data")
    hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = ()
    secret: str = ""
    database_url: str = Field("", validation_alias="DATABASE_URL")
    email_url: str = ""
    email_from: str = "headwater@localhost"
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Copenhagen"
    proxies: int = 0

    @classmethod
    def read(cls) -> Self:
        """Read the environment; name every variable that cannot be used."""
        try:
            found = cls()
        except ValidationError as error:
            wrong = "; ".join(
                f"HEADWATER_{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors()
            )
            raise MisconfiguredError(wrong) from None
        if found.mode == "production" and (flaws := tuple(found.flaws())):
            raise MisconfiguredError("; ".join(flaws))
        return found

    @property
    def is_production(self) -> bool:
        """Whether others than the person at this machine may reach the portal."""
        return self.mode == "production"

    def flaws(self) -> Iterator[str]:
        """Say what is unsafe where others reach the portal."""
        if not self.hosts:
            yield "HEADWATER_HOSTS names no host that people type to reach the portal"
        if "*" in self.hosts:
            yield "HEADWATER_HOSTS may not be *: name the hosts"
        if self.secret and len(self.secret) < SHORTEST_SECRET:
            yield f"HEADWATER_SECRET is shorter than {SHORTEST_SECRET} characters"
        if (self.home / "demo").exists():
            yield f"{self.home} holds a demo town, whose passwords are public: use another folder"
        if os.environ.get("DJANGO_DEBUG") or os.environ.get("DEBUG"):
            yield "DEBUG is set in the environment: take it away"

    def secret_key(self) -> str:
        """Give the secret: the one set, or one made at the first start and kept for its owner."""
        return self.secret or owned(self.home / "secret.key", secrets.token_urlsafe(64))


def owned(path: Path, fresh: str) -> str:
    """Read a file that its owner alone may read; make it with this text where there is none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(fresh)
    return fresh
