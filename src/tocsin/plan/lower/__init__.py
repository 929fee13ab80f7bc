"""Syntax tree to plan: one file per command, and the two kinds of expressions."""
