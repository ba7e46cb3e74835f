"""The engine that tests of templates and macros run on: DuckDB, or Spark where ENGINE says so."""

import os

ENGINE = os.environ.get("ENGINE", "duckdb")
"""`duckdb` or `spark`."""
REMOTE = os.environ.get("SPARK_REMOTE", "")
"""Address of a server of Spark that runs already, as in `make test-spark`; else tests start Sail."""
