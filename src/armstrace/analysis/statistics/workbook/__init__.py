"""The return as a workbook: laid out as values, written, and read back."""
