"""How good business hours are: a seeded company over half a year, its intruders, and who raises which alarm."""
