"""Real servers that tests talk to, on loopback, started and stopped by them."""
