"""Find links, and make one key of the many ways to write one.

A link is kept as a key and as the domain it stands on. Of `anna.tumblr.com/post/1` only
`tumblr.com` stays readable, since what stands before a domain often names a person.
"""

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.shapes import TEXT

# Letters, digits, their disguises (full-width, circled, mathematical) and invisible signs: whole
# blocks, since an automaton of Unicode's own classes takes ten times as long to build.
WORD = (
    r"0-9A-Za-z_\xAA\xAD\xB2-\xB5\xB7\xB9\xBA\xC0-\x{1FFF}\x{200B}-\x{200F}\x{202A}-\x{202E}"
    r"\x{2060}-\x{209F}\x{2100}-\x{214F}\x{2460}-\x{24FF}\x{2C00}-\x{2DFF}\x{3040}-\x{D7FF}"
    r"\x{F900}-\x{FDFF}\x{FE00}-\x{FE0F}\x{FE20}-\x{FE2F}\x{FE70}-\x{FEFF}\x{FF10}-\x{FF19}"
    r"\x{FF21}-\x{FF3A}\x{FF3F}\x{FF41}-\x{FF5A}\x{FF66}-\x{FFDF}\x{10000}-\x{1EFFF}"
    r"\x{1F130}-\x{1F189}\x{20000}-\x{3FFFF}\x{E0000}-\x{E0FFF}"
)
SPACE = r"\s\xA0\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"
DOT = "[.．。｡]"  # noqa: RUF001  (a full-width dot is what evaders write)
GAP = rf"{SPACE}<>\x22"  # what ends a link
TOP = (  # top-level domains a link without scheme or www may end in
    "com|net|org|info|biz|edu|gov|int|eu|io|co|tv|me|cc|ai|app|dev|social|online|site|xyz|shop|"
    "blog|club|news|live|world|page|link|store|tech|pro|name|one|top|chat|media|space|website|"
    "party|ngo|art|cloud|today|group|team|work|life|zone|network|radio|berlin|hamburg|koeln|"
    "bayern|wien|amsterdam|gent|brussels|paris|london|scot|wales|cymru|cat|eus|gal|bzh|corsica|"
    "ac|ad|al|am|at|ax|az|ba|be|bg|br|by|ca|ch|cn|cy|cz|de|dk|ee|es|fi|fo|fr|ge|gg|gl|gr|hr|hu|"
    "ie|il|im|in|ir|is|it|je|jp|kz|li|ly|lt|lu|lv|ma|mc|md|mk|mt|nl|no|nu|nz|pk|pl|ps|pt|ro|rs|"
    "ru|se|sh|si|sk|sm|so|su|sy|tk|tn|to|tr|ua|uk|us|va|vc|ws|xk"
)
TOP_ABROAD = "(?:рф|рус|срб|укр|бел|бг|ею|ελ)"  # noqa: RUF001
TAIL = rf"[^{GAP}]*[{WORD}/=&#%~+$*-]"  # a last full stop or bracket stays with the sentence
STATED = rf"(?:[{WORD}+.-]*[:：][/／]{{2}}|(?i:www){DOT}){TAIL}"  # noqa: RUF001
# Lower or upper throughout: "slut.De" is two sentences.
BARE = rf"(?:[{WORD}-]+{DOT})+(?:(?:{TOP}|{TOP.upper()})\b|{TOP_ABROAD})(?:[:/?]{TAIL})?/?"

_TOKEN = rf"^[^\pL\pN@＠﹫]*(?P<link>{STATED}|{BARE})"  # noqa: RUF001
_PARTS = re.compile(
    r"(?:[^/?#]*?[:：][/／]{2})?(?:[^/?#]*@)?(?:(?:www|m|mobile|amp)\.(?=[^/?#]*\.))?"  # noqa: RUF001
    r"(?P<host>[^/?#:\[\]]*)(?::\d*)?(?P<path>[^?#]*)\??(?P<query>[^#]*)",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"(?:^|&)(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|igsh|mc_cid|mc_eid|twclid|ttclid|yclid|"
    r"li_fat_id|wt_mc|wtrid|ocid|cmpid|ref|ref_src|ref_url|si|feature)(?:=[^&]*)?(?=&|$)"
)
_SECOND = re.compile(  # names that stand between the owner's name and the country
    r"(?:ac|co|com|edu|gob|gov|govt|gv|ltd|me|net|nom|or|org|plc|police|sch|nhs|asso)\.[a-z]{2}$"
)


def of(rows: pa.RecordBatch) -> tuple[pa.Array, pa.Array]:
    """Return row and link of each link stated beside a text or standing in it."""
    stated = rows["links"]
    found_in, found = _in_texts(rows["text"])
    row = pa.concat_arrays([pc.list_parent_indices(stated).cast(pa.int64()), found_in])
    return row, pa.concat_arrays([pc.list_flatten(stated), found])


def listed(row: pa.Array, values: pa.Array, n_rows: int) -> pa.Array:
    """Gather values by their row into n lists, each value once a list, in order."""
    codes = values.dictionary_encode()
    pairs = row.to_numpy() * max(len(codes.dictionary), 1) + codes.indices.to_numpy()
    first = np.sort(np.unique(pairs, return_index=True)[1])
    first = first[np.argsort(row.to_numpy()[first], kind="stable")]
    ends = np.cumsum(np.bincount(row.to_numpy()[first], minlength=n_rows))
    offsets = pa.array(np.concatenate(([0], ends)), pa.int32())
    return pa.ListArray.from_arrays(offsets, values.take(pa.array(first, pa.int64())))


def canonical(links: pa.Array) -> pa.Array:
    """Write each link in the one way that all its spellings share."""
    return _each(links, _canonical)


def hosts(links: pa.Array) -> pa.Array:
    """Return the domain of each link, without the names below it."""
    return _each(links, _domain)


def _in_texts(text: pa.Array) -> tuple[pa.Array, pa.Array]:
    holds = pc.fill_null(pc.match_substring_regex(text, f"{STATED}|{BARE}"), False)
    rows = pc.indices_nonzero(holds).cast(pa.int64())
    tokens = pc.split_pattern_regex(text.filter(holds), f"[{GAP}]+")
    found = pc.struct_field(pc.extract_regex(pc.list_flatten(tokens), _TOKEN), "link")
    return rows.take(pc.list_parent_indices(tokens)).filter(found.is_valid()), found.drop_null()


def _each(values: pa.Array, change: Callable[[str], str]) -> pa.Array:
    seen = values.dictionary_encode()
    return pa.array(map(change, seen.dictionary.to_pylist()), TEXT).take(seen.indices)


def _canonical(link: str) -> str:
    host, path, query = _parts(link)
    query = _TRACKING.sub("", query).strip("&")
    return host + path.rstrip("/") + ("?" + query if query else "")


def _domain(link: str) -> str:
    host = _parts(link)[0]
    return ".".join(host.split(".")[-3 if _SECOND.search(host) else -2 :])


def _parts(link: str) -> tuple[str, str, str]:
    found = _PARTS.match(link.strip())
    if found is None:
        return "", "", ""
    return found["host"].lower().strip("."), found["path"], found["query"]
