"""What lists to hand out say, in English."""

from collections.abc import Mapping

# names of sheets: at most 31 letters, none of : \\ / ? * [ ]
LIST_SHEETS: Mapping[str, str] = {
    "cover": "cover",
    "pairs": "pairs",
    "changes": "changes",
    "work": "work of a year",
}

# as tables for people have them
LIST_COLUMNS: Mapping[str, str] = {
    name: name
    for name in (
        *("recipient_id", "category", "priority", "household_id", "recipient_area"),
        *("recipient_area_name", "cadre_id", "unit_id", "rank", "cadre_area", "cadre_area_name"),
        *("distance_km", "distance_m", "cost_km", "cost_m", "new_or_kept", "exception", "locked"),
        *("answer", "reason", "author"),
        *("change", "cadre_before", "cadre_after", "cause", "why"),
        *("recipients", "contacts", "visits", "kilometres"),
    )
}

LIST_COVER: Mapping[str, str] = {
    "by": "list of a",
    "code": "code",
    "name": "name",
    "language": "language",
    "date": "date",
    "digest": "digest of the problem",
    "plan_digest": "digest of the plan",
    "status": "status of the plan",
    "pairs": "pairs to answer",
    "new": "  of them new",
    "kept": "  of them kept",
    "ended": "pairs ended",
    "recipients": "recipients",
    "missing": "cadres not found",
    "cadres": "cadres",
    "units": "units",
    "contacts": "contacts in a year",
    "visits": "visits in a year",
    "kilometres": "kilometres in a year",
}

LIST_BY: Mapping[str, str] = {"county": "county", "unit": "unit"}

LIST_CHANGES: Mapping[str, str] = {"new": "new", "ended": "ended", "kept": "kept"}

LIST_ANSWERS: Mapping[str, str] = {"confirm": "confirm", "reject": "reject"}

# what may be chosen; anything else may be written
LIST_REASONS: Mapping[str, str] = {
    "refused": "recipient declines",
    "transferred": "cadre transferred",
    "retired": "cadre retired",
    "moved": "recipient moved away",
    "died": "recipient died",
    "too_far": "too far",
    "related": "related to each other",
    "other": "other",
}
