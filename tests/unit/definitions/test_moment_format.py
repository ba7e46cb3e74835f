"""A format that lacks a part of its type is refused where it is declared."""

import pytest
from pydantic import ValidationError

from runner.definitions.format import ExportFormat, Format


@pytest.mark.parametrize(
    ("key", "written", "expected"),
    [
        ("date_format", "%d-%m", "a date needs the year (%Y) as well"),
        ("date_format", "%m-%Y", "a date needs the day (%d) as well"),
        ("date_format", "%Y-%M-%d", "a date needs the month (%m) as well"),
        ("date_format", "%Y", "a date needs the month (%m) as well"),
        ("date_format", "%H:%M", "a date needs the year (%Y) as well"),
        ("date_format", "%Y %W", "a date needs the month (%m) as well"),
        ("date_format", "%Y-%m-dd", "a date needs the day (%d) as well"),
        ("date_format", "MM-yyyy", "a date needs the day (%d) as well"),
        ("date_format", "%d-%d-%Y", "found '%d' twice in '%d-%d-%Y'"),
        ("date_format", "iso", "expected the letters of strptime, as in %d-%m-%Y, or of Java"),
        ("date_format", "unix", "as in dd-MM-yyyy, or epoch, epoch_ms, epoch_us"),
        ("date_format", "", "expected the letters of strptime"),
        ("datetime_format", "%d-%m %H:%M", "a time needs the year (%Y) as well"),
        ("datetime_format", "%H:%M", "a time needs the year (%Y) as well"),
        ("datetime_format", "%Y-%m-%d", "a time needs the hour (%H) as well; `date_format` is"),
        ("datetime_format", "%Y-%m-%d %I:%M", "a time needs AM or PM (%p)"),
        ("datetime_format", "%Y-%m-%d %H:%m", "found '%m' twice"),
        ("datetime_format", "%Y-%m-%d %H:%S", "a time needs the minute (%M) as well"),
        ("datetime_format", "hh:mm", "a time needs the year (%Y) as well"),
    ],
)
def test_format_that_lacks_a_part_is_refused(key: str, written: str, expected: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Format.model_validate({key: written})
    assert expected in str(raised.value)


@pytest.mark.parametrize(
    "written", ["%Y-%m-%d", "%d %B %y", "%Y-%j", "%G-W%V-%u", "%Y %U %a", "%x", "%Y%m%d%H%M%S%z"]
)
def test_dates_are_whole_in_many_forms(written: str) -> None:
    Format.model_validate({"date_format": written})


@pytest.mark.parametrize(
    "written", ["epoch", "epoch_ms", "%c", "%Y-%m-%d %H", "%d/%m/%y %I %p", "%Y-%jT%X"]
)
def test_times_are_whole_in_many_forms(written: str) -> None:
    Format.model_validate({"datetime_format": written})


def test_letters_of_others_are_translated_in_files_that_come_in_and_that_go_out() -> None:
    read = Format.model_validate({"datetime_format": "dd-MM-yyyy HH:mm:ss.SSS"})
    assert read.datetime_format == ("%d-%m-%Y %H:%M:%S.%f",)
    written = ExportFormat.model_validate({"datetime_format": "d-M-yyyy HH:mm:ss.SSS"})
    assert written.datetime_format == "%-d-%-m-%Y %H:%M:%S.%g"
    assert ExportFormat.model_validate({"date_format": "yyyy"}).date_format == "%Y"
    with pytest.raises(ValidationError, match="expected the letters of strftime"):
        ExportFormat.model_validate({"date_format": "iso"})


def test_offset_of_an_abbreviation_is_checked() -> None:
    with pytest.raises(ValidationError, match="expected an offset from UTC"):
        Format.model_validate({"zones": {"CST": "America/Chicago"}})
