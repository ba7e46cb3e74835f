"""Tests that need libraries of `make test-spark`: elsewhere they are not collected."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("moto") else ["test_bucket_storage.py"]
