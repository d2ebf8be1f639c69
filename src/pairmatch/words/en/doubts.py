"""What is doubtful, in English: what it is, and what to do."""

from collections.abc import Mapping

_TWO_SYSTEMS = (
    "compare code and name; the Bureau of Statistics numbers townships otherwise than the "
    "Ministry of Civil Affairs, so join by county and name, never by code ({names:list})"
)

DOUBTS: Mapping[str, tuple[str, str]] = {
    "likely_same_recipient": (
        "{count:recipient} likely listed twice: all is equal but ids that are alike ({names:list})",
        "keep one row of each, unless they are two people",
    ),
    "likely_same_household": (
        "{count:recipient} in likely one household: same place, ids that are alike ({names:list})",
        "give one id to all who live together",
    ),
    "household_in_two_areas": (
        "{count:recipient} in households with members in several areas",
        "correct the area or the household; who lives apart has a household of their own",
    ),
    "unit_without_cadres": (
        "units without cadres that lead no unit: {count:,} ({names:list})",
        "nothing is wrong if they have nobody to send; else look for the lists of their cadres",
    ),
    "cadre_and_recipient": (
        "ids of cadres that are ids of recipients as well: {count:,} ({names:list})",
        "see that nobody stands in both tables; nothing is wrong if they are numbered apart",
    ),
    "retired_area": (
        "codes of counties that are no longer in use, or of areas in them: {count:,}",
        "use the codes of today ({names:list}) in all tables",
    ),
    "area_named_otherwise": (
        "codes that the published list has for a place of another name: {count:,}",
        _TWO_SYSTEMS,
    ),
}
