"""A token that cancels a solve at a moment of one's choice."""

from dataclasses import dataclass


@dataclass
class StopAt:
    """Set from the n-th question on, counted from 0."""

    questions_left: int

    def is_set(self) -> bool:
        self.questions_left -= 1
        return self.questions_left < 0
