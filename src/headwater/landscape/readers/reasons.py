"""Why a record is no post: every reason there is, in words for the person who reads rejects."""

LIMIT = 8 << 20  # bytes of one record

NOT_JSON = "not JSON"
NOT_UTF8 = "not UTF-8"
NUL = "holds a NUL character"
SURROGATE = "lone surrogate"
NOT_A_NUMBER = "not a number (NaN or infinite)"
TOO_DEEP = "nested too deeply"
TOO_LONG = f"longer than {LIMIT >> 20} MiB"
TOO_MANY = "more than one object on the line"
NOT_AN_OBJECT = "not an object"
NOT_XML = "not XML"
TRUNCATED = "truncated file"
TOO_MANY_COLUMNS = "too many columns"
TOO_FEW_COLUMNS = "too few columns"
OPEN_QUOTE = "quote never closed"

NO_ID = "no id"
NO_TEXT = "no text field"
NO_TIME = "no time"
BAD_TIME = "time not readable"
FAR_TIME = "time out of range"

PRIVATE_CHAT = "private chat or group"
NOT_PUBLIC = "not public (direct, followers only or protected)"
REMOVED = "removed or deleted"
UNKNOWN_KIND = "not a post: unknown kind"
UNKNOWN_SOURCE = "from a source that is not read"
UNKNOWN_AUDIENCE = "does not say whether it is public"

MISSING = {"post_id": NO_ID, "text": NO_TEXT, "posted_at": NO_TIME}

# A file of nothing else is not what it claims to be.
FOREIGN = frozenset({NOT_JSON, NOT_UTF8, NUL, NOT_AN_OBJECT, NOT_XML, UNKNOWN_KIND, TOO_MANY})


def not_a_post(kind: str) -> str:
    """Say what it is instead; the kind is a word of ours, never of the file."""
    return f"not a post: {kind}"


def wrong_type(field: str) -> str:
    """Say which column of ours could not be filled."""
    return f"wrong type: {field}"
