"""Scheduled builds: when they run, the service that runs them, timers of other systems."""
