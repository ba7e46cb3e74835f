import pytest

from runner.stage.record import RecordParser
from tests.unit.stage.readings import read_records, staged

THREE = {"header": ["a", "b", "c"]}


def values(text, **stated):
    return read_records(text.encode(), **{**THREE, **stated}).values


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("1,2,3", {}, ["1", "2", "3"]),
        (" 1 ,  ,\t3", {}, [" 1 ", "  ", "\t3"]),
        ("1||2|x||3", {"separator": "||"}, ["1", "2|x", "3"]),
        ("1|||2||3", {"separator": "||"}, ["1", "|2", "3"]),
        ("1 2 3", {"separator": " "}, ["1", "2", "3"]),
        ('1 "2 x" 3', {"separator": " "}, ["1", "2 x", "3"]),
        ("1\t\t3", {"separator": "\t"}, ["1", "", "3"]),
        ('"1","2","3"', {}, ["1", "2", "3"]),
        ('"1","2,x","3"', {}, ["1", "2,x", "3"]),
        ('"1";"2,x";"3"', {"separator": ";"}, ["1", "2,x", "3"]),
        ("'1','2\"x','3'", {"quote": "'"}, ["1", '2"x', "3"]),
        ('1,"2""x",3', {}, ["1", '2"x', "3"]),
        ("1,'2''x',3", {"quote": "'"}, ["1", "2'x", "3"]),
        ('"","",""', {}, ["", "", ""]),
        ('1,"",3', {}, ["1", "", "3"]),
        ('1,"""",3', {}, ["1", '"', "3"]),
        ('1,2"x"y,3', {}, ["1", '2"x"y', "3"]),
        ('"1,2",3', {"quote": ""}, ['"1', '2"', "3"]),
        ("1;2,5;3", {"separator": ";"}, ["1", "2,5", "3"]),
        ('1;2"x;3', {"separator": ";"}, ["1", '2"x', "3"]),
        (r'1,"2\"x",3', {"escape": "\\"}, ["1", '2"x', "3"]),
        (r'1,"2\\",3', {"escape": "\\"}, ["1", "2\\", "3"]),
        (r'"C:\temp",2\n,3', {"escape": "\\"}, [r"C:\temp", r"2\n", "3"]),
        (r"1\,x,2\"y,3\\", {"escape": "\\"}, ["1,x", '2"y', "3\\"]),
        (r"1\||x||2||3", {"escape": "\\", "separator": "||"}, ["1||x", "2", "3"]),
        (r"1\,x,2,3", {"escape": "\\", "quote": ""}, ["1,x", "2", "3"]),
        ('"1"x","2",3', {"escape": "", "quote": "'"}, ['"1"x"', '"2"', "3"]),
    ],
)
def test_r1_fields_of_each_dialect(text, stated, expected):
    assert values(text + "\n", **stated) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"1" , "2"  ,3', ["1", "2", "3"]),
        ('1,  "2",3', ["1", '  "2"', "3"]),
    ],
)
def test_leniency_is_that_of_the_engine(text, expected):
    assert values(text + "\n") == [expected]


def test_line_ends_may_be_mixed_and_lines_keep_their_numbers():
    reading = read_records(b"a,b\r\n1,2\r3,4\n\r\n5,6", header=True)
    assert reading.rows == [(2, ["1", "2"]), (3, ["3", "4"]), (5, ["5", "6"])]
    assert reading.staged.blank == 1


def test_quoted_line_ends_are_kept_and_counted():
    reading = read_records(b'a,b\n1,"x\r\ny\rz\n"\n2,w\n')
    assert reading.rows == [(2, ["1", "x\r\ny\rz\n"]), (6, ["2", "w"])]
    book = reading.staged
    assert (book.records, book.record_lines, book.lines, book.rejected) == (2, 5, 6, 0)


def test_other_line_separators_of_unicode_end_no_line():
    text = "1,\u2028\x0b\x0c\x85\x1c,3\n"
    assert values(text) == [["1", "\u2028\x0b\x0c\x85\x1c", "3"]]


@pytest.mark.parametrize(
    ("line", "reject"),
    [
        ("1,2", ["3", "c", "too_few_fields", "1,2"]),
        ('"1"', ["2", "b", "too_few_fields", '"1"']),
        ("1,2,3,4", ["4", "", "too_many_fields", "1,2,3,4"]),
        ("1,2,3, ", ["4", "", "too_many_fields", "1,2,3, "]),
        ('1,"2"x,3', ["2", "b", "text_after_quote", '1,"2"x,3']),
        ('1,"2,3', ["2", "b", "unclosed_quote", '1,"2,3']),
        ("1,2,\0", ["3", "c", "nul", "1,2,\\x00"]),
    ],
)
def test_r2_line_that_does_not_fit_is_set_aside_alone(line, reject):
    reading = read_records(f"a,b,c\n0,0,0\n{line}\n9,9,9\n".encode())
    assert reading.values == [["0", "0", "0"], ["9", "9", "9"]]
    assert reading.rejects == [["3", *reject]]
    assert reading.staged.rejected == 1


@pytest.mark.parametrize(
    ("encoding", "line", "shown"),
    [
        ("utf-8", b"1,\xe9,3", r"1,\xe9,3"),
        ("cp1252", b"1,\x81,3", r"1,\x81,3"),
        ("ascii", b"1,\xff,3", r"1,\xff,3"),
        ("shift_jis", b"1,\xff,3", r"1,\xff,3"),
    ],
)
def test_r2_bad_byte_sets_one_line_aside(encoding, line, shown):
    reading = read_records(b"a,b,c\n" + line + b"\n9,9,9\n", encoding=encoding)
    assert reading.values == [["9", "9", "9"]]
    assert reading.rejects == [["2", "2", "b", "bad_byte", shown]]


def test_bad_byte_inside_a_record_of_two_lines_sets_the_record_aside():
    reading = read_records(b'a,b\n1,"x\n\xff"\n2,w\n')
    assert reading.values == [["2", "w"]]
    assert reading.rejects == [["2", "2", "b", "bad_byte", '1,"x\n\\xff"']]
    assert reading.staged.rejected == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_f7_encodings_with_a_byte_order_mark(encoding):
    text = "\ufeff" * (encoding == "utf-16-le") + 'naam\n"Zoë\u010d"\n\U0001f600\n'
    reading = read_records(text.encode(encoding), encoding=encoding)
    assert reading.staged.header == ("naam",)
    assert reading.values == [["Zoë\u010d"], ["\U0001f600"]]


def test_utf_16_cut_in_the_middle_of_a_character_is_a_bad_byte():
    reading = read_records("a\nb\nc".encode("utf-16-le")[:-1], encoding="utf-16-le")
    assert reading.values == [["b"]]
    assert reading.rejects == [["3", "1", "a", "bad_byte", r"\x63"]]


def test_windows_1252():
    assert read_records("a;b\n€;é\n".encode("cp1252"), encoding="cp1252", separator=";").values == [
        ["€", "é"]
    ]


def test_blank_lines_are_counted_as_blank():
    reading = read_records(b"a,b\n\n1,2\n  \t\n\r\n")
    assert reading.values == [["1", "2"]]
    assert (reading.staged.blank, reading.staged.rejected) == (3, 0)


def test_line_of_separators_alone_is_a_record():
    for data in (b"a\tb\n\t\n", b"a\tb\n\t\n\xff\n"):
        assert read_records(data, separator="\t").values == [["", ""]]


def test_in_a_file_of_one_column_only_an_empty_line_is_blank():
    reading = read_records(b'a\nx\n\n  \n""\n')
    assert reading.values == [["x"], ["  "], [""]]
    assert reading.staged.blank == 1


def test_stray_quote_costs_one_line_only():
    lines = [f"{n},{n}" for n in range(3000)]
    lines[5] = '5,"5'
    reading = read_records("\n".join(["a,b", *lines]).encode())
    assert reading.rejects == [["7", "2", "b", "unclosed_quote", '5,"5']]
    assert len(reading.rows) == 2999


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('2,5"Table, round"', 2),
        ('5"Table, round",2', 1),
        ('2,5"Table ""big"", round"', 2),
        ('2,5"""Big"" table, round" ', 2),
        ('2,  "Table, round"', 2),
    ],
)
def test_r2_a_separator_lost_before_a_quoted_value_shifts_no_column(line, column):
    reading = read_records(f"a,b,c\n1,2,3\n{line}\n".encode())
    assert reading.values == [["1", "2", "3"]]
    assert reading.rejects == [["3", str(column), "abc"[column - 1], "lost_separator", line]]


@pytest.mark.parametrize(
    "line", ['1,5" pipe,red', '1,5",3"', '1,the "best",3"', '1,  "2",  "3"', '1,5" pipe,"3"']
)
def test_inch_marks_and_quoted_words_are_text(line):
    assert len(read_records(f"a,b,c\n{line}\n".encode()).values) == 1


@pytest.mark.parametrize("line", ['1,"2" "x",3', '1,"2" "",3', '1,"" "x, y"', '"1"  "2",3,4'])
def test_r2_text_after_a_closing_quote_is_no_value_also_in_quotes(line):
    reading = read_records(f"a,b,c\n{line}\n".encode())
    assert (reading.values, reading.rejects[0][3]) == ([], "text_after_quote")


def test_r2_quoted_value_of_too_many_lines_is_set_aside_to_its_closing_quote():
    short = read_records(b'a,b\n1,"' + b"x\n" * 999 + b'"\n')
    assert (short.staged.records, short.staged.record_lines) == (1, 1000)
    long = read_records(b'a,b\n1,"' + b"x,y\n" * 1500 + b'"\n2,3\n')
    assert [reject[:4] for reject in long.rejects] == [["2", "", "", "too_many_lines"]]
    assert long.rows == [(1503, ["2", "3"])]


def test_r2_quoted_value_longer_than_a_record_is_set_aside_to_its_closing_quote():
    long = b'1,"' + b"x,y\n" * 3_000_000 + b'"\n'
    reading = read_records(b"a,b\n0,0\n" + long + b'2,3\n4,"5\n6,7\n')
    assert reading.rows == [(2, ["0", "0"]), (3_000_004, ["2", "3"]), (3_000_006, ["6", "7"])]
    assert [reject[:4] for reject in reading.rejects] == [
        ["3", "", "", "too_long"],
        ["3000005", "2", "b", "unclosed_quote"],
    ]


def test_r2_a_value_between_empty_extra_fields_is_not_dropped():
    reading = read_records(b"a,b\n1,2,,\n3,4,,\n5,6,x,\n7,8,,\n")
    assert reading.values == [["1", "2"], ["3", "4"], ["7", "8"]]
    assert [reject[3] for reject in reading.rejects] == ["too_many_fields"]


@pytest.mark.parametrize("by_records", [True, False])
@pytest.mark.parametrize("header", [True, ["id", "name"]])
def test_r1_two_byte_order_marks_belong_to_no_value(header, by_records, tmp_path):
    names = b"id,name\n" if header is True else b""
    data = b"\xef\xbb\xbf" * 2 + names + b"1,An\n"
    file = staged(data, tmp_path, by_records=by_records, header=header)
    assert file.header == ("id", "name")
    assert file.is_clean
    assert file.local_path.read_text() in ("1,1,An\n", "2,1,An\n")


def test_work_for_a_line_is_bounded_where_each_has_a_broken_quote(monkeypatch):
    parsed = []
    take = RecordParser._run

    def counted(parser, text, at, fields):
        parsed.append(at)
        return take(parser, text, at, fields)

    monkeypatch.setattr(RecordParser, "_run", counted)
    reading = read_records(b"a,b,c\n" + b'x","\n' * 5000)
    assert reading.staged.rejected == 5000
    assert len(parsed) < 8 * 5000


def test_record_of_two_lines_with_too_few_fields_is_set_aside_whole():
    reading = read_records(b'a,b,c\n1,"x\n7,8,9"\n4,5,6\n')
    assert reading.values == [["4", "5", "6"]]
    assert reading.rejects == [["2", "3", "c", "too_few_fields", '1,"x\n7,8,9"']]
    assert reading.staged.rejected == 2


def test_line_longer_than_the_engine_takes_is_set_aside():
    long = b"1," + b"x" * 2_500_000
    reading = read_records(b"a,b\n" + long + b"\r\n2,3\n")
    assert reading.values == [["2", "3"]]
    assert reading.rejects[0][:4] == ["2", "", "", "too_long"]
    assert len(reading.rejects[0][4]) == 65_536
    assert reading.staged.lines == 3


def test_line_longer_than_any_block_ends_the_file():
    reading = read_records(b"a,b\n" + b"x" * 9_000_000)
    assert reading.rows == []
    assert (reading.staged.rejected, reading.staged.lines) == (1, 2)


def test_line_that_grows_too_long_by_its_quotes_is_set_aside():
    reading = read_records(b"a,b\n1," + b"x" + b'"' * 1_200_000 + b"\n2,3\n")
    assert reading.values == [["2", "3"]]
    assert reading.rejects[0][3] == "too_long"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_file_of_several_blocks_keeps_all_lines(end):
    count = 30_000
    pad = b"x" * 90
    lines = [b'%d,"%b%b%b"' % (n, pad, end, pad) for n in range(count)]
    reading = read_records(end.join([b"a,b", *lines]))
    value = (pad + end + pad).decode()
    assert reading.rows == [(2 * n + 2, [str(n), value]) for n in range(count)]


@pytest.mark.parametrize(
    "line", ["id,name,city", '"id","name","city"', 'id,"name",city', " id , name,city ,"]
)
def test_r2_a_header_that_comes_again_is_no_data(line):
    data = f"id,name,city\n1,a,b\n{line}\n2,name,city\n".encode()
    reading = read_records(data)
    assert reading.values == [["1", "a", "b"], ["2", "name", "city"]]
    assert [reject[3] for reject in reading.rejects] == ["repeated_header"]
    assert reading.rejects_as_sent == b""


def test_a_header_of_one_column_that_comes_again_is_no_data():
    assert read_records(b"id\n1\nid\nid2\n").values == [["1"], ["id2"]]


def test_names_that_are_stated_are_no_data_either():
    reading = read_records(b"1,2,3\na,b,c\n", **THREE)
    assert reading.values == [["1", "2", "3"]]


@pytest.mark.parametrize("line", ["7,,8,", "7,8,9,", '7,8,9,,""', "7,8,9, , "])
def test_r2_a_separator_too_many_and_no_last_value_shifts_no_column(line):
    before = "1,2,3\n4,5,6\n"
    for data in (before + line, line, line + "\n" + before):
        reading = read_records(f"{data}\n".encode(), header=["a", "b", "c"])
        assert all(values[0] != "7" for values in reading.values)
        assert [reject[3] for reject in reading.rejects] == ["too_many_fields"]


def test_r2_a_separator_after_each_line_is_no_column_and_none_may_be_lost_before():
    reading = read_records(b"a,b,c\n1,2,3,\n4,,6,\n7,8,\n10,,11,12,\n13,14,15\n16,,,\n17,,,\n")
    assert [row[0] for row in reading.values] == ["1", "4", "13", "16", "17"]
    assert reading.values[:2] == [["1", "2", "3"], ["4", "", "6"]]
    assert [reject[0] for reject in reading.rejects] == ["4", "5"]


def test_r2_what_follows_a_quote_that_closed_too_late_is_read_only_where_it_is_in_order():
    data = b'a,b,c\n1,2,"x\ny"3,4,5\n6,7,"z"\n8,"9\n10,"11",12\n13,1"4,15\n'
    reading = read_records(data)
    assert reading.values == [["6", "7", "z"], ["10", "11", "12"], ["13", '1"4', "15"]]
    assert [(reject[0], reject[3]) for reject in reading.rejects] == [
        ("2", "text_after_quote"), ("3", "text_after_quote"), ("5", "text_after_quote"),
    ]  # fmt: skip


def test_fields_below_no_name_may_be_lacking():
    reading = read_records(b"id,name,,\n1,a\n2,b,\n3,c,,\n4\n5,d,x,y\n")
    assert reading.staged.header == ("id", "name", "column_3", "column_4")
    assert reading.values == [
        ["1", "a", "", ""], ["2", "b", "", ""], ["3", "c", "", ""], ["5", "d", "x", "y"],
    ]  # fmt: skip
    assert [reject[3] for reject in reading.rejects] == ["too_few_fields"]


@pytest.mark.parametrize(
    ("encoding", "line", "offset"),
    [
        ("utf-8", b"\xc3\xa9,\xff,3", 3),
        ("utf-8-sig", b"1,2\0,3", 3),
        ("cp1252", b"\xe9,\x81,3", 2),
        ("utf-16-le", "\u00e9,".encode("utf-16-le") + b"\x00\xdc" + ",3".encode("utf-16-le"), 4),
    ],
)
def test_r2_a_bad_byte_is_reported_with_its_offset_in_the_line(encoding, line, offset):
    head, end = "a,b,c\n".encode(encoding), "\n".encode(encoding.removesuffix("-sig"))
    reading = read_records(head + line + end, encoding=encoding)
    assert reading.values == []
    assert reading.offsets == [offset]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_what_is_sent_again_is_as_it_was_written_and_reads_the_same(encoding):
    text = "made today\r\n'i;d';b\r\n1;'x;\r\ny'\r\n\r\n2\r\n3;'\u00e9'z\r\n4;5;6"
    stated = {"separator": ";", "quote": "'", "encoding": encoding, "skip_lines": 1}
    reading = read_records(text.encode(encoding), **stated)
    assert [reject[0] for reject in reading.rejects] == ["6", "7", "8"]
    kept = "made today\r\n'i;d';b\r\n2\r\n3;'\u00e9'z\r\n4;5;6\n"
    assert reading.rejects_as_sent == kept.encode(encoding)
    again = read_records(reading.rejects_as_sent, **stated)
    assert [reject[3] for reject in again.rejects] == [reject[3] for reject in reading.rejects]


def test_bad_bytes_are_sent_again_as_they_came():
    data = b"a,b\n1,\xff\xfe\n2,\0\n"
    assert read_records(data).rejects_as_sent == data


@pytest.mark.parametrize("again", ['"4","5","6"', "4,5,6", ' "4",5,6'])
def test_r1_a_mark_in_the_middle_of_a_file_belongs_to_no_value(again):
    assert values(f"1,2,3\n\ufeff{again}\n7,8,9\n") == [
        ["1", "2", "3"],
        ["4", "5", "6"],
        ["7", "8", "9"],
    ]
