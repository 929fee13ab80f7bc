"""A library of detections as files: detections of every generation, macros, lookups, stories, ATT&CK."""
