"""Ballistics: marks, comparisons, searches, conclusions and reference sets."""
