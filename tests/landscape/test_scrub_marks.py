"""What leaves a text, in which disguise, and what stays."""

# ruff: noqa: RUF001  (disguises look like what they are not)

from itertools import product

import phonenumbers
import pyarrow as pa
import pytest

from headwater.landscape import scrub
from headwater.landscape.scrub import checksums


def cleaned(text):
    return scrub.texts(pa.array([text])).to_pylist()[0]


def told(kind, *texts):
    return [(text, f"x {kind} y") for text in texts]


MARKS = [
    *told(
        "<link>",
        "https://example.org/anna?a=1#b",
        "HTTP://EXAMPLE.ORG",
        "www.example.org/anna",
        "example.org/anna",
        "anna-hansen.dk",
        "EXAMPLE.DK",
        "müller.de",
        "пример.рф/а",
        "t.me/anna",
        "hxxps://example.org/anna",
        "https://example.org/user@host/anna",
        "ｈｔｔｐｓ：／／example.org/anna",
    ),
    *told(
        "<email>",
        "anna@example.org",
        "ANNA.HANSEN+x@EXAMPLE.CO.UK",
        "o'brien@example.org",
        '"anna hansen"@example.org',
        "jürgen@müller.de",
        "анна@пример.рф",
        "anna＠example．org",
        "an\u200bna@exam\u200bple.org",
        "anna (at) example dot org",
        "anna[at]example[dot]org",
        "anna(at)example.org",
        "anna at example dot org",
        "anna dot hansen at example dot org",
        "anna AT example DOT co DOT uk",
        "anna snabel-a example punktum dk",
        "anna (ät) example punkt de",
        "anna arroba example punto es",
        "anna @ example.org",
        "anna%40example.org",
    ),
    *told(
        "<handle>",
        "@anna",
        "@Anna_K99",
        "@anna.hansen-k",
        "＠anna",
        "@\u200banna",
        "@a\u2060nna",
        "@ａｎｎａ",
        "@ⓐⓝⓝⓐ",
        "@анна",
        "@anna@example.social",
        "anna.bsky.social",
        "@anna.bsky.social",
        "did:plc:z72i7hdynmk6r22z27h6tvur",
        "u/anna_k",
        "/u/anna_k",
        "hello@anna_k99",
    ),
    *told(
        "<phone>",
        "+45 12 34 56 78",
        "+4512345678",
        "0045 12 34 56 78",
        "+45-12.34.56.78",
        "+45\u00a012\u00a034\u00a056\u00a078",
        "+45\u201012\u201034\u201056\u201078",
        "+44 (0)20 7946 0958",
        "(020) 7946 0958",
        "+1 (212) 555-0199",
        "(212) 555-0199",
        "12 34 56 78",
        "12345678",
        "1234 5678",
        "412 34 567",
        "0171 2345678",
        "030/1234567",
        "06-12345678",
        "0470 12 34 56",
        "070-123 45 67",
        "01.12.03.19.74",
        "612 345 678",
        "347 1234567",
        "22 123 45 67",
        "１２３４５６７８",
        "1\u200b2\u200b3\u200b4\u200b5678",
        "2\ufe0f\u20e30\ufe0f\u20e33\ufe0f\u20e30\ufe0f\u20e34\ufe0f\u20e30\ufe0f\u20e35\ufe0f\u20e30\ufe0f\u20e3",
        "٢٠٣٠٤٠٥٠",
    ),
    *told(
        "<iban>",
        "DK50 0040 0440 1162 43",
        "dk5000400440116243",
        "NL91 ABNA 0417 1643 00",
        "DE89 3704 0044 0532 0130 00",
        "GB29NWBK60161331926819",
        "FR14 2004 1010 0505 0001 3M02 606",
    ),
    *told("<card>", "4111 1111 1111 1111", "4111111111111111", "3782 822463 10005"),
    *told(
        "<id>",
        "010190-1234",
        "0101901234",
        "123456782",
        "86 095 742 719",
        "85.07.30-033.28",
        "1 85 05 78 006 084 36",
        "12345678Z",
        "X1234567L",
        "RSSMRA85T10A562S",
        "44051401359",
        "811218-9876",
        "131052-308T",
        "QQ 12 34 56 C",
        "01019010046",
        "756.9217.0769.85",
        "192.168.10.201",
        "100004567890123456",
    ),
]


@pytest.mark.parametrize(("mark", "scrubbed"), MARKS)
def test_a_mark_is_replaced_by_its_kind(mark, scrubbed):
    assert cleaned(f"x {mark} y") == scrubbed
    assert cleaned(mark) == scrubbed[2:-2]


@pytest.mark.parametrize("edge", [*"(!:;,.\"'/…“>👍\u00a0\n"])
def test_a_handle_ends_where_the_sentence_goes_on(edge):
    assert cleaned(f"x{edge}@anna_k{edge} y") == f"x{edge}<handle>{edge} y"


NUMBERS = [
    "2024-03-12 14:00",
    "12.03.2024 kl. 14.30",
    "03/31/2024",
    "12/3-15/3 2024",
    "12.03.2024-15.03.2024",
    "1939-1945",
    "2019, 2020 2021",
    "2023/24",
    "kl. 14.00-16.30",
    "14:00-16:30",
    "3-2 og 2-1",
    "6-4 3-6 7-6 6-2",
    "1 234 567 kr",
    "12.345.678 stemmer",
    "12 345 678",
    "1,234,567 votes",
    "1234567 views",
    "kr. 1234567",
    "€ 1.234.567,89",
    "1234567 kr.",
    "112",
    "100 %",
    "1 000 000",
    "3,5 mio",
    "10-12 personer",
    "COVID-19 2020",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_that_names_nobody_stays(text):
    assert cleaned(f"x {text} y") == f"x {text} y"


WORDS = [
    "n@zi f@ggot r@pe isl@m",
    "slut.De kom hjem",
    "f.eks. bl.a. z.B. e.g. ca.30",
    "og/eller and/or you/me r/denmark 24/7",
    "look at this dot on the map",
    "at this point in time",
    "mand (at ingen ved det) går",
    "👨\u200d👩\u200d👧 👍🏽 n\u0303 é e\u0301",
    "Anna Hansen bor her",
    "a @ b",
    "<3 :) :/ ://",
]


@pytest.mark.parametrize("text", WORDS)
def test_words_stay(text):
    assert cleaned(text) == text


REGIONS = [
    "DK",
    "DE",
    "NL",
    "BE",
    "FR",
    "GB",
    "SE",
    "NO",
    "FI",
    "ES",
    "IT",
    "PL",
    "AT",
    "CH",
    "US",
    "IE",
    "PT",
    "CZ",
]
TYPES = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
FORMS = (
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.E164,
)


@pytest.mark.parametrize("region", REGIONS)
def test_a_phone_number_goes_in_each_form_its_country_writes(region):
    for kind, form in product(TYPES, FORMS):
        number = phonenumbers.example_number_for_type(region, kind)
        text = f"Ring til mig på {phonenumbers.format_number(number, form)} i aften, tak 3"
        assert cleaned(text) in {
            f"Ring til mig på {mark} i aften, tak 3" for mark in ("<phone>", "<id>")
        }


LONG_LINES = ["1", "1 ", "12 ", "123 456 ", "123.", "1-2 ", "a@", "+1", "(", "12.03.2024 ", "DK50 "]


@pytest.mark.parametrize("piece", LONG_LINES)
def test_a_long_line_of_one_piece_comes_to_an_end(piece):
    once = cleaned(piece * 2_000)
    assert cleaned(once) == once


def test_marks_in_a_row_each_go():
    text = "@anna @bo, +45 20 30 40 50 20 30 40 51 (a@example.org)."
    assert cleaned(text) == "<handle> <handle>, <phone> <phone> (<email>)."


CHECKS = [
    (checksums.iban, "DK5000400440116243"),
    (checksums.luhn, "4111111111111111"),
    (checksums.norwegian, "01019010046"),
    (checksums.dutch, "123456782"),
    (checksums.german, "86095742719"),
    (checksums.belgian, "85073003328"),
    (checksums.french, "184127645108946"),
    (checksums.spanish, "12345678Z"),
    (checksums.polish, "44051401359"),
    (checksums.swedish, "8112189876"),
]


@pytest.mark.parametrize(("check", "number"), CHECKS)
def test_a_checksum_refuses_every_single_wrong_digit(check, number):
    assert check(number)
    last = [place for place, sign in enumerate(number) if sign.isdigit()][-1]
    for digit in set("0123456789") - {number[last]}:
        assert not check(number[:last] + digit + number[last + 1 :])


def test_a_danish_number_holds_a_date():
    assert checksums.danish("2902001234")
    assert not checksums.danish("3102001234")
