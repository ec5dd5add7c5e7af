"""Write posts of our own making as CSV: `python -m training.own --n 1000 --seed 1`."""

import argparse
import csv
import sys

from training.own import LANGUAGES, draw


def main() -> None:
    """Write n rows to standard output."""
    parser = argparse.ArgumentParser(prog="training.own", description=__doc__)
    parser.add_argument("--n", type=int, default=1000, help="rows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="all by default")
    asked = parser.parse_args()
    out = csv.writer(sys.stdout)
    out.writerow(("text", "lang", "hate", "targets", "family"))
    for row in draw(asked.n, asked.seed, asked.language or LANGUAGES):
        is_hate = int(row.kind == "hate")
        out.writerow((row.text, row.language, is_hate, " ".join(row.groups), row.family))


if __name__ == "__main__":
    main()
