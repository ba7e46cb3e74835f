"""Questions that change nothing: scan, preview, rejects, conflicts, identity, debug."""
