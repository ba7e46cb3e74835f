"""Date formats in the letters of Java, Excel, Oracle and moment.js, in those of strptime."""

import re

TOKEN = re.compile(
    r"""'(?P<quoted>(?:[^']|'')*)'|\[(?P<bracketed>[^\]]*)\]|\\(?P<escaped>.)
    |(?P<word>HH24|HH12|MONTH|MON(?!T)|MI(?!N)|TZH:?TZM|RRRR|RR|AM/PM|A/P
        |(?<![a-z])(?:DAY|DY|AM|PM|MS|US|FF[0-9]?)(?![a-z0-9]))
    |(?P<run>([a-z])(?i:\6)*)
    |(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

WORDS = {
    "HH24": "%H",
    "HH12": "%I",
    "MONTH": "%B",
    "MON": "%b",
    "MI": "%M",
    "TZHTZM": "%z",
    "RRRR": "%Y",
    "RR": "%y",
    "DAY": "%A",
    "DY": "%a",
    "AM/PM": "%p",
    "A/P": "%p",
    "AM": "%p",
    "PM": "%p",
    "MS": "%f",
    "US": "%f",
}
"""Words of Oracle, PostgreSQL and Excel."""

RUNS = {
    **dict.fromkeys(("y", "Y", "yyyy", "YYYY", "uuuu"), "%Y"),
    **dict.fromkeys(("yy", "YY", "uu"), "%y"),
    **dict.fromkeys(("MMM", "mmm", "LLL"), "%b"),
    **dict.fromkeys(("MMMM", "mmmm", "LLLL"), "%B"),
    **dict.fromkeys(("dd", "DD"), "%d"),
    **dict.fromkeys(("d", "D"), "%-d"),
    **dict.fromkeys(("E", "EE", "EEE", "ddd"), "%a"),
    **dict.fromkeys(("EEEE", "dddd"), "%A"),
    "DDD": "%j",
    "H": "%-H",
    "HH": "%H",
    "h": "%-I",
    "hh": "%I",
    "s": "%-S",
    "ss": "%S",
    **dict.fromkeys(("a", "A", "aa", "tt", "t"), "%p"),
    **dict.fromkeys(("Z", "ZZ", "ZZZ", "ZZZZZ", "X", "XX", "XXX", "x", "xx", "xxx", "K"), "%z"),
    **dict.fromkeys(("z", "zz", "zzz", "zzzz", "V", "VV", "O", "OOOO"), "%Z"),
    "T": "T",
}
"""Runs of one letter that mean one thing wherever they stand."""

MONTH_OR_MINUTE = ("m", "mm", "M", "MM", "L", "LL")
HOURS = ("%H", "%-H", "%I", "%-I")
SECONDS = ("%S", "%-S")


def strptime_format(text: str) -> str | None:
    """Return the format in the letters of strptime; None where it has another letter.

    `mm` is minutes behind hours or before seconds, and else a month where `MM` is none: so Java
    and Excel are both understood. `hh` without AM or PM counts to 24.
    """
    tokens = list(TOKEN.finditer(text))
    parts: list[str | None] = []
    for found in tokens:
        parts.append(_part(found, parts))
    if None in parts:
        return None
    read = [part or "" for part in parts]
    has_month = any(_is_month(found, read, index) for index, found in enumerate(tokens))
    for index, found in enumerate(tokens):
        if found["run"] in MONTH_OR_MINUTE:
            read[index] = _month_or_minute(found["run"], read, index, has_month)
    written = "".join(read)
    return written if "%p" in written else written.replace("%I", "%H").replace("%-I", "%-H")


def _part(found: re.Match[str], before: list[str | None]) -> str | None:
    """Return one token in the letters of strptime, months and minutes as they are."""
    if found["run"]:
        return _run(found["run"], before)
    if found["word"]:
        word = found["word"].upper().replace("TZH:", "TZH")
        return "%f" if word.startswith("FF") else WORDS[word]
    literal = found["quoted"]
    if literal is not None:
        literal = literal.replace("''", "'") or "'"
    else:
        literal = found["bracketed"] or found["escaped"] or found["other"] or ""
    return literal.replace("%", "%%")


def _run(run: str, before: list[str | None]) -> str | None:
    if run in MONTH_OR_MINUTE:
        return run
    if set(run) <= set("SfF"):
        has_seconds = any(part in SECONDS for part in before)
        if has_seconds or run[0] != "S":
            return "%g" if len(run) == 3 else "%f"
        return {"S": "%-S", "SS": "%S"}.get(run)
    return RUNS.get(run)


def _neighbours(read: list[str], index: int) -> tuple[str, str]:
    """Return the directives, or months and minutes, before and behind a part."""
    before = [part for part in read[:index] if part[:1] == "%" or part in MONTH_OR_MINUTE]
    after = [part for part in read[index + 1 :] if part[:1] == "%" or part in MONTH_OR_MINUTE]
    return (before or [""])[-1], (after or [""])[0]


def _is_minute(read: list[str], index: int) -> bool:
    before, after = _neighbours(read, index)
    return before in HOURS or after in SECONDS


def _is_month(found: re.Match[str], read: list[str], index: int) -> bool:
    """Return whether a token is a month by itself: a name, or upper case away from hours."""
    if read[index] in ("%b", "%B"):
        return True
    run = found["run"]
    return run in MONTH_OR_MINUTE and run[0] in "ML" and not _is_minute(read, index)


def _month_or_minute(run: str, read: list[str], index: int, has_month: bool) -> str:
    is_month = run[0] in "ML" if has_month else True
    letter = "M" if _is_minute(read, index) or not is_month else "m"
    return f"%{letter}" if len(run) == 2 else f"%-{letter}"
