"""What may be said: by one kind over all sessions, and on each."""

from generator.narrative.newsroom.room import Newsroom
from generator.narrative.newsroom.statements import Said
from generator.narrative.newsroom.tonight import OLD_NEWS, OTHER_TEST, STANDING, Candidate, Place, Tonight

__all__ = ["OLD_NEWS", "OTHER_TEST", "STANDING", "Candidate", "Newsroom", "Place", "Said", "Tonight"]
