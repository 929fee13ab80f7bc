"""Where findings, rows and the account go: one file per format behind one small protocol."""
