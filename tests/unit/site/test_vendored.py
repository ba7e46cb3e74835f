"""The libraries of the page are the ones that were published, with their licences."""

import hashlib
from importlib.resources import files

VENDOR = files("runner.site") / "static" / "vendor"


def test_vendored_files_have_their_checksums_and_licences():
    listed = dict(
        reversed(line.split()) for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
    )
    found = {item.name for item in VENDOR.iterdir()} - {"SHA256SUMS"}
    assert listed.keys() == found
    for name, checksum in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == checksum
    scripts = [name for name in found if name.endswith(".js")]
    assert all(f"{name}.LEGAL.txt" in found for name in scripts)
