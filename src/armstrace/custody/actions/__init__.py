"""What can be done with exhibits and their stores."""
