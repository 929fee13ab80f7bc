"""Profiles: how often whoever acts is active in which hour of the week, and how surprising an event is."""

from tocsin.hours.profile.build import profiles_of
from tocsin.hours.profile.profile import Profile, Profiles
from tocsin.hours.profile.store import ProfileError, profiles_from, profiles_text, read_profiles
from tocsin.hours.profile.surprise import Surprise, Surprises, surprise, surprises_of

__all__ = [
    "Profile",
    "ProfileError",
    "Profiles",
    "Surprise",
    "Surprises",
    "profiles_from",
    "profiles_of",
    "profiles_text",
    "read_profiles",
    "surprise",
    "surprises_of",
]
