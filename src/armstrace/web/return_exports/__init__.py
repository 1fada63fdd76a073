"""What leaves the house of a year: workbook, release, SDMX, report, neighbours."""
