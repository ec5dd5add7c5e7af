"""Fetch the vendored style sheet and test asset anew, at the versions the lock names.

Needs npm, and only for refreshing: building, running and testing use the files in the repository.
"""

import re
import subprocess
import tempfile
from pathlib import Path

import tinycss2

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "scripts" / "assets"
HEADWATER = ROOT / "src" / "headwater"
REPORT, PORTAL = HEADWATER / "landscape" / "report", HEADWATER / "portal"
SHEETS = {  # which templates' classes each style sheet holds
    REPORT / "vendor" / "components.css": REPORT / "templates",
    PORTAL / "static" / "portal" / "components.css": PORTAL / "templates",
}
CLASS = re.compile(r"\.(-?[\w-]+)")
USED = re.compile(r"\butrecht-[\w-]+")


def main() -> None:
    """Install what the lock names into a folder of passage, and take what is used."""
    with tempfile.TemporaryDirectory() as folder:
        modules = _installed(Path(folder))
        components = modules / "@utrecht" / "component-library-css"
        sheet = (components / "dist" / "index.css").read_text(encoding="utf-8")
        for to, templates in SHEETS.items():
            to.write_text(_subset(sheet, _used(templates)), encoding="utf-8")
            (to.parent / "LICENSE.md").write_bytes((components / "LICENSE.md").read_bytes())
        axe = modules / "axe-core" / "axe.min.js"
        (ROOT / "tests" / "assets" / "axe.min.js").write_bytes(axe.read_bytes())


def _installed(folder: Path) -> Path:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (folder / name).write_bytes((ASSETS / name).read_bytes())
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - a fixed command
    return folder / "node_modules"


def _used(templates: Path) -> set[str]:
    """Return the component classes that the templates name."""
    pages = (page.read_text(encoding="utf-8") for page in templates.rglob("*.html"))
    return {name for page in pages for name in USED.findall(page)}


def _subset(sheet: str, used: set[str]) -> str:
    """Keep the rules of which a selector is made of used classes only."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    kept = [_rule(rule, used) for rule in rules if rule.type == "qualified-rule"]
    head = "/* Subset of @utrecht/component-library-css, EUPL-1.2. Made by refresh_assets.py. */"
    return "\n".join([head, *filter(None, kept)]) + "\n"


def _rule(rule: tinycss2.ast.QualifiedRule, used: set[str]) -> str:
    selectors = [one.strip() for one in _selectors(rule.prelude)]
    kept = [one for one in selectors if _names_only(one, used)]
    body = tinycss2.serialize(rule.content).rstrip()
    return f"{', '.join(kept)} {{{body}\n}}" if kept else ""


def _selectors(prelude: list[tinycss2.ast.Node]) -> list[str]:
    """Part a rule's selectors; a comma inside brackets belongs to its selector."""
    parts: list[list[tinycss2.ast.Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part) for part in parts]


def _names_only(selector: str, used: set[str]) -> bool:
    if "::marker" in selector:  # the printer of PDFs cannot place one with words of its own
        return False
    classes = CLASS.findall(selector)
    return bool(classes) and used.issuperset(classes)


if __name__ == "__main__":
    main()
