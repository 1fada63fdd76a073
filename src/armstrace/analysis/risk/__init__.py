"""Indicators of risk: documented pure functions, each with its evidence.

A score selects for examination. It proves nothing about anybody, and nobody acts
on it alone.
"""
