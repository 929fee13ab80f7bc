"""From result rows to findings: score, message, risk and threat objects, annotations."""
