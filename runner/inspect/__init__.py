"""Questions: scan, preview, count, profile, identity, conflicts, rejects, query.

They change neither the warehouse nor a server. Below target/ they write only caches of files:
staged copies, headers, compiled SQL.
"""
