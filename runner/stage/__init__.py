"""Remote files become staged files: matched, downloaded, decompressed, and made readable.

`match_files` picks from a listing, a `DownloadBatch` fetches to the `Staging`, `prepare` gives a
`ReadableFile`: the engine reads it as it came, or in the clean form that the record reader writes.
"""
