"""Definitions and templates become a graph of SQL models.

Nothing here opens a file, a socket or a database: what is read comes in as values, what is
made goes out as text.
"""
