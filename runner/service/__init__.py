"""Connections run by their schedules, unattended."""
