"""Tell numbers that name a person or an account from those that only look alike.

Each check takes digits (and letters, upper case) without separators and of the right length.
Source: the countries' own rules; ISO 7064 and ISO 13616 for accounts, ISO/IEC 7812 for cards.
"""

from collections.abc import Callable, Iterable
from datetime import date

IBAN_LENGTHS = {  # as in the IBAN registry
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "EG": 29,
    "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27,
    "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30,
    "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24,
    "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
    "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
    "TN": 24, "TR": 26, "UA": 29, "VA": 22, "XK": 20,
}  # fmt: skip
SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"


def iban(text: str) -> bool:
    """Check an account number: its country's length, and remainder 1 by 97."""
    moved = text[4:] + text[:4]
    return len(text) == IBAN_LENGTHS.get(text[:2]) and int(_spelled(moved)) % 97 == 1


def luhn(digits: str) -> bool:
    """Check by Luhn's rule, for payment cards and Swedish personal numbers."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def card(digits: str) -> bool:
    """Check a payment card by its length and Luhn's rule."""
    return 13 <= len(digits) <= 19 and luhn(digits)


def danish(digits: str) -> bool:
    """Check a CPR number by its date; since 2007 the last digit checks nothing."""
    return len(digits) == 10 and _is_date(digits[4:6], digits[2:4], digits[:2])


def swedish(digits: str) -> bool:
    """Check a personnummer of 10 or 12 digits; a coordination number adds 60 to the day."""
    if len(digits) not in (10, 12):
        return False
    year, month, day = digits[-10:-8], digits[-8:-6], digits[-6:-4]
    return _is_date(year, month, int(day) % 60) and luhn(digits[-10:])


def norwegian(digits: str) -> bool:
    """Check a fødselsnummer by both its check digits."""
    weights = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return len(digits) == 11 and all(_weighed(digits, row) % 11 == 0 for row in weights)


def dutch(digits: str) -> bool:
    """Check a burgerservicenummer by the eleven test."""
    return len(digits) == 9 and _weighed(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def german(digits: str) -> bool:
    """Check a Steuer-Identifikationsnummer by ISO 7064 mod 11, 10."""
    rest = 10
    for digit in digits[:-1]:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return len(digits) == 11 and digits[0] != "0" and (11 - rest) % 10 == int(digits[-1])


def belgian(digits: str) -> bool:
    """Check a rijksregisternummer by 97, for those born before 2000 and since."""
    born = (int(century + digits[:9]) for century in ("", "2"))
    return len(digits) == 11 and any(97 - number % 97 == int(digits[9:]) for number in born)


def french(text: str) -> bool:
    """Check a NIR by 97; Corsica writes 2A for 19 and 2B for 18."""
    number = text[:13].replace("2A", "19").replace("2B", "18")
    return len(text) == 15 and number.isdigit() and 97 - int(number) % 97 == int(text[13:])


def spanish(text: str) -> bool:
    """Check a DNI or NIE by its letter."""
    number = text[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return len(number) == 8 and number.isdigit() and SPANISH[int(number) % 23] == text[-1]


def polish(digits: str) -> bool:
    """Check a PESEL by its weights."""
    return len(digits) == 11 and _weighed(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def _weighed(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _spelled(text: str) -> str:
    return "".join(str(int(sign, 36)) for sign in text)


def _is_date(year: str, month: str, day: str | int) -> bool:
    try:
        date(int(f"20{year}"), int(month), int(day))  # leap days of 19.. and 20.. agree
    except ValueError:
        return False
    return True


NATIONAL: tuple[Callable[[str], bool], ...] = (
    danish, swedish, norwegian, dutch, german, belgian, polish,
)  # fmt: skip


def personal(number: str) -> bool:
    """Check whether a number is any country's personal number."""
    if number.isdigit():
        return french(number) or any(check(number) for check in NATIONAL)
    return french(number) or spanish(number)
