"""Types of columns: as statements of runner write them, and as Spark does."""

import re

TYPES = {
    "varchar": "string",
    "text": "string",
    "uuid": "string",
    "integer": "int",
    "hugeint": "decimal(38,0)",
    "uhugeint": "binary",
    "timestamp": "timestamp_ntz",
    "blob": "binary",
}
WORD = re.compile(r"[a-z_]+")
NOT_NULL = re.compile(r"\s+not\s+null\b|\s+default\s+.*$", re.IGNORECASE)


def spark_type(written: str) -> str:
    """Return a type as Spark calls it: `varchar[]` is `array<string>`."""
    text = NOT_NULL.sub("", written.strip().lower())
    if text.endswith("[]"):
        return f"array<{spark_type(text[:-2])}>"
    if text.startswith("struct("):
        fields = (field.strip().partition(" ") for field in text[7:-1].split(","))
        listed = ",".join(f"{name.strip(chr(34))}:{spark_type(kind)}" for name, _, kind in fields)
        return f"struct<{listed}>"
    return WORD.sub(lambda found: TYPES.get(found[0], found[0]), text).replace(", ", ",")
