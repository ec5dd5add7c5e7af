"""The text of a piece of HTML."""

from html import unescape

import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.shapes import TEXT

UNSEEN = r"(?is)<(?:script|style)\b.*?</(?:script|style)\s*>|<!--.*?-->"
BREAK = r"(?i)<br\b[^>]*>|</(?:p|div|li|blockquote|h[1-6]|tr)\s*>"
TAG = r"(?s)</?[a-zA-Z!?][^>]*>"


def texts(html: pa.Array) -> pa.Array:
    """Turn n pieces of HTML to text: breaks to line ends, tags away, entities to characters."""
    for pattern, replacement in ((UNSEEN, ""), (BREAK, "\n"), (TAG, "")):
        html = pc.replace_substring_regex(html, pattern=pattern, replacement=replacement)
    if pc.any(pc.match_substring(html, "&")).as_py():
        html = pa.array([unescape(one) if one else one for one in html.to_pylist()], TEXT)
    return pc.utf8_trim_whitespace(html)
