"""The system of record: one SQLite file."""
