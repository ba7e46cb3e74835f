"""What a goal or model is made of, and what differs from when it last ran (F5)."""
