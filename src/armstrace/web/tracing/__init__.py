"""Traces: the list, one trace, the decisions that people take."""
