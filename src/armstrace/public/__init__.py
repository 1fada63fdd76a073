"""The public statistics: published tables, and nothing that leads to a record."""
