"""What all tests share: generated examples are the same on every machine, and no clock decides a test."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
