"""Why a recipient has fewer cadres than wanted: the codes, and the counts that say it."""

from collections.abc import Mapping

from pairmatch.words import Value, say

REASONS = (
    "no_eligible_cadre",
    "out_of_reach",
    "banned",
    "stopped",
    "cheaper_unserved",
    "capacity_exhausted",
)
"""The first of these that holds is given, but for the last two, which exclude each other."""

COUNTS = ("allowed", "in_reach", "banned", "served", "places", "places_left")
"""Cadres whom the rules allow; those of them within the distance; those of these who are banned;
cadres that the recipient has; places, and places left, of cadres in reach whom it has not and who
are not banned."""


def detail(reason: str, counts: Mapping[str, int], language: str = "en") -> str:
    """Return a reason with its counts in words.

    Parameters
    ----------
    reason
        One of `REASONS`.
    counts
        By the names in `COUNTS`; none is needed where the solve was stopped.
    language
        Of `pairmatch.words.LANGUAGES`.
    """
    parameters: dict[str, Value] = dict(counts)
    if counts:
        parameters |= {
            "count": counts["in_reach"] - counts["banned"] - counts["served"],
            "further": "eligible_more" if counts["served"] else "eligible",
            "left": "places_left" if counts["places_left"] else "by_moving",
            "taken": "all_taken" if counts["places"] else "none_at_all",
        }
    return say(f"reason.{reason}", parameters, language)
