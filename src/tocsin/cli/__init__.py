"""The command line: one file per verb. Data goes to standard output, words to standard error."""
