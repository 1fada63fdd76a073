"""Marks as a person reads them: readings, candidates."""
