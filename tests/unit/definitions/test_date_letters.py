"""Date formats in the letters of Java, Excel, Oracle and moment.js are translated."""

import pytest

from runner.definitions.date_letters import strptime_format

TRANSLATED = {
    "yyyy-MM-dd HH:mm": "%Y-%m-%d %H:%M",
    "dd/MM/yyyy": "%d/%m/%Y",
    "d-M-yyyy": "%-d-%-m-%Y",
    "M/d/yy h:mm a": "%-m/%-d/%y %-I:%M %p",
    "yyyy-MM-dd'T'HH:mm:ss.SSSXXX": "%Y-%m-%dT%H:%M:%S.%g%z",
    "yyyy-MM-ddTHH:mm:ssZ": "%Y-%m-%dT%H:%M:%S%z",
    "EEE MMM dd HH:mm:ss zzz yyyy": "%a %b %d %H:%M:%S %Z %Y",
    "HH:mm dd-MM-yyyy": "%H:%M %d-%m-%Y",
    "yyyyMMddHHmmss": "%Y%m%d%H%M%S",
    "uuuu-MM-dd HH:mm:ss VV": "%Y-%m-%d %H:%M:%S %Z",
    "d MMMM yyyy 'om' HH'u'mm": "%-d %B %Y om %Hu%M",
    "dd/mm/yyyy hh:mm": "%d/%m/%Y %H:%M",
    "dd/mm/yyyy": "%d/%m/%Y",
    "yyyymmdd": "%Y%m%d",
    "ddmmyy": "%d%m%y",
    "m/d/yy h:mm AM/PM": "%-m/%-d/%y %-I:%M %p",
    "dddd d mmmm yyyy": "%A %-d %B %Y",
    "DD-MM-YYYY HH:mm": "%d-%m-%Y %H:%M",
    "YYYY-MM-DD HH:MM:SS": "%Y-%m-%d %H:%M:%S",
    "YYYY-MM-DD[T]HH:mm:ss.SSS[Z]": "%Y-%m-%dT%H:%M:%S.%gZ",
    "MM/DD/YYYY hh:mm A": "%m/%d/%Y %I:%M %p",
    "YYYY-MM-DD HH24:MI:SS": "%Y-%m-%d %H:%M:%S",
    "yyyy-mm-dd hh24:mi:ss.ff6": "%Y-%m-%d %H:%M:%S.%f",
    "DD-MON-YYYY": "%d-%b-%Y",
    "DDMONYYYY": "%d%b%Y",
    "DD-MON-RR HH12.MI.SS.FF AM": "%d-%b-%y %I.%M.%S.%f %p",
    "DD.MM.YYYY HH:MI": "%d.%m.%Y %H:%M",
    "yyyy-MM-dd HH:mm:ss.fffffff": "%Y-%m-%d %H:%M:%S.%f",
    "dd-MM-yyyy hh:mm:ss tt": "%d-%m-%Y %I:%M:%S %p",
    "yyyy-DDD": "%Y-%j",
}


@pytest.mark.parametrize(("written", "expected"), TRANSLATED.items(), ids=TRANSLATED)
def test_format_is_written_in_the_letters_of_strptime(written: str, expected: str) -> None:
    assert strptime_format(written) == expected


@pytest.mark.parametrize("written", ["Do MMM YYYY", "yyyy-'W'ww", "quarter", "iso8601", "date"])
def test_other_letters_are_none(written: str) -> None:
    assert strptime_format(written) is None
