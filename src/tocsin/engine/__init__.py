"""Carries out plans: the protocol, and DuckDB."""
