"""Goals that import: files found and staged, rows joined, linked, applied."""
