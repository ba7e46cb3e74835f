"""Runs models on an engine."""
