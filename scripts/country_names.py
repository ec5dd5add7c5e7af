"""Write what countries and continents are called in the twelve languages, from Unicode CLDR.

Needs Babel, which the development lock has. What is said besides, and what is left out since it is
an everyday word, stands here.
"""

# ruff: noqa: RUF001  Turkish has an i without a dot

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).parents[1]
OUT = ROOT / "src" / "headwater" / "landscape" / "data" / "places" / "countries.csv"
LANGUAGES = {one: one for one in ("da", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr")}
LANGUAGES["no"] = "nb"  # as CLDR has it
CONTINENTS = ("002", "003", "005", "009", "019", "142", "150")
NO_COUNTRIES = {"EZ", "QO", "UM", "UN", "XA", "XB", "ZZ"}
MISREAD = {"BL", "JE", "LC", "MF", "NE", "PM", "RE", "SH", "VC"}  # as first names, as a slur
EVERYDAY = {  # a country's name that means something else more often
    "en": {"Chad", "Jordan", "Sark"},
    "es": {"Catar", "Gana"},
    "fr": {"Dominique", "Maurice"},
    "pl": {"Dania", "Indie", "Katar", "Kuba", "Mali", "Czad"},
    "pt": {"Catar", "Gana", "Irã", "Malta", "Omã"},
    "tr": {"Çad", "Fas", "Mali", "Mısır"},
}
SAID = {  # besides
    "da": "EU USA England Skotland Wales Amerika Palæstina Bosnien Skandinavien Norden Mellemøsten",
    "de": "EU USA England Schottland Wales Amerika Palästina Bosnien Holland Niederlanden "
    "Tschechei Skandinavien Nahost Balkan",
    "en": "EU UK USA England Scotland Wales Britain America Palestine Bosnia Holland Turkey Burma "
    "Scandinavia",
    "es": "UE EE.UU. EEUU Inglaterra Escocia Gales América Palestina Bosnia Holanda Escandinavia",
    "fr": "UE USA Angleterre Écosse Amérique Palestine Bosnie Hollande Scandinavie Maghreb",
    "it": "UE USA Inghilterra Scozia Galles America Palestina Bosnia Olanda Scandinavia",
    "nl": "EU USA Engeland Schotland Wales Amerika Palestina Bosnië Holland Scandinavië",
    "no": "EU USA England Skottland Wales Amerika Palestina Bosnia Skandinavia Norden Midtøsten",
    "pl": "UE USA Anglia Anglii Szkocja Ameryka Ameryce Ameryki Palestyna Bośnia Holandia Skandynawia "
    "Polsce Polski Polskę Niemczech Niemiec Europie Europy Europę Ukrainie Ukrainy Ukrainę "
    "Rosji Rosję Francji Włoszech Czechach Hiszpanii Szwecji Danii Norwegii Syrii Izraela Białorusi",
    "pt": "EUA Inglaterra Escócia América Palestina Bósnia Holanda Escandinávia",
    "sv": "EU USA England Skottland Wales Amerika Palestina Bosnien Skandinavien Norden Mellanöstern",
    "tr": "AB ABD İngiltere İskoçya Amerika Filistin Bosna İskandinavya Ortadoğu",
}


def main() -> None:
    """Write each spelling once, with the languages in which it counts."""
    spelled = defaultdict(set)
    for language in sorted(LANGUAGES):
        for name, kind in _names(language):
            if name not in EVERYDAY.get(language, ()):
                spelled[name, kind].add(language)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "kind", "languages"))
        for (name, kind), languages in sorted(spelled.items()):
            writer.writerow((name, kind, " ".join(sorted(languages))))


def _names(language: str) -> Iterator[tuple[str, str]]:
    called = Locale(LANGUAGES[language]).territories
    for code, name in called.items():
        if code in CONTINENTS:
            yield name, "continent"
        elif code.isalpha() and code not in NO_COUNTRIES | MISREAD:
            yield name.partition(" (")[0], "country"
    for name in SAID[language].split():
        yield name, "country"


if __name__ == "__main__":
    main()
