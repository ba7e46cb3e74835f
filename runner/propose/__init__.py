"""A goal proposed from a file: what it holds is found once, and written down to be reviewed.

A build sniffs nothing (R1): it reads files by the format that the proposal states.
"""
