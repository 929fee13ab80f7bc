"""Exit codes mean something; where several apply, the highest is given."""

DONE = 0
FINDINGS = 1  # only with --fail-on-findings
WRONG = 2  # wrong usage, or content in error
UNREAD = 3  # done, but some input could not be read
BUG = 70  # ours (EX_SOFTWARE)
SIGNALLED = 128  # and the signal's number: 130 interrupted (Ctrl-C), 143 SIGTERM, 129 SIGHUP
