"""The made-up company whose week of CloudTrail is in `examples/trail`."""
