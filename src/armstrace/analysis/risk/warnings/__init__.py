"""Early warnings: what to look at before a pattern is plain to everybody.

Each method states how often it would warn where nothing is the matter. A warning is
a reason to look, with its evidence; it proves nothing about anybody.
"""
