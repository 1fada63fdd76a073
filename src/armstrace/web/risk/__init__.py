"""Pages of declarations, lists for examination, and what they were worth."""
