"""Functions of SQL that a cluster calls.

They are sent as their code: its machines have no runner. Libraries that the code imports have to be
there, and a Python of the same version as here.
"""

from collections.abc import Callable, Mapping
from typing import Any


def composing() -> Callable[[str | None], str | None]:
    """Return the function that gives a text in normal form C, which Spark has none for.

    A function in a function is sent as its code.
    """

    def composed(text: str | None) -> str | None:
        import unicodedata  # noqa: PLC0415 - it runs where the cluster runs Python

        return None if text is None else unicodedata.normalize("NFC", text)

    return composed


def reading_telephone_numbers() -> Callable[[str | None, str], str | None]:
    """Return the function `telephone_number`; phonenumbers has to be on the cluster."""
    from pyspark import cloudpickle  # noqa: PLC0415 - of an extra

    from runner.engine import telephone_number  # noqa: PLC0415 - the library loads in 0.5 s

    cloudpickle.register_pickle_by_value(telephone_number)  # type: ignore[no-untyped-call, unused-ignore]
    return telephone_number.e164


FUNCTIONS: Mapping[str, Callable[[], Callable[..., Any]]] = {
    "runner_nfc": composing,
    "telephone_number": reading_telephone_numbers,
}
"""What makes each function, by its name in SQL; all of them give text."""
