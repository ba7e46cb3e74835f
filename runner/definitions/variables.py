"""Variables given on the command line, as a line of YAML."""

from typing import Any

import yaml

from runner.errors import UsageError


def read_variables(text: str | None) -> dict[str, Any]:
    """Return the variables in `{name: value, ...}`; none where there is no text.

    Raises UsageError where the text is no mapping.
    """
    if not text:
        return {}
    try:
        values = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise UsageError(f"--vars is not YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(values, dict):
        raise UsageError("--vars takes a mapping, such as '{vip_threshold: 500}'")
    return values
