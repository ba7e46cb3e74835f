"""Which numbers the values of a column are, and what decimal point and thousands they need."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

Marks = tuple[str, str]
"""The decimal point of a number, and what stands between its thousands; empty for nothing."""

PLAIN = re.compile(r"[+-]?(0|[1-9][0-9]{0,17})")
DIGITS = re.compile(r"[+-]?[0-9]+")
EXPONENT = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+")
MARKS: tuple[Marks, ...] = (
    (".", ""),
    (",", ""),
    (".", ","),
    (",", "."),
    (",", " "),
    (".", " "),
    (".", "'"),
)
FORMS: Mapping[Marks, re.Pattern[str]] = {
    (point, group): re.compile(
        (rf"[+-]?(?:[0-9]{{1,3}}({re.escape(group)}[0-9]{{3}})*" if group else r"[+-]?(?:[0-9]+")
        + rf"({re.escape(point)}[0-9]+)?|{re.escape(point)}[0-9]+)"
    )
    for point, group in MARKS
}
SIGN = r"([€$£¥]|EUR|USD|GBP)"
AMOUNT = r"[-+]?[0-9][0-9., ']*"
MONEY = re.compile(rf"[-+(]?\s*{SIGN}\s*{AMOUNT}\)?|[(]?{AMOUNT}{SIGN}[)]?|{AMOUNT}-|\({AMOUNT}\)")
"""Amounts with a currency, or with a minus behind them or brackets around them."""
PERCENT = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?\s*%")
DOUBTFUL = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""One point and three digits: 1.234 is a thousand, or a bit more than one."""


@dataclass(frozen=True)
class NumberColumn:
    """How the values of a column are numbers."""

    # Values that a form reads, of all.
    whole: int
    fitting: Mapping[Marks, int]
    # Values without a form of their own: `1.234`.
    doubtful: int
    # Values with a zero or a plus in front, such as `0123`: what they name is no amount.
    with_zero: int
    # Values such as `3.16E+10`.
    with_exponent: int
    money: int
    percent: int
    # Digits behind the point, and before it, at most.
    digits: int
    whole_digits: int

    @property
    def amounts(self) -> int:
        """Return how many values are numbers by one form, or amounts with a currency or sign."""
        return max(self.fitting[marks] for marks in MARKS) + self.money


def measured_numbers(values: Mapping[str, int]) -> NumberColumn:
    """Return how many of the values (text -> how often) each form of numbers reads."""
    fitting: Counter[Marks] = Counter()
    whole = doubtful = with_zero = with_exponent = money = percent = digits = whole_digits = 0
    for text, count in values.items():
        if PLAIN.fullmatch(text) and text[0] != "+":
            whole += count
            whole_digits = max(whole_digits, len(text))
            fitting.update(dict.fromkeys(MARKS, count))
            continue
        if DIGITS.fullmatch(text):
            with_zero += count
            continue
        money += count * bool(MONEY.fullmatch(text))
        percent += count * bool(PERCENT.fullmatch(text))
        forms = [marks for marks, form in FORMS.items() if form.fullmatch(text)]
        if EXPONENT.fullmatch(text):
            forms = [(".", "")]
            with_exponent += count
        fitting.update(dict.fromkeys(forms, count))
        doubtful += count * bool(DOUBTFUL.fullmatch(text))
        for point, group in forms:
            before, behind = _digits(text, point, group)
            digits, whole_digits = max(digits, behind), max(whole_digits, before)
    return NumberColumn(
        whole=whole,
        fitting=fitting,
        doubtful=doubtful,
        with_zero=with_zero,
        with_exponent=with_exponent,
        money=money,
        percent=percent,
        digits=digits,
        whole_digits=whole_digits,
    )


def _digits(text: str, point: str, group: str) -> tuple[int, int]:
    """Return how many digits a number has before its point, and behind it."""
    plain = text.replace(group, "") if group else text
    try:
        _, digits, exponent = Decimal(plain.replace(point, ".")).as_tuple()
    except InvalidOperation:
        return 0, 0
    behind = max(0, -int(exponent))
    return max(0, len(digits) + int(exponent)), behind


def is_certain(column: NumberColumn, marks: Marks) -> bool:
    """Tell whether a column can only be read by these marks: not each fraction has three digits."""
    others = sum(count for count in (column.fitting[marks] - column.whole - column.doubtful,))
    return others > 0 and column.doubtful <= column.fitting[marks]


def chosen_marks(columns: Iterable[NumberColumn]) -> Marks | None:
    """Return the marks by which most numbers of a file are read; None where none has a point."""
    votes: Counter[Marks] = Counter()
    for column in columns:
        fractions = {marks: column.fitting[marks] - column.whole for marks in MARKS}
        best = max(fractions.values())
        if best > column.doubtful:
            for marks in MARKS:
                if fractions[marks] == best:
                    votes[marks] += best
    return max(MARKS, key=lambda marks: votes[marks]) if votes else None
