"""SQLite, kept open between requests."""
