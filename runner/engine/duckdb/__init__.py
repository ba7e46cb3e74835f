"""The DuckDB engine: the only place that knows duckdb."""
