"""What can be done with ballistic marks, by noun."""
