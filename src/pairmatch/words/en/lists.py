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
        *("pairs", "contacts", "visits", "kilometres"),
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

LIST_CHANGES: Mapping[str, str] = {"new": "new", "ended": "ended"}

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

LISTS: Mapping[str, str] = {
    "title": "Pairs to answer: {called}",
    "item": "item",
    "value": "value",
    "page": "page {page} of {pages}",
    "who": "who answers",
    "who_county": "The office of this county, for the recipients who live in it, whichever unit "
    "their cadres belong to. Each pair is on one list.",
    "who_unit": "This unit, for its cadres. Each pair is on one list.",
    "what": "what to do",
    "confirm_or_reject": "Choose {confirm} or {reject} in the column {answer} of the sheet {pairs} "
    "for each row; what stays empty is open and will be asked again.",
    "give_reason": "For {reject}, choose a reason or write one of your own; write nothing about a "
    "person. In the column {author} stands an id, never a name.",
    "leave": "Do not change other columns, ids least of all. Rows may be sorted and filtered. Send "
    "the workbook back as a workbook, this sheet included.",
    "policy": "what the plan goes by",
}

LIST_POLICY: Mapping[str, str] = {
    "preferred": "{categories:list}: {ranks:list} are preferred",
    "allowed": "{categories:list}: {ranks:list} are allowed",
    "forbidden": "{categories:list}: {ranks:list} may not help",
    "at": "{rule}, at {km} km more",
    "every_rank": "all ranks",
    "first_rule": "The first of these that fits a pair holds; where none does, anybody may help.",
    "capacity": "A cadre has at most {most:recipient} unless the tables say otherwise.",
    "capacity_of": "{rank}: at most {most:recipient}.",
    "load": "The first, second and further recipients of a cadre count as {steps:all} km more.",
    "distance": "Distances are straight lines times {detour}.",
    "max_km": "No pair is farther apart than {km} km.",
    "locality": "Pairs within one village, township, county, prefecture or province count as "
    "{steps:all} km more, all others as {above} km.",
    "prefer": "Recipients outside of the areas that a unit is to serve count as {km} km more.",
    "require": "A unit serves only the areas that it is to serve.",
    "ignore": "Which areas a unit is to serve makes no difference.",
    "first": "As many as can be are served before any cost counts.",
    "priced": "To leave somebody without a cadre counts as {km} km.",
    "continuity": "To keep a current pair saves {km} km.",
}
