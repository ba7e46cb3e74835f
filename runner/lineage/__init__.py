"""Which files, goals, properties, models, segments and exports depend on which."""
