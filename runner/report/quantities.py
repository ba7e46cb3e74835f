"""Quantities as text: 1,682 rows, 4.1 MB, 2m 05s."""

SIZES = ("B", "kB", "MB", "GB", "TB")


def thousands(number: int) -> str:
    """Return a whole number with thousands separators."""
    return f"{number:,}"


def duration(seconds: float) -> str:
    """Return a time span: `0.42s`, `12.4s`, `2m 05s`, `1h 02m`."""
    if seconds < 9.995:
        return f"{seconds:.2f}s"
    if seconds < 59.95:
        return f"{seconds:.1f}s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}m {rest:02}s"
    return f"{minutes // 60:,}h {minutes % 60:02}m"


def size(number: int) -> str:
    """Return a number of bytes in decimal units: `812 B`, `4.1 MB`."""
    value = float(number)
    for unit in SIZES[:-1]:
        if value < 999.95 or (unit == "B" and value < 1000):
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:,.1f} {SIZES[-1]}"
