"""Nodes of a plan to steps of a query."""
