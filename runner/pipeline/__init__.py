"""The steps of an import, walked in the order that follows from what their templates declare."""
