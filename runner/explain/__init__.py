"""Why each value of a profile is what it is: which line, goal and build gave it."""
