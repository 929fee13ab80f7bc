"""Learns business hours from history: who works when, by which clock, how sure, and what must not be believed."""

from tocsin.hours.learn.gathering import Gathering, History
from tocsin.hours.learn.hints import Hints
from tocsin.hours.learn.learn import Learned, learn
from tocsin.hours.learn.lesson import Lesson
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.principals import Principal, principals_of
from tocsin.hours.learn.proposing import Proposal, propose
from tocsin.hours.learn.sighting import Sighting

__all__ = [
    "Gathering",
    "Hints",
    "History",
    "Learned",
    "Lesson",
    "Limits",
    "Principal",
    "Proposal",
    "Sighting",
    "learn",
    "principals_of",
    "propose",
]
