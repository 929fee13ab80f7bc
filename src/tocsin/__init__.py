"""Tocsin runs Splunk detections, unchanged, on AWS CloudTrail."""

__version__ = "0.1.0"
