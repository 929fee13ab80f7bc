"""CloudTrail as files: which hold a window, reading and decoding them, and the fields of a record."""
