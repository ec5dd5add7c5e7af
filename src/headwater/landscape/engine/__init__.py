"""Run the parts, drop repeats, count: the only place that knows Daft.

A run keeps its state in a work folder (`work`), learns of each part by itself so that a broken
run resumes where it stopped (`parts`), finds what was exported twice (`repeats`) and counts in
two levels, inside a bucket of authors and then across buckets, so that memory stays bounded
however many posts there are (`counting`); who uses which words is counted alike (`terms`). What
tells of travel is gathered for all posts (`trails`), and who answers whom (`answers`). Single posts
are looked up for an audit and to name words (`lookup`), and some are taken for an analysis to learn
from (`sampling`).
"""

from headwater.landscape.engine.answers import COLUMNS as ANSWER_COLUMNS
from headwater.landscape.engine.answers import answers
from headwater.landscape.engine.counting import counts
from headwater.landscape.engine.lookup import columns, texts, words
from headwater.landscape.engine.parts import Job, Tally, each
from headwater.landscape.engine.reckoning import reading, write_rejects
from headwater.landscape.engine.repeats import Posts, posts
from headwater.landscape.engine.sampling import sample, values_of
from headwater.landscape.engine.terms import COLUMNS as TERM_COLUMNS
from headwater.landscape.engine.terms import disguises, held, usage
from headwater.landscape.engine.trails import COLUMNS as TRAIL_COLUMNS
from headwater.landscape.engine.trails import trails
from headwater.landscape.engine.work import Work, clean, work

__all__ = [
    "ANSWER_COLUMNS",
    "TERM_COLUMNS",
    "TRAIL_COLUMNS",
    "Job",
    "Posts",
    "Tally",
    "Work",
    "answers",
    "clean",
    "columns",
    "counts",
    "disguises",
    "each",
    "held",
    "posts",
    "reading",
    "sample",
    "texts",
    "trails",
    "usage",
    "values_of",
    "words",
    "work",
    "write_rejects",
]
