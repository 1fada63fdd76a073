"""Recoveries: the list, one recovery, recording and correcting."""
