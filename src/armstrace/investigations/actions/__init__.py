"""What can be done with parallel cases."""
