"""Tests that need libraries of `make test-sail`: elsewhere they are not collected."""

from importlib.util import find_spec

BUILDS = (
    "test_spark_warehouse.py",
    "test_spark_build.py",
    "test_spark_commands.py",
    "test_spark_kill.py",
    "test_spark_migrate.py",
    "test_spark_starter.py",
)

collect_ignore = [] if find_spec("moto") else ["test_bucket_storage.py"]
collect_ignore += [] if find_spec("pysail") else [*BUILDS]
