"""`selectors.yml` in dbt's form, and its mistakes at their lines."""

import pytest

from runner.definitions.declaration import read_declaration
from runner.definitions.document import read_document
from runner.definitions.selector import Selection, SelectorsFile, selections

TEXT = """\
selectors:
  - name: nightly
    description: What runs at night
    default: true
    definition:
      union:
        - method: tag
          value: nightly
          parents: true
          children: true
          children_depth: 2
        - config.materialized: incremental
        - intersection:
            - "+vip"
            - {method: selector, value: people}
        - exclude: [{method: path, value: models/marts}]
  - name: people
    definition: "connection:shop"
"""


def read(tmp_path, text):
    path, faults = tmp_path / "selectors.yml", []
    path.write_text(text)
    document = read_document(path, "selectors.yml", faults)
    found = selections(read_declaration(SelectorsFile, document, faults), faults)
    return found, [str(fault).removeprefix("selectors.yml:") for fault in faults]


def test_definitions_are_read_as_dbt_reads_them(tmp_path):
    found, faults = read(tmp_path, TEXT)
    assert faults == []
    assert found["people"] == Selection("text", "connection:shop")
    assert found["nightly"].texts == (
        *("+tag:nightly+2", "config.materialized:incremental", "+vip", "selector:people"),
        "path:models/marts",
    )
    assert [part.kind for part in found["nightly"].parts] == ["text", "text", "intersection"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("tagg: x", "3:18: unknown selection method 'tagg'. Did you mean 'tag'?"),
        ("method: tag", "3:17: expected both `method` and `value`"),
        ("method: tag, value: x, parent: 1", "3:41: unknown key `parent`. Did you mean 'parents'?"),
        ("union: tag", "3:17: expected a list below `union`, and nothing beside it"),
        ("selector: b", "3:18: there is no selector 'b'. Declared: a"),
        ("selector: a", "3:18: the selector 'a' refers to itself"),
        ("source_status: fresher", "3:18: the method `source_status` of dbt has no meaning here:"),
        (
            "method: tag, value: x, indirect_selection: eager",
            "3:41: `indirect_selection` is always `cautious`: leave it out",
        ),
    ],
)
def test_mistakes_are_reported_at_their_line(tmp_path, written, message):
    _, faults = read(tmp_path, f"selectors:\n  - name: a\n    definition: {{{written}}}\n")
    assert len(faults) == 1
    assert faults[0].startswith(message)
