"""Two reports set side by side: data, page and table."""

from headwater.landscape.report.difference.model import Comparison, schema, to_json

__all__ = ["Comparison", "schema", "to_json"]
