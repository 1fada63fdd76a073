"""What a supervisor asks of the work of others."""
