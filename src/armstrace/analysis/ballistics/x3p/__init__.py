"""Surfaces as files: X3P of ISO 25178-72 (before, ISO 5436-2)."""
