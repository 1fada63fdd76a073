"""Dates as 24 Nov 2026; thin spaces between thousands."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y H:i"
SHORT_DATE_FORMAT = "j M Y"
YEAR_MONTH_FORMAT = "M Y"
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
