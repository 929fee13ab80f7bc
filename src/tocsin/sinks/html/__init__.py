"""The report: findings as one HTML page that needs nothing else."""
