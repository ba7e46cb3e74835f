"""The warehouse: its tables, ledger, lock, publication, and limits to what may change."""
