"""What if: a plan solved again after edits, once or many times.

In: a plan and edits. Out: plans, each of them started from the first one. A `Session` keeps what
all of these share.
"""

from pairmatch.whatif.session import Session, what_if

__all__ = ["Session", "what_if"]
