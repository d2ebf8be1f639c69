"""What stops a solve at a moment of one's choice, and what never does."""

from dataclasses import dataclass


@dataclass
class StopAt:
    """Set from the n-th question on, counted from 0."""

    questions_left: int

    def is_set(self) -> bool:
        self.questions_left -= 1
        return self.questions_left < 0


def never() -> bool:
    return False
