"""Holders of arms: the list, one holder, recording and correcting one."""
