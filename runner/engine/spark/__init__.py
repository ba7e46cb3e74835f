"""Spark over Spark Connect, and the folders of Parquet files in which it stores a warehouse."""
