"""SPL: text to and from the syntax tree. Opens no file, knows no data."""
