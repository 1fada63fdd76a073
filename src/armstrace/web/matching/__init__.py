"""Matching of many recoveries: runs, what they found, pairs, tuning."""
