"""The small file that follows an exported one, and tells a reader that it is whole."""

import json
from pathlib import Path

from runner.errors import ExecutionError
from runner.publish.encode import EncodedFile, encode_bytes

BEGINNING = b'{"file": '
"""How every trigger begins."""


def write_trigger(path: Path, file: EncodedFile, rows: int) -> EncodedFile:
    """Write the trigger of a file: its name, rows, bytes and SHA-256, as one line of JSON.

    Raises ExecutionError where the disk refuses.
    """
    told = {"file": file.path.name, "rows": rows, "bytes": file.size, "sha256": file.sha256}
    try:
        return encode_bytes(json.dumps(told).encode() + b"\n", path)
    except OSError as error:
        raise ExecutionError(f"cannot write {path}: {error.strerror}") from error
