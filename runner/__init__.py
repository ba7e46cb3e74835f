"""Customer profiles as code: exchange customer data over SFTP, on DuckDB."""

__version__ = "0.1.0"
