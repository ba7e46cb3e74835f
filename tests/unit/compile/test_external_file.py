"""The file of an external model: where it may be, and how it is written."""

import pytest

from runner.compile.external_file import external_file
from runner.definitions.model_file import ModelConfig


def config(**stated: object) -> ModelConfig:
    return ModelConfig.model_validate({"materialized": "external", **stated})


@pytest.mark.parametrize(
    ("stated", "parts"),
    [
        ({}, ["m.parquet", "parquet", {}]),
        ({"format": "csv"}, ["m.csv", "csv", {}]),
        ({"location": "target/external/a/b.CSV"}, ["a/b.CSV", "csv", {}]),
        ({"location": "./target/external/b", "format": "csv"}, ["b", "csv", {}]),
        ({"format": "csv", "delimiter": "|"}, ["m.csv", "csv", {"delimiter": "|"}]),
        ({"options": {"compression": "zstd"}}, ["m.parquet", "parquet", {"compression": "zstd"}]),
    ],
)
def test_format_follows_the_location_and_the_location_the_format(stated, parts) -> None:
    assert external_file("m", config(**stated)).parts == parts


@pytest.mark.parametrize(
    "location",
    [
        *("/etc/passwd.csv", "out.csv", "target/external/../sent/x.csv", "../x.csv"),
        *("s3://bucket/x.csv", "target/warehouse.csv", "target/external/x\n.csv"),
        *("models/x.csv", "target/external"),
    ],
)
def test_file_elsewhere_is_refused_with_a_place_for_it(location: str) -> None:
    with pytest.raises(ValueError, match=r"expected a file below target/external"):
        external_file("m", config(location=location, format="csv"))


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"format": "json"}, "found format='json'. Allowed: csv, parquet"),
        ({"location": "target/external/x.xlsx"}, "found format='xlsx'. Allowed: csv, parquet"),
        ({"options": {"compresion": "gzip"}}, "Did you mean 'compression'"),
        ({"delimiter": ";"}, "unknown option 'delimiter' of a parquet file"),
    ],
)
def test_what_cannot_be_written_names_what_can(stated, message) -> None:
    with pytest.raises(ValueError, match=message):
        external_file("m", config(**stated))
