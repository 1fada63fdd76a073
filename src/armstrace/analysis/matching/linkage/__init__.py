"""Matching beyond one machine: the same keys and weights in a Splink model."""
