"""The engine that tests of templates and macros run on: DuckDB, or Spark where ENGINE says so."""

import os

ENGINE = os.environ.get("ENGINE", "duckdb")
"""`duckdb` or `spark`."""
