"""Compare the marks that arms leave on cartridge cases, and say how sure that is."""
