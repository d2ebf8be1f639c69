"""Why somebody has no cadre, what is short or clashes, and what would help.

In: people and who serves whom. Out: a reason for each recipient without a cadre, and a `Diagnosis`.
"""

from pairmatch.diagnosis.cures import Cure
from pairmatch.diagnosis.diagnosis import Diagnosis, Shortage

__all__ = ["Cure", "Diagnosis", "Shortage"]
