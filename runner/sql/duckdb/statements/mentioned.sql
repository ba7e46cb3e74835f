set variable mentioned = $pattern
