"""Builds that start by themselves: when, one at a time, until told to stop."""
