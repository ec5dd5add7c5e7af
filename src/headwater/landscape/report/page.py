"""The report as one self-contained page that asks nothing of any other place."""

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from headwater.landscape.errors import SettingsError
from headwater.landscape.report import (
    divides,
    glance,
    language,
    moments,
    names,
    numbers,
    parts,
    positive,
    topics,
    travels,
    words,
)
from headwater.landscape.report.model import Report
from headwater.landscape.report.plain import plain

STYLES = ("vendor/components.css", "tokens.css", "style.css")
FORBIDDEN_IN_TOKENS = ("<", "@import", "url(", "image", "src(", "//", "\\")


def render(report: Report, tokens: str | None = None) -> str:
    """Write the page; `tokens` is a town's own style sheet of design tokens."""
    page = environment().get_template("report.html")
    return page.render(
        report=report,
        names=names,
        numbers=numbers,
        words=words,
        styles=styles(tokens),
        answer=words.answer(report),
        lines=glance.lines(report),
        steps=glance.steps(report),
        breakdowns={by: parts.breakdown(report, by) for by in parts.BREAKDOWNS},
        targets=parts.targets(report),
        apart=parts.apart(report),
        positive=positive.sentence(report),
        platforms=parts.platforms(report),
        places=parts.places(report),
        languages=parts.languages(report),
        days=parts.days(report),
        day_charts=parts.day_charts(report),
        diary=parts.diary(report),
        triggers=moments.triggers(report),
        travel=travels.travel(report),
        shifts=language.shifts(report),
        moves=language.moves(report),
        disguises=language.disguises(report),
        themes=topics.themes(report),
        trends=topics.trends(report),
        divides=divides.divides(report),
    )


def tokens_of(path: Path) -> str:
    """Read a town's file of design tokens.

    Raises:
        SettingsError: It is missing, is not text, or could fetch from elsewhere.
    """
    try:
        return _harmless(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"the design tokens {path} cannot be read") from None


def environment() -> Environment:
    """Give what templates are read with: all text is escaped, and free of signs that hide."""
    return Environment(
        loader=PackageLoader("headwater.landscape.report"),
        autoescape=True,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def styles(tokens: str | None) -> Markup:
    """Put our style sheets together, and a town's own tokens after them."""
    folder = files("headwater.landscape.report")
    own = [(folder / name).read_text(encoding="utf-8") for name in STYLES]
    text = "\n".join([*own, _harmless(tokens or "")])
    return Markup(text)  # noqa: S704 - our own files, and tokens without markup


def _harmless(tokens: str) -> str:
    """Refuse what could leave the style sheet or fetch from elsewhere."""
    for mark in FORBIDDEN_IN_TOKENS:
        if mark in tokens.lower():
            raise SettingsError(f"a file of design tokens may not contain {mark!r}")
    return tokens
