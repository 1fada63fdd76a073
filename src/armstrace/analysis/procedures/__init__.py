"""Standing procedures as data: what a recovery opens, by when, and what it costs."""
