"""Goals that export: rows counted, written to files, sent."""
