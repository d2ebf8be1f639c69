"""What a workbook to fill in says, in English."""

from collections.abc import Mapping

WORKBOOK: Mapping[str, str] = {
    # names of a sheet that the reader passes over, and of the file
    "read_me": "read me",
    "file_name": "tables.xlsx",
    "example": "example-",
    "title": "Tables for pairing: fill in the sheets, save, then run: pairmatch check {file}",
    "needed": "Needed: {needed:list}. All other sheets may stay empty, or be removed.",
    "never": "Never write names, ID numbers, phone numbers, dates of birth or street addresses "
    "of anybody, in any column. Whoever is meant has an id that means nothing elsewhere.",
    "ids": "Ids and codes are text, compared exactly: 007 is not 7. Give each person one row.",
    "examples": "Rows whose id begins with '{example}' are examples: they are not read and may "
    "stay.",
    "like_reason": "agreed with both sides",
    "like_name": "Chengguan",
    "sheet": "sheet",
    "column": "column",
    "need": "needed",
    "use": "what it is",
    "default": "if empty",
    "like": "example",
    "required": "yes",
    "optional": "no",
    "choose": " One of: {names:list}.",
    "header_required": "{use} Needed. Example: {like}",
    "header_optional": "{use} If empty: {default}. Example: {like}",
    # of a report of a check; the reader passes over sheets and columns of these names
    "check_results": "check results",
    "failures": "failures",
    "problem": "problem",
    "found_failures": "Failures: {count:,}",
    "mend": "Mend the cells in red on the sheets of tables, save, then run: pairmatch check {file}",
    "cut": "The sheet of failures has the first {most:,} of them.",
    "found_doubts": "Doubts are in yellow: no failures, but worth a look.",
    "beside": "{column}: {found} -> {advice}",
    "and_then": "; ",
    "kind": "kind",
    "table": "table",
    "count": "count",
    "found": "what it is",
    "advice": "what to do",
    "file": "file",
    "row": "row",
    "here": "here",
}

TABLE_USES: Mapping[str, str] = {
    "cadres": "One row for each cadre who may help somebody.",
    "recipients": "One row for each person or household to be helped.",
    "units": "One row for each unit that cadres belong to.",
    "areas": "One row for each area, from the top down to townships or villages.",
    "current": "One row for each pair that exists today; keeping it is worth something.",
    "locks": "One row for each pair that has to be made.",
    "bans": "One row for each pair that may not be made.",
    "adjustments": "One row for each pair that is to cost more or less.",
}

_LON = "Degrees east of the place, WGS84; together with the latitude, or neither."
_LAT = "Degrees north of the place, WGS84; together with the longitude, or neither."
_REASON = "Why; write nothing about a person."
_AUTHOR = "Id of who has decided it, not a name."
_PAIR_RECIPIENT = "Id of the recipient, as on the sheet of recipients."
_PAIR_CADRE = "Id of the cadre, as on the sheet of cadres."

COLUMN_USES: Mapping[str, str] = {
    "cadres.cadre_id": "Id of the cadre, distinct, not an ID number.",
    "cadres.unit_id": "Id of the cadre's unit, as on the sheet of units.",
    "cadres.rank": "Rank; decides whom the cadre may help, and how many.",
    "cadres.area": "Code of the area where the cadre works.",
    "cadres.lon": _LON,
    "cadres.lat": _LAT,
    "cadres.capacity": "Most recipients; 0 leaves the cadre out.",
    "cadres.min_load": "Fewest recipients; not above the most.",
    "recipients.recipient_id": "Id of the recipient, distinct, not an ID number.",
    "recipients.category": "Category; decides who may help.",
    "recipients.area": "Code of the area where the recipient lives.",
    "recipients.lon": _LON,
    "recipients.lat": _LAT,
    "recipients.household_id": "Id of the household; the same for all of its members.",
    "recipients.demand": "How many cadres are wanted.",
    "recipients.priority": "A whole number; where places are short, the larger is served first.",
    "units.unit_id": "Id of the unit, distinct.",
    "units.level": "Level of the unit.",
    "units.area": "Code of the area where the unit is.",
    "units.lead_unit_id": "Id of the unit that answers for this one.",
    "units.sponsors": "Codes of the areas that the unit is to serve, joined by ';'.",
    "areas.area": "Code of the area, distinct.",
    "areas.parent": "Code of the area that it lies in; empty for the highest.",
    "areas.level": "Level of the area.",
    "areas.name": "Name of the area, as reports are to say it.",
    "areas.lon": _LON,
    "areas.lat": _LAT,
    "current.recipient_id": _PAIR_RECIPIENT,
    "current.cadre_id": _PAIR_CADRE,
    "locks.recipient_id": _PAIR_RECIPIENT,
    "locks.cadre_id": _PAIR_CADRE,
    "locks.reason": _REASON,
    "locks.author": _AUTHOR,
    "bans.recipient_id": _PAIR_RECIPIENT,
    "bans.cadre_id": _PAIR_CADRE,
    "bans.reason": _REASON,
    "bans.author": _AUTHOR,
    "adjustments.recipient_id": _PAIR_RECIPIENT,
    "adjustments.cadre_id": _PAIR_CADRE,
    "adjustments.extra_km": "Kilometres added to the cost of the pair; below 0 for less.",
}

DEFAULTS: Mapping[str, str] = {
    "nothing": "nothing",
    "area_of_unit": "that of the unit",
    "place_of_area": "that of the area",
    "place_above": "that of the area above",
    "most_of_policy": "as the policy says ({most})",
    "number": "{number}",
    "alone": "a household of its own",
    "nobody_sponsors": "no area in particular",
}
