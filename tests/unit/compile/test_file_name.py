"""The name of an exported file follows its template, and is a plain name (F1)."""

from datetime import datetime, timedelta, timezone

import pytest

from runner.compile.file_name import NamedFor, file_name
from runner.definitions.export_goal import ExportProfiles
from runner.errors import DefinitionError

STARTED = datetime(2024, 5, 2, 1, 30, tzinfo=timezone(timedelta(hours=2)))


def named(template: str, compression: str = "none") -> str:
    goal = ExportProfiles.model_validate(
        {
            "kind": "export_profiles",
            "name": "daily",
            "segment": "vip",
            "file_name": template,
            "format": {"compression": compression},
            "columns": [{"header": "ID", "profile_id": True}],
        }
    )
    return file_name(goal, NamedFor("shop", STARTED))


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("vip.csv", "vip.csv"),
        ("{segment}_{timestamp}.csv", "vip_20240501T233000Z.csv"),
        ("{connection}-{goal}.csv", "shop-daily.csv"),
        ("{timestamp:%Y%m%d}.csv", "20240501.csv"),
        ("a{{b}}.csv", "a{b}.csv"),
    ],
)
def test_placeholders_are_filled_in_utc(template: str, name: str) -> None:
    assert named(template) == name


def test_a_compressed_file_ends_in_gz_once() -> None:
    assert named("vip.csv", "gzip") == "vip.csv.gz"
    assert named("vip.csv.gz", "gzip") == "vip.csv.gz"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{segmnet}.csv", "unknown placeholder {segmnet}. Did you mean 'segment'?"),
        ("{0}.csv", "unknown placeholder {0}. Allowed here: build_id, change, connection, goal"),
        ("{segment.x}.csv", "unknown placeholder {segment.x}"),
        ("{segment:>9}.csv", "{segment} takes no format"),
        ("{timestamp!r}.csv", "{timestamp} takes no format"),
        ("vip}.csv", "write {{ for a brace"),
        ("../vip.csv", "the name leads outside the listed directory"),
        ("{timestamp:%Y/%m}.csv", "the name leads outside the listed directory"),
        ("..", "the name is not that of a file"),
        ("", "the name is not that of a file"),
        ("vip\n.csv", "the name has control characters"),
        ("a\\b.csv", "outside the directory on some servers"),
        (" vip.csv", "begins or ends with a blank"),
    ],
)
def test_what_is_no_name_for_a_file_is_refused(template: str, message: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        named(template)
    assert message in str(raised.value)
