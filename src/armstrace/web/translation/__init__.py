"""Sentences of methods and records in the reader's language."""
