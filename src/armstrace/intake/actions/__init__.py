"""What can be done with files and held rows."""
