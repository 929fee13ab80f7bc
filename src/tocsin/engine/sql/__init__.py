"""Plans to SQL, as sqlglot trees: nodes, expressions, functions, measures. No text is ever put together."""
