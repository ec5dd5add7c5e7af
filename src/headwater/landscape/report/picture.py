"""A chart as one small SVG picture, in the page's colours.

Colours are the light theme's. On screen the style sheet swaps them by attribute, so one picture
serves light, dark and print.
"""

import re
from html import escape
from typing import Any

import altair as alt
import vl_convert

from headwater.landscape.report.plain import plain

INK, LINE, MARK, QUIET = "#3a4547", "#d5dcdd", "#00687a", "#8a9799"
LOOK = {
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "titleFontWeight": "normal",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
    },
}
DESCRIPTION = re.compile(r' (?:class|role|aria-[a-z]+)="[^"]*"')
PATH, FRACTION = re.compile(r' d="[^"]+"'), re.compile(r"\d+\.\d{2,}")


def data(rows: Any) -> alt.InlineData:
    """Give a chart its rows."""
    return alt.InlineData(values=list(rows))


def svg(chart: alt.Chart | alt.LayerChart | alt.VConcatChart | alt.FacetChart, finding: str) -> str:
    """Render without the marks' own descriptions: the finding says it, the table tells all."""
    picture = vl_convert.vegalite_to_svg({**chart.to_dict(), "config": LOOK}, vl_version="6.4")
    head, rest = picture.split(">", 1)
    head = head.replace('class="marks"', 'class="headwater-chart" role="img"')
    rest = PATH.sub(_rounded, DESCRIPTION.sub("", rest))
    drawn: str = plain(f"{head}><title>{escape(finding)}</title>{rest}")
    return drawn


def _rounded(path: re.Match[str]) -> str:
    """Keep a tenth of a pixel: the rest is weight."""
    return FRACTION.sub(lambda number: f"{float(number[0]):.1f}", path[0])
