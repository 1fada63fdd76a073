"""Figures: indicator 16.4.2 with the records behind every number."""
