"""What is written where a serial number should stand, and the answer it deserves."""

GLOCK = "Glock"

# (serial, make) and words of the reason that each door gives.
NOT_COMPARED = {
    ("000000", GLOCK): "zeros only",
    ("N/A", GLOCK): "not found or not stated",
    ("😀", GLOCK): "no letter or digit",
    ("\u202e\u202c", GLOCK): "the serial is what is needed",
    ("?????", GLOCK): "the serial is what is needed",
    ("raspado", GLOCK): "the serial is what is needed",
}
COMPARED = {
    ("X9" * 100, GLOCK): "longer than 60 characters",
    ("Ж9Щ۱۲۳" * 20, GLOCK): "longer than 60 characters",
    ("9" * 400, GLOCK): "longer than 60 characters",
    ("\u202eAAA111\u202c", GLOCK): "control characters",
    ("AAA111", "9mm"): "holds a calibre",
    ("AAA111", ".45 ACP"): "holds a calibre",
}
# Ways in which an arm with the number AAA111 is written down, and still found.
FOUND = (
    "\u202eAAA111\u202c",
    "\u200fAAA\u200e111",
    "АAΑ١١١",
    "AAA۱۱۱",
    "😀AAA111",
    "№ AAA-111",
)
