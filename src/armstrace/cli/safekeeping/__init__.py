"""Backups: sealed for a key that is not on the server, proved, rotated, restored."""
