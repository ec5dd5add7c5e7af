"""What stands against hostile and broken exports: each kind of damage has its reason."""

import gzip
import io
import resource
import stat
import sys
import time
import zipfile

import pytest
import zstandard
from exported import posts, read, rejects, row, write

from headwater.landscape.errors import ExportError
from headwater.landscape.readers import find, reasons
from headwater.landscape.shapes import Part

GOOD = row()
START = b'{"id":"r2","created_at":"2024-03-01T10:00:00Z","text":'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"my secret @name", "not JSON"),
        (START, "not JSON"),
        (START + b'"\xff"}', "not UTF-8"),
        (START + b'"a\x00b"}', "holds a NUL character"),
        (START + b'"a\\u0000b"}', "holds a NUL character"),
        (START + b'"\\ud800"}', "lone surrogate"),
        (START + b'"a","likes":NaN}', "not a number (NaN or infinite)"),
        (START + b'"a","likes":-Infinity}', "not a number (NaN or infinite)"),
        (START + b'"a","likes":1e400}', "not a number (NaN or infinite)"),
        (START + b'"a","likes":' + b"9" * 5_000 + b"}", "not a number (NaN or infinite)"),
        (b"[" * 100_000, "nested too deeply"),
        (START + b'"' + b"a" * (reasons.LIMIT + 1) + b'"}', "longer than 8 MiB"),
        (START + b'"a"} ' + START + b'"b"}', "more than one object on the line"),
        (START + b'"a"},' + START + b'"b"}', "more than one object on the line"),
        (b"7", "not an object"),
        (b'"text"', "not an object"),
        (START + b"[1]}", "wrong type: text"),
        (START + b'"a","likes":{}}', "wrong type: n_reactions"),
        (START + b'"a","author":true}', "wrong type: author"),
        (b'{"created_at":"2024-03-01T10:00:00Z","id":"r2"}', "no text field"),
        (b'{"text":"a","id":"r2"}', "no time"),
        (b'{"text":"a","created_at":"2024-03-01T10:00:00Z","id":""}', "no id"),
        (b'{"text":"a","created_at":[],"id":"r2"}', "wrong type: posted_at"),
        (b'{"text":"a","created_at":"soon","id":"r2"}', "time not readable"),
        (b'{"text":"a","created_at":"2024-06-30T23:59:60Z","id":"r2"}', "time not readable"),
        (b'{"text":"a","created_at":"0000-01-01T00:00:00Z","id":"r2"}', "time out of range"),
        (b'{"text":"a","created_at":"9999-12-31T00:00:00Z","id":"r2"}', "time out of range"),
        (b'{"text":"a","created_at":"1970-01-01T00:00:00Z","id":"r2"}', "time out of range"),
        (b'{"text":"a","created_at":-5,"id":"r2"}', "time out of range"),
    ],
)
def test_a_damaged_line_has_its_reason_and_the_others_live(line, reason, tmp_path):
    batches = read("table", write(tmp_path, "damaged.ndjson", GOOD, line, GOOD))
    assert rejects(batches) == [(2, reason)]
    assert [post["record"] for post in posts(batches)] == [1, 3]


@pytest.mark.parametrize(
    ("value", "id_read"), [(7, "7"), ("7", "7"), (2**63, str(2**63)), ("\u202e7", "\u202e7")]
)
def test_ids_may_be_numbers_or_texts_in_one_file(value, id_read, tmp_path):
    batches = read("table", write(tmp_path, "ids.ndjson", row(id="a"), row(id=value), row(id=1)))
    assert [post["post_id"] for post in posts(batches)] == ["a", id_read, "1"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u202eabc\u2066", "a" + "\u0301" * 500, "👩\u200d👧", "a\u2028b\x0bc", '"\\"'],
)
def test_odd_but_sound_texts_are_kept_as_they_are(text, tmp_path):
    (post,) = posts(read("table", write(tmp_path, "odd.ndjson", row(text))))
    assert post["text"] == text


@pytest.mark.parametrize(
    "written",
    [
        *("2024-03-01T10:00:00Z", "2024-03-01T11:00:00+01:00", "2024-03-01 10:00:00"),
        *("2024-03-01T10:00:00.000000000Z", "2024-03-01 10:00:00 UTC", "01.03.2024 10:00"),
        *("Fri Mar 01 10:00:00 +0000 2024", "Fri, 01 Mar 2024 10:00:00 GMT", "2024-03-01T10:00"),
        *(1_709_287_200, 1_709_287_200_000, 1_709_287_200_000_000, "1709287200", 1709287200.0),
    ],
)
@pytest.mark.parametrize("beside", ["2024-03-01T10:00:00Z", None])
def test_a_moment_is_read_however_it_is_written(written, beside, tmp_path):
    others = [row(created_at=beside)] if beside else []
    path = write(tmp_path, "times.ndjson", row(created_at=written), *others)
    for post in posts(read("table", path)):
        assert post["posted_at"].isoformat() == "2024-03-01T10:00:00+00:00"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\n\n \n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_blank_lines_and_a_byte_order_mark_do_no_harm(end, mark, tmp_path):
    line = write(tmp_path, "line", GOOD).read_text().strip()
    path = tmp_path / "ends.ndjson"
    path.write_bytes((mark + end.join([line] * 3) + end).encode())
    (export,) = find([str(path)])
    batches = list(export.reader.read(export.parts[0]))
    assert (len(posts(batches)), rejects(batches)) == (3, [])


def test_utf16_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,text,created_at\n", encoding="utf-16")
    with pytest.raises(ExportError, match="UTF-16; save it as UTF-8"):
        find([str(path)])


HEADER = b"id,text,created_at\n"
ROW = b'%d,"one, or\nanother",2024-03-01T10:00:00Z\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"2,a,2024-03-01,extra\n", "too many columns"),
        (b"2,a\n", "too few columns"),
        (b"2,caf\xe9,2024-03-01\n", "not UTF-8"),
        (b"2,a\0b,2024-03-01\n", "holds a NUL character"),
        (b"2," + b"a" * (reasons.LIMIT + 1) + b",2024-03-01\n", "longer than 8 MiB"),
    ],
)
def test_a_damaged_row_has_its_reason_and_the_others_live(line, reason, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(HEADER + ROW % 1 + line + ROW % 3)
    batches = read("table", path)
    assert rejects(batches) == [(2, reason)]
    assert [post["post_id"] for post in posts(batches)] == ["1", "3"]
    assert posts(batches)[0]["text"] == "one, or\nanother"


def test_an_open_quote_is_told_and_what_it_swallows_is_no_post(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(HEADER + ROW % 1 + b'2,"a,2024-03-01\n3,b,2024-03-01\n')
    batches = read("table", path)
    assert [post["post_id"] for post in posts(batches)] == ["1"]
    assert rejects(batches) == [(2, "quote never closed")]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_packed_file_is_read_up_to_its_break(pack, tmp_path):
    lines = write(tmp_path, "lines", *(row(id=str(at) * 9) for at in range(5_000))).read_bytes()
    for name, data in (("whole", pack(lines)), ("broken", pack(lines)[:-50])):
        (tmp_path / name).write_bytes(data)
    whole, broken = (read("table", tmp_path / name) for name in ("whole", "broken"))
    assert (len(posts(whole)), rejects(whole)) == (5_000, [])
    assert [reason for _, reason in rejects(broken)] == ["truncated file"]
    found = [post["post_id"] for post in posts(broken)]
    assert found == [str(at) * 9 for at in range(len(found))]
    assert rejects(broken)[0][0] == len(found) + 1


def test_an_array_that_breaks_off_is_read_up_to_its_break(tmp_path):
    array = b"[" + write(tmp_path, "lines", *[GOOD] * 9).read_bytes().replace(b"}\n", b"},\n")
    (tmp_path / "array.json").write_bytes(array[:-30])
    batches = read("table", tmp_path / "array.json")
    assert (len(posts(batches)), rejects(batches)) == (8, [(9, "truncated file")])


def test_the_files_in_a_zip_are_parts_of_their_own(tmp_path, samples):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("bluesky.ndjson", "table.ndjson", "mastodon.ndjson"):
            archive.write(samples / name, f"inside/{name}")
        archive.writestr("inside/README.txt", "About this archive\n")
    exports = find([str(path)])
    assert [export.reader.name for export in exports] == ["bluesky", "mastodon", "table"]
    n_posts = [len(posts(export.reader.read(export.parts[0]))) for export in exports]
    assert n_posts == [5, 3, 3]


ZEROS = b"\0" * (1 << 20)


def _gzip_bomb(path):
    with gzip.open(path, "wb") as file:
        for _ in range(1_500):
            file.write(ZEROS)


def _zstd_bomb(path):
    packer = zstandard.ZstdCompressor().compressobj()
    path.write_bytes(b"".join(packer.compress(ZEROS) for _ in range(4_000)) + packer.flush())


def _zip_bomb(path, name="posts.ndjson"):
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w") as file,
    ):
        for _ in range(500):
            file.write(ZEROS)


def _workbook_bomb(path):
    _zip_bomb(path, "xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")


def _with_member(name, data=b"{}", **about):
    def make(path):
        member = zipfile.ZipInfo(name)
        for key, value in about.items():
            setattr(member, key, value)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, data)

    return make


def _nested(path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("posts.ndjson", "{}")
    _with_member("inner.zip", inner.getvalue())(path)


def _crowd(path):
    with zipfile.ZipFile(path, "w") as archive:
        for at in range(10_001):
            archive.writestr(f"{at}.json", b"")


def _entities(path):
    names = "".join(f'<!ENTITY e{at + 1} "{f"&e{at};" * 10}">' for at in range(9))
    path.write_text(f'<!DOCTYPE rss [<!ENTITY e0 "ha">{names}]><rss><item>&e9;</item></rss>')


BOMBS = {
    "gzip": _gzip_bomb,
    "zstd": _zstd_bomb,
    "zip": _zip_bomb,
    "workbook": _workbook_bomb,
    "zip in a zip": _nested,
    "zip-slip": _with_member("../../etc/posts.ndjson"),
    "absolute path": _with_member("/etc/posts.ndjson"),
    "link": _with_member("posts.ndjson", external_attr=(stat.S_IFLNK | 0o777) << 16),
    "many files": _crowd,
    "entities": _entities,
}


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_with_little_work_and_memory(make, tmp_path):
    path = tmp_path / "bomb"
    make(path)
    memory, started = _peak_mebibytes(), time.process_time()
    with pytest.raises(ExportError, match="bomb"):
        for export in find([str(path)]):
            for part in export.parts:
                list(export.reader.read(part))
        for name in ("bluesky", "table"):  # by force
            read(name, path)
    assert time.process_time() - started < 2
    assert _peak_mebibytes() - memory < 200


def _peak_mebibytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)


def test_a_huge_line_is_passed_over_without_holding_it(tmp_path):
    path = tmp_path / "huge.ndjson"
    with path.open("wb") as file:
        file.write(write(tmp_path, "good", GOOD).read_bytes())
        for _ in range(300):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + write(tmp_path, "good", GOOD).read_bytes())
    memory = _peak_mebibytes()
    batches = read("table", path)
    assert [post["record"] for post in posts(batches)] == [1, 3]
    assert rejects(batches) == [(2, "longer than 8 MiB")]
    assert _peak_mebibytes() - memory < 200


def test_parquet_and_workbooks_give_their_rows(tmp_path):
    openpyxl, pq, pa = (pytest.importorskip(n) for n in ("openpyxl", "pyarrow.parquet", "pyarrow"))
    pq.write_table(pa.Table.from_pylist([row(), row(id="r2", text=None)]), tmp_path / "a.parquet")
    book = openpyxl.Workbook()
    for line in (list(GOOD), list(GOOD.values()), ["r2", "x", "2024-03-01", None]):
        book.active.append(line)
    book.save(tmp_path / "b.xlsx")
    for export in find([str(tmp_path)]):
        batches = list(export.reader.read(Part(export.path)))
        assert [post["post_id"] for post in posts(batches)] == ["r1"]
        assert rejects(batches) == [(2, "no text field")]
