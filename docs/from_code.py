"""Reference pages made from the code, so that they cannot be wrong."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from headwater.cli import app
from headwater.landscape import codebook
from headwater.landscape.cli.app import told_codes
from headwater.landscape.readers import READERS
from headwater.landscape.report import difference, schema


def write(folder: Path) -> None:
    """Write each page that has changed."""
    pages = {
        "command-line.md": _command_line(),
        "formats.md": _formats(),
        "codebook.md": _codebook(),
        "report-json.md": _json("report", schema()),
        "comparison-json.md": _json("comparison", difference.schema()),
    }
    for name, text in pages.items():
        page = folder / name
        if not page.exists() or page.read_text() != text:
            page.write_text(text)


def _command_line() -> str:
    group = typer.main.get_command(app)
    intro = f"# Command line\n\nExit codes: {told_codes()}\n"
    return "\n".join([intro, *_commands("headwater", group)])


def _commands(name: str, command: Any) -> Iterator[str]:
    if hasattr(command, "commands"):
        for one, below in command.commands.items():
            yield from _commands(f"{name} {one}", below)
        return
    rows = [f"| `{_name(one)}` | {_help(one)} | {_default(one)} |" for one in command.params]
    head = f"## {name}\n\n{(command.help or '').strip()}\n"
    yield "\n".join([head, "| | | default |", "|---|---|---|", *rows, ""])


def _name(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    return " ".join(parameter.opts) if is_option else (parameter.metavar or parameter.name)


def _help(parameter: Any) -> str:
    return getattr(parameter, "help", None) or ""


def _default(parameter: Any) -> str:
    value = getattr(parameter.default, "value", parameter.default)
    return "" if value in (None, False) or callable(value) else f"`{value}`"


def _formats() -> str:
    rows = [f"| `{one.name}` | [documented]({one.documented_at}) |" for one in READERS]
    intro = (
        "# Formats\n\nRecognised by themselves; forced by `format:path`. Also as gz, zst or zip.\n"
    )
    return "\n".join([intro, "| format | |", "|---|---|", *rows, ""])


def _codebook() -> str:
    parts = ["# Codebook\n", codebook.introduction().split("\n", 2)[2]]
    for name in codebook.TABLES:
        parts += [f"\n## {name.capitalize()}\n", _table(codebook.table(name))]
    return "\n".join(parts) + "\n"


def _table(rows: list[dict[str, str]]) -> str:
    cells = [rows[0].keys(), *(row.values() for row in rows)]
    head, *body = (f"| {' | '.join(row)} |" for row in cells)
    return "\n".join([head, "|---" * len(rows[0]) + "|", *body])


def _json(name: str, published: dict[str, Any]) -> str:
    text = json.dumps(published, indent=2)
    command = f"headwater schema {name}"
    return f"# {name}.json\n\nIts JSON Schema; also by `{command}`.\n\n```json\n{text}\n```\n"
