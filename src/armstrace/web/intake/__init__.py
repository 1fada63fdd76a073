"""Intake: a file in, its columns understood, its rows loaded, held or skipped."""
