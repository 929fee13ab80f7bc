"""Calendar files: YAML to and from values, imported iCalendar files, and checks of the whole."""
