"""When a file on the server counts as whole (F4)."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from runner.definitions.declaration import Declaration
from runner.definitions.duration import Duration

PLACEHOLDER = re.compile(r"\{(.*?)\}")


def _trigger(value: str) -> str:
    unknown = [name for name in PLACEHOLDER.findall(value) if name not in ("name", "stem")]
    if unknown:
        raise ValueError(f"found '{{{unknown[0]}}}'; expected {{name}} or {{stem}}")
    if set(value) & set("/*?") or not value or value in ("{name}", "."):
        raise ValueError(
            f"found '{value}'; expected the name of another file in the same folder,"
            " such as {name}.ok"
        )
    return value


class Ready(Declaration):
    """What a file waits for: another file that says it is whole, or rest."""

    # Name of the file that says so, in the same folder; `{name}` is that of the file, `{stem}`
    # the same without its last suffix.
    trigger: Annotated[str, AfterValidator(_trigger)] | None = None
    # How long size and time must have stayed as they are.
    stable_for: Duration | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.trigger is None) == (self.stable_for is None):
            raise ValueError("expected either `trigger` or `stable_for`")
        return self

    def trigger_of(self, name: str) -> str:
        """Return the name of the file that says that the file of this name is whole."""
        stem = name.rpartition(".")[0] or name
        return (self.trigger or "").replace("{name}", name).replace("{stem}", stem)

    def is_trigger(self, name: str) -> bool:
        """Tell whether a name can be that of a trigger: such a file is never data."""
        if self.trigger is None:
            return False
        parts = PLACEHOLDER.split(self.trigger)
        pattern = "".join(
            ".+" if number % 2 else re.escape(part) for number, part in enumerate(parts)
        )
        return re.fullmatch(pattern, name) is not None
