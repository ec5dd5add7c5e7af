"""Read through evasion: one plain spelling for a whole column of texts at once.

All posts lie in one array of signs, set apart by `BREAK`s. Each pass is arithmetic on that array,
so that no post is ever looked at by itself. The order of the passes matters: a spaced-out word
must be whole before its letters can be judged.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.landscape.models import alphabet
from headwater.landscape.models.alphabet import BREAK, DROPPED, SPACE, Signs

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

ROOM = 4  # BREAKs behind each post, so that a span of 5 signs never reaches the next one

SEVERAL = 2  # disguised words, by which a post is known to disguise words
LEAST_LEET, BETWEEN = 5, 3  # the same for digits: one between letters counts as three at ends
ENDS = [ord(sign) for sign in ",.;:!?"]
APOSTROPHES = [ord(sign) for sign in "'\u2019"]
MOST_AT_END = 2  # digits that may stand for letters at the end of a word
LONE_LEET = [ord(sign) for sign in "41"]  # a, I
MOST_LOOKALIKES = 4  # letters of a word of nothing else

LEAST_LETTERS = 12  # a shorter post tells too little
MOST_SIGNS = 10_000  # of a post; the rest is not read, so that memory stays bounded
BLANK = r"\A(?:[^\pL\p{Mc}\pN\pP\pS]|[\x{115F}\x{1160}\x{2800}\x{3164}\x{FFA0}])+"  # nothing to see


class Folded(NamedTuple):
    """Texts in one array; each post begins and ends with a space."""

    signs: Signs
    starts: Places  # n, where each post's first space stands
    ends: Places  # n, behind each post's last space


def fold(texts: pa.Array) -> Folded:
    """Fold n texts."""
    return _placed(_calm(_meant(_seen(texts, keeps_accents=False))))


def readable(texts: pa.Array) -> pa.Array:
    """Give n texts in small letters of one script, accents kept, without marks and emoji."""
    return _texts(_plain(texts).astype("<u2").tobytes().decode("utf-16-le"))


def plain(texts: pa.Array, keeps_accents: bool = True) -> Folded:
    """Give what `readable` gives, not yet put into words."""
    return _placed(_plain(texts, keeps_accents))


def both(texts: pa.Array) -> tuple[Folded, Folded]:
    """Give what `plain` gives, and beside it the same with evasion left as it was written."""
    written = _seen(texts)
    meant = _meant(written.copy())
    return _placed(_bare(meant)), _placed(_bare(written))


def spelled(texts: pa.Array) -> pa.Array:
    """Give n texts in small letters, evasion undone; accents and emoji stay, a mark is an @."""
    signs = _calm(_meant(_seen(texts)))
    return _texts(alphabet.written()[signs].astype("<u4").tobytes().decode("utf-32-le"))


def n_words(texts: pa.Array) -> Places:
    """Count the words of n texts; a text with too few letters to be judged has none."""
    signs, starts, ends = fold(texts)
    letter = (alphabet.kinds()[signs] & alphabet.LETTER) != 0
    n_letters = np.concatenate(([0], letter.cumsum()))
    begins, _ = runs(letter)
    found = np.searchsorted(begins, ends) - np.searchsorted(begins, starts)
    return np.where(n_letters[ends] - n_letters[starts] >= LEAST_LETTERS, found, 0)


def heads(texts: pa.Array) -> pa.Array:
    """Give what is read of n texts: of a long one so many signs, from the first that can be seen."""
    is_long = pc.greater(pc.utf8_length(texts), MOST_SIGNS)
    if not pc.any(is_long).as_py():
        return texts
    seen = pc.replace_substring_regex(texts.filter(is_long), BLANK, "", max_replacements=1)
    return pc.replace_with_mask(texts, is_long, pc.utf8_slice_codeunits(seen, 0, MOST_SIGNS))


def _plain(texts: pa.Array, keeps_accents: bool = True) -> Signs:
    """Give the signs of `readable`."""
    return _bare(_meant(_seen(texts, keeps_accents)))


def _seen(texts: pa.Array, keeps_accents: bool = True) -> Signs:
    """Give the signs that a reader sees, in small letters."""
    return _visible(_marked(_joined(texts, alphabet.folds(keeps_accents))))


def _meant(signs: Signs) -> Signs:
    """Undo evasion; may change what it is given."""
    return _in_one_script(_unleeted(_unspaced(signs)))


def _bare(signs: Signs) -> Signs:
    """Leave out marks and emoji, and cut repeats."""
    return _calm(np.where((signs >= 0xE000) & (signs < 0xF900), SPACE, signs).astype(np.uint16))


def _placed(signs: Signs) -> Folded:
    """Find where each post begins and ends."""
    is_break = signs == BREAK
    starts = np.flatnonzero(is_break[:-1] & ~is_break[1:]) + 1
    ends = np.flatnonzero(~is_break[:-1] & is_break[1:]) + 1
    return Folded(signs, starts, ends)


def _joined(texts: pa.Array, table: Signs) -> Signs:
    """Lay the texts behind each other, each sign as its number in the table."""
    texts = heads(texts)
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    before = ROOM + 1 + (2 + ROOM) * np.arange(len(lengths))  # spaces and BREAKs so far
    signs = np.full(ROOM + (lengths + 2 + ROOM).sum(), BREAK, np.uint16)
    first = before + lengths.cumsum() - lengths
    signs[first - 1] = signs[first + lengths] = SPACE
    codes = np.minimum(_codes(texts), alphabet.SIZE - 1)
    signs[np.arange(len(codes)) + np.repeat(before, lengths)] = table[codes]
    return signs


def _texts(whole: str) -> pa.Array:
    """Give back the texts that were laid behind each other."""
    return pc.split_pattern(pa.array([whole]), chr(BREAK) * ROOM).flatten()[1:-1]


def _codes(texts: pa.Array) -> NDArray[np.uint32]:
    """Give all code points of the texts, one text behind the other."""
    texts = texts.cast(pa.string())
    _, where, data = texts.buffers()
    offsets = np.frombuffer(where, np.int32)[texts.offset :][: len(texts) + 1]
    text = bytes(data[offsets[0] : offsets[-1]] if data else b"").decode()
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _marked(signs: Signs) -> Signs:
    """Turn each mark of the scrub, such as <link>, into one sign."""
    opens = np.flatnonzero(signs == ord("<"))
    for mark, number in alphabet.MARKS.items() if len(opens) else ():
        letters = np.array([ord(letter) for letter in f"{mark}>"], np.uint16)
        # a mark that stands at the very end still has its space and BREAKs behind it
        body = np.minimum(opens[:, None] + 1 + np.arange(len(letters)), len(signs) - 1)
        found = (signs[body] == letters).all(axis=1)
        signs[body[found]] = DROPPED
        signs[opens[found]] = number
    return signs


def _visible(signs: Signs) -> Signs:
    """Drop what nobody sees."""
    unseen = signs == DROPPED
    return signs[~unseen] if unseen.any() else signs


def _unspaced(signs: Signs) -> Signs:
    """Join letters that stand alone, three or more in a row: "n i c e", "n.i.c.e".

    In a post that spaces out several, two in a row are a word as well, and no space is before a stop.
    """
    kinds = alphabet.kinds()[signs]
    letter = ((kinds & alphabet.LETTER) != 0) | np.isin(signs, APOSTROPHES)
    in_word = letter | ((kinds & (alphabet.WORD | alphabet.BESIDE)) != 0)
    alone = letter.copy()
    alone[1:-1] &= ~in_word[:-2] & ~in_word[2:]
    joint = np.zeros_like(letter)
    joint[1:-1] = ((kinds[1:-1] & alphabet.GAP) != 0) & alone[:-2] & alone[2:]
    if not joint.any():
        return signs
    # one sign stands between all letters of a word; another, or none, between two words
    paired = joint[2:] & joint[:-2] & (signs[2:] == signs[:-2])
    chained: Flags = np.zeros_like(letter)
    chained[2:] = paired
    chained[:-2] |= paired
    begins, single = chained.copy(), joint.copy()
    begins[2:] &= ~chained[:-2]
    single[2:] &= ~joint[:-2]
    single[:-2] &= ~joint[2:]
    single[:-1] |= (signs[:-1] == SPACE) & np.isin(signs[1:], ENDS)
    chained |= single & _in_disguised(signs, np.flatnonzero(begins), SEVERAL)
    joined: Signs = signs[~chained]
    return joined


def _unleeted(signs: Signs) -> Signs:
    """Read digits and signs as the letters they stand for, where letters stand beside them.

    In a post that writes several words so, they are letters at the ends of words and alone as well.
    """
    kinds = alphabet.kinds()[signs]
    leet = (kinds & (alphabet.INSIDE | alphabet.BESIDE)) != 0
    begins, ends = runs(leet)
    before, after = ((kinds[at] & alphabet.LETTER) != 0 for at in (begins - 1, ends))
    needs_both = _any_within((kinds & alphabet.INSIDE) != 0, begins, ends)
    meant = (before & after) | (~needs_both & (before | after))
    digits, lengths = _is_digit(signs[begins]), ends - begins
    in_number = (_is_digit(signs[begins - 1]) | _is_digit(signs[ends])) & digits
    at_end = (before ^ after) & digits & ~in_number & (lengths <= MOST_AT_END)
    lone = ~before & ~after & ~in_number & (lengths == 1) & np.isin(signs[begins], LONE_LEET)
    tells = np.concatenate([begins[digits & before & after].repeat(BETWEEN), begins[at_end]])
    meant |= (at_end | lone) & _in_disguised(signs, tells, LEAST_LEET)[begins]
    places = np.flatnonzero(leet)[np.repeat(meant, ends - begins)]
    signs[places] = alphabet.letters_meant(alphabet.LEET)[signs[places]]
    return signs


def _in_one_script(signs: Signs) -> Signs:
    """Read look-alikes as Latin letters, only in words that also hold Latin letters.

    In a post with such words, short words of look-alikes alone are Latin too.
    """
    kinds = alphabet.kinds()[signs]
    strange = (kinds & alphabet.LOOKALIKE) != 0
    if not strange.any():
        return signs
    letter = (kinds & alphabet.LETTER) != 0
    begins, ends = runs(letter)
    has_latin = _any_within((kinds & alphabet.LATIN) != 0, begins, ends)
    has_strange = _any_within(strange, begins, ends)
    has_other = _any_within(letter & ~strange, begins, ends)
    short = ~has_other & (ends - begins <= MOST_LOOKALIKES)
    tells = begins[has_latin & has_strange]
    mixed = has_latin | (short & _in_disguised(signs, tells, SEVERAL)[begins])
    in_mixed = np.zeros_like(letter)
    in_mixed[letter] = np.repeat(mixed, ends - begins)
    places = np.flatnonzero(in_mixed & strange)
    signs[places] = alphabet.letters_meant(alphabet.LOOKALIKES)[signs[places]]
    return signs


def _in_disguised(signs: Signs, tells: Places, least: int) -> Flags:
    """Mark the signs of posts in which so many places tell that words are disguised."""
    posts = (signs == BREAK).cumsum() // ROOM
    found: Flags = np.bincount(posts[tells], minlength=posts[-1] + 1)[posts] >= least
    return found


def _is_digit(signs: Signs) -> Flags:
    found: Flags = (signs >= ord("0")) & (signs <= ord("9"))
    return found


def _calm(signs: Signs) -> Signs:
    """Cut repeats to two, white space to one."""
    same = signs[1:] == signs[:-1]
    too_many = np.zeros(len(signs), np.bool_)
    too_many[2:] = same[1:] & same[:-1]
    too_many[1:] |= same & (signs[1:] == SPACE)
    too_many &= signs != BREAK
    return signs[~too_many]


def runs(flags: Flags) -> tuple[Places, Places]:
    """Give where each run of true flags begins, and the place behind its end."""
    edges = np.flatnonzero(flags[1:] != flags[:-1]) + 1
    return edges[::2], edges[1::2]


def _any_within(flags: Flags, begins: Places, ends: Places) -> Flags:
    """Say for each run whether any flag in it is true."""
    so_far = np.concatenate(([0], flags.cumsum()))
    found: Flags = so_far[ends] > so_far[begins]
    return found
