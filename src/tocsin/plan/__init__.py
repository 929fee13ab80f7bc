"""What a search means: expressions, nodes, and the passes over them. Opens no file, knows no engine."""
