"""Heavy libraries are imported when a place that needs them is opened, not before."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from runner.remote import RemoteSettings, open_remote
with open_remote(RemoteSettings(name="a", kind="local", path=sys.argv[1])) as remote:
    remote.list("")
print(sorted({"paramiko", "fsspec", "cryptography"} & set(sys.modules)))
"""


def test_local_folder_needs_no_heavy_library(tmp_path: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], check=True, capture_output=True, text=True
    )
    assert printed.stdout == "[]\n"
