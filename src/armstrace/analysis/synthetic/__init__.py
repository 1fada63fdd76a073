"""An invented country whose truth is known, to try methods and people on."""
