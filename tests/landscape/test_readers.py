"""What every reader must hold to."""

import pyarrow as pa
import pytest
from exported import BY_NAME, posts, read, rejects, row, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.readers import READERS, find, finding, lines, look
from headwater.landscape.shapes import RAW_POST, Part

each_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
BY_LINE = ("bluesky", "mastodon", "reddit", "tiktok", "x", "zeeschuimer", "table")
each_by_line = pytest.mark.parametrize("name", BY_LINE)


@each_reader
def test_a_sample_is_found_by_its_head_and_gives_sound_posts(reader, samples):
    own = sorted(samples.glob(f"{reader.name}*"))
    assert own
    for export in find([str(path) for path in own]):
        assert export.reader is reader
        batches = [batch for part in export.parts for batch in reader.read(part)]
        assert posts(batches)
        assert rejects(batches) == []
        for batch in batches:
            assert batch.rows.schema.equals(RAW_POST)
            batch.rows.validate(full=True)
            assert not any(
                batch.rows[field.name].null_count for field in RAW_POST if not field.nullable
            )


@each_reader
def test_nothing_in_gives_nothing_out(reader, tmp_path):
    empty = tmp_path / "empty"
    empty.touch()
    try:
        batches = list(reader.read(Part(empty)))
    except ExportError:
        return  # a table without columns, a feed without a root
    assert posts(batches) == []
    assert all(reason == "truncated file" for _, reason in rejects(batches))


@each_by_line
def test_a_bad_line_is_counted_told_and_passed(name, samples, tmp_path):
    good = (samples / f"{name}.ndjson").read_bytes()
    n_lines = good.count(b"\n")
    path = write(tmp_path, "broken.ndjson", good.rstrip(), b"my secret @name", good.rstrip())
    batches = read(name, path)
    assert rejects(batches) == [(n_lines + 1, "not JSON")]
    assert len(posts(batches)) == 2 * n_lines
    assert [post["record"] for post in posts(batches)] == [
        *range(1, n_lines + 1),
        *range(n_lines + 2, 2 * n_lines + 2),
    ]


@each_by_line
@pytest.mark.parametrize("size", [1, 7, 100, 1_000])
def test_parts_of_any_size_give_the_rows_of_one_part(name, size, samples):
    path = samples / f"{name}.ndjson"
    whole = pa.Table.from_batches([batch.rows for batch in read(name, path)])
    n_bytes = path.stat().st_size
    batches = [
        batch
        for start in range(0, n_bytes, size)
        for batch in read(name, path, start=start, stop=min(start + size, n_bytes))
    ]
    parts = pa.Table.from_batches([batch.rows for batch in batches], RAW_POST)
    assert parts.drop(["record"]).equals(whole.drop(["record"]))
    assert rejects(batches) == []


def test_a_large_file_of_lines_is_cut_into_parts_and_an_array_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "PART", 1_000)
    flat = write(tmp_path, "flat.ndjson", *(row(id=str(at)) for at in range(50)))
    array = tmp_path / "array.json"
    array.write_bytes(b"[" + flat.read_bytes().rstrip().replace(b"\n", b",\n") + b"]")
    in_array, in_lines = find([str(tmp_path)])
    assert (len(in_array.parts), len(in_lines.parts)) == (1, -(-flat.stat().st_size // 1_000))
    for export in (in_array, in_lines):
        found = [post for part in export.parts for post in posts(export.reader.read(part))]
        assert [post["post_id"] for post in found] == [str(at) for at in range(50)]


PIECES = st.sampled_from(
    [
        b'{"id":"a","text":"one","created_at":"2024-03-01T10:00:00Z"}',
        b'{"id":"b","text":"two","created_at":"2024-03-01T10:00:00Z"}\r',
        b'{"id":"a","text":"one"}',
        b'{"id":"a"',
        b'"created_at":1}',
        b'{"x":[{}',
        b"{}]}",
        b"{},{}",
        b"{}{}",
        b"NaN",
        b'{"text":"\xff"}',
        b"7302914655210",
    ]
)


@given(
    pieces=st.lists(PIECES | st.just(b"") | st.just(b"  "), max_size=40), block=st.integers(8, 200)
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None
)
def test_each_line_is_a_post_or_a_reject_whatever_stands_in_the_others(
    pieces, block, tmp_path, monkeypatch
):
    monkeypatch.setattr(lines, "BLOCK", block)
    first = b'{"id":"0","text":"first","created_at":"2024-03-01T10:00:00Z"}'
    path = write(tmp_path, "damaged.ndjson", first, *pieces)
    batches = read("table", path)
    written = [at for at, piece in enumerate(pieces, 2) if piece.strip()]
    told = [post["record"] for post in posts(batches)] + [at for at, _ in rejects(batches)]
    assert sorted(told) == [1, *written]
    sound = [at for at, piece in enumerate(pieces, 2) if b"10:00" in piece]
    assert sorted(post["record"] for post in posts(batches)) == [1, *sound]


@given(
    texts=st.lists(st.text(alphabet='"\\{}[],: abé\n', max_size=30), min_size=1, max_size=20),
    block=st.integers(1, 60),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None
)
def test_an_array_gives_its_elements_wherever_the_blocks_end(texts, block, tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "BLOCK", block)
    flat = write(tmp_path, "flat.ndjson", *(row(text, id=str(n)) for n, text in enumerate(texts)))
    array = tmp_path / "array.json"
    array.write_bytes(b"[\n" + flat.read_bytes().rstrip().replace(b"}\n", b"},\n") + b"]")
    found = posts(read("table", array))
    assert [post["text"] for post in found] == texts
    assert [post["record"] for post in found] == list(range(1, len(texts) + 1))


def test_a_file_of_another_kind_is_refused_with_its_name_and_the_way_out(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary\n")
    with pytest.raises(ExportError, match=r"notes\.txt.*FORMAT:"):
        find([str(path)])
    with pytest.raises(ExportError, match=r"notes\.txt"):
        list(BY_NAME["bluesky"].read(Part(path)))


def test_an_empty_file_is_told_as_such_if_it_was_named_and_left_if_not(tmp_path):
    (tmp_path / "posts.ndjson").touch()
    for wanted in ("{}", "bluesky:{}"):
        with pytest.raises(ExportError, match=r"posts\.ndjson: is empty, 0 bytes"):
            find([wanted.format(tmp_path / "posts.ndjson")])
    write(tmp_path, "others.ndjson", row())
    assert [path.name for path in look([str(tmp_path)]).unread] == ["posts.ndjson"]


def test_what_no_reader_knows_in_a_folder_is_left_and_told(tmp_path):
    write(tmp_path, "posts.ndjson", row())
    (tmp_path / "truth.json").write_text('{"prevalence": 0.1}')
    assert [export.path.name for export in find([str(tmp_path)])] == ["posts.ndjson"]
    assert [path.name for path in look([str(tmp_path)]).unread] == ["truth.json"]


@pytest.mark.parametrize(
    "wanted", ["nosuch:{}", "bluesky[text=a]:{}", "table[colour=a]:{}", "table[a]:{}"]
)
def test_a_format_that_is_none_is_refused(wanted, tmp_path):
    with pytest.raises(SettingsError):
        find([wanted.format(write(tmp_path, "posts.ndjson", row()))])


def test_a_table_takes_a_mapping_of_its_columns(tmp_path):
    path = write(tmp_path, "odd.ndjson", {"nr": 7, "words": "Hello", "on": 1_709_287_200})
    (export,) = find([f"table[text=words,time=on,id=nr]:{path}"])
    (part,) = export.in_zone("Europe/Copenhagen").parts
    assert export.reader.describe(part) == {
        "text": "words",
        "posted_at": "on (where it states no zone: Europe/Copenhagen)",
        "post_id": "nr",
    }
    (post,) = posts(export.reader.read(export.parts[0]))
    assert (post["post_id"], post["text"], post["platform"]) == ("7", "Hello", "table")


def test_a_table_without_a_text_names_the_columns_it_has(tmp_path):
    path = write(tmp_path, "odd.ndjson", {"nr": 7, "when": 1_709_287_200})
    with pytest.raises(ExportError, match=r"no column for text among nr, when.*table\[text="):
        list(BY_NAME["table"].read(Part(path)))
