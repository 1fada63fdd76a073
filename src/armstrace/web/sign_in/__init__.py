"""Who is at the desk, and what the work is for."""
