"""What people and machines see: progress, summaries, tables and errors; JSON logs.

The only package that draws with rich. A result goes to stdout, all else to stderr.
"""
