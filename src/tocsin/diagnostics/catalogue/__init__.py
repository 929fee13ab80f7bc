"""The problems Tocsin can name: one small constructor each, one file per area."""
