"""People erased: from the warehouse, its kept builds, staged files and what is beside them."""
