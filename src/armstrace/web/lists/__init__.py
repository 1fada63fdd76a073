"""Long lists: pages of them, and whole ones as files."""
