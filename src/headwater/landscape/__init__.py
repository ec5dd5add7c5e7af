"""From exports of open, public posts to an aggregate report: the front door.

Example:
    report = run(find(["exports/"]), Settings(place="Fjordby", work_dir=Path("work")))
"""

from headwater.landscape.comparison import compare
from headwater.landscape.errors import (
    ComparisonError,
    ExportError,
    LandscapeError,
    ModelError,
    PublicationError,
    SettingsError,
)
from headwater.landscape.pipeline import run
from headwater.landscape.readers import find
from headwater.landscape.report import Report, read_report
from headwater.landscape.report.difference import Comparison
from headwater.landscape.shapes import Judge, Settings

__all__ = [
    "Comparison",
    "ComparisonError",
    "ExportError",
    "Judge",
    "LandscapeError",
    "ModelError",
    "PublicationError",
    "Report",
    "Settings",
    "SettingsError",
    "compare",
    "find",
    "read_report",
    "run",
]
