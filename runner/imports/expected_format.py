"""How the text of a value has to look to be read as its type, in words."""

from runner.compile.assignment import Assignment
from runner.definitions.profile_property import LEVEL_TYPE, LEVELS


def expected_format(item: Assignment) -> str:
    """Return the format by which the text of a property is read, in words."""
    form, kind = item.format, item.declared.type
    if kind == "date":
        return " or ".join(form.date_format)
    if kind == "datetime":
        return f"{' or '.join((*form.datetime_format, *form.date_format))}, {form.timezone}"
    if kind == "boolean":
        return "true or false, yes or no, 1 or 0"
    if kind == LEVEL_TYPE:
        return " or ".join(LEVELS)
    thousands = f", thousands '{form.thousands}'" if form.thousands else ""
    return f"decimal '{form.decimal}'{thousands}"
