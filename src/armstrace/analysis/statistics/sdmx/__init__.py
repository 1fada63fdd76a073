"""SDMX messages of indicator 16.4.2: content, check, text."""
