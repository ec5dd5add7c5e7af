"""The report: data, page, print and tables.

The forms (`store`, and what it draws with) are imported where they are wanted: a process that
judges posts needs no charts.
"""

from headwater.landscape.report.data import read_report, schema, to_json
from headwater.landscape.report.model import Report

__all__ = ["Report", "read_report", "schema", "to_json"]
