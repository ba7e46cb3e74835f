"""What a command works on: a project, a target, its connections and keys."""
