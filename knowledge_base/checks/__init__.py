"""Checks of the articles before they speak: against each other, the shop's rules, the catalogue and the calendar."""
