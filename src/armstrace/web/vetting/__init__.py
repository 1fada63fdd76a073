"""Pages of vetting, of lists and hits, and of the register of refusals."""
