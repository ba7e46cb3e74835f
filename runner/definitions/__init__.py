"""What a user writes, read into frozen typed declarations, all faults at once."""
