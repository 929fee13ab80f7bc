"""The add-on's fields, and the binding of a plan to records."""
