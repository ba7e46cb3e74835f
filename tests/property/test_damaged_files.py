"""Every line of any file is read as it was written, or set aside; none is lost or wrong (R2, R7)."""

import json
import os
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.property.damaged_files import WrittenFile, damaged_files
from tests.property.ground import ground
from tests.thorough import drawn, examples
from tests.unit.stage.readings import read_records

PROPERTIES = "id: {identifier: true}\nfirst: text\nsecond: text\n"
GOAL = """\
- name: file_{number}
  kind: import_profiles
  files: {{rows: file_{number}.csv}}
  format: {form}
  identify: {{by: [{{id: "rows.id || '-{number}'"}}]}}
  map: {{first: rows.first, second: rows.second}}
"""


def books(file: WrittenFile) -> tuple[int, int, int, int]:
    return file.lines, len(file.rows), file.blank, file.rejected


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_files())
def test_the_record_reader_reads_what_was_written_and_sets_the_rest_aside(
    file: WrittenFile,
) -> None:
    reading = read_records(file.data, **file.stated)
    book = reading.staged
    assert [(line, tuple(values[:3])) for line, values in reading.rows] == file.rows
    assert {int(reject[0]): reject[3] for reject in reading.rejects} == file.aside
    assert (book.lines, book.records, book.blank, book.rejected) == books(file)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn(st.lists(damaged_files(), min_size=1, max_size=4)))
def test_a_build_applies_what_was_written_and_lists_the_rest(files: list[WrittenFile]) -> None:
    """Whichever reader a build takes, the engine or the record reader."""
    goals = "".join(
        GOAL.format(number=number, form=json.dumps(file.stated))
        for number, file in enumerate(files)
    )
    with ground(PROPERTIES, goals) as shop:
        for number, file in enumerate(files):
            path = shop.folder / "drop" / f"file_{number}.csv"
            path.write_bytes(file.data)
            os.utime(path, (shop.moment, shop.moment))
        build = shop.build()
        for number, file in enumerate(files):
            goal = shop.goal(build, f"file_{number}")
            (book,) = goal.files
            assert (book.lines, book.records, book.blank, book.rejected) == books(file)
            assert book.lines == book.header + _record_lines(file) + book.blank + book.rejected
            assert sum(goal.outcomes.values()) == goal.rows == len(file.rows)
            found = shop.rows(
                f"select id, first, second from profiles where id like '%-{number}' order by id"
            )
            assert found == sorted(
                (f"{values[0]}-{number}", *(value or None for value in values[1:]))
                for _, values in file.rows
            )
            rejects = shop.rows(
                f"select line, reason from runner.rejects where goal = 'shop.file_{number}'"
            )
            assert dict(rejects) == file.aside
        again = shop.build()
        assert {node.status for node in again.nodes} == {"unchanged"}


def _record_lines(file: WrittenFile) -> int:
    texts = ["".join(values).replace("\r\n", "\n") for _, values in file.rows]
    return sum(1 + Counter(text)["\n"] for text in texts)
