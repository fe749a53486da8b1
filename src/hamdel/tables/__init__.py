"""Exported replies: rows from CSV, JSON Lines, Parquet, spreadsheets and plain text."""
