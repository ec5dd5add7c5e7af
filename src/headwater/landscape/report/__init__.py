"""The report: data, page, print and tables."""

from headwater.landscape.report.model import Report
from headwater.landscape.report.store import read_report, schema, write

__all__ = ["Report", "read_report", "schema", "write"]
