"""For each article: the act, field, rule and test that rest on it, and how it binds."""
