"""What is said of a pair: why it is made or not, and what it would cost."""

from collections.abc import Mapping

EXPLAIN: Mapping[str, str] = {
    "unsolved": "There is no plan: only rules and costs of pairs are known.",
    "infeasible": "Hard rules clash in this plan: prices are bounds, if no further rule is broken.",
    "not_proven": "The plan is not proven optimal: prices are bounds, which take in its gap.",
    "held": "The plan is held to an earlier one (only, most_changes or change_km): no price is "
    "known.",
    # whom somebody has
    "has_cadres": "{id} has:",
    "has_recipients": "{id} has:",
    "no_cadre": "{id} has no cadre.",
    "nobody": "{id} has no recipient.",
    "pair": "  {id}: {cost} ({terms:all})",
    "is_locked": "    a lock: the pair has to be made",
    "without": "    without this pair the whole plan would have {extra} more",
    "lacks": "{recipient} lacks {missing:cadre}: {reason}.",
    # the pair that was asked about
    "made": "The plan pairs {recipient} with {cadre}.",
    "forbidden": "{recipient} may not be paired with {cadre}:",
    "rule": "  - {text}",
    "may_be_made": "{recipient} may be paired with {cadre}, at {cost} ({terms:all}).",
    "at_least": "No price is known; if nothing else gets worse, the whole plan costs at least "
    "{least} more.",
    "no_plan": "Every plan with this pair breaks a hard rule, or a lock, more than this one.",
    "price": "With this pair the whole plan would have {extra} more.",
    "chain": "What would change, and what each step costs ({how}):",
    "chain_without": "What would change without it, and what each step costs ({how}):",
    "path": "exact, by a shortest path",
    "solve": "exact, by solving again",
    "to_allow": "For the pair to be allowed:",
    "to_choose": "For the pair to cost no more than what the plan has (one of these):",
    "change": "  - {text}",
    # others
    "alternatives": "Other cadres, by what the whole plan would have more:",
    "who_else": "Others who could have this cadre, by what the whole plan would have more:",
    "head_id": "id",
    "head_extra": "whole plan",
    "head_cost": "pair",
    "head_terms": "of it",
    "or_more": "{least} or more",
    "not_known": "not known",
    "level": "{extra} {level:level}",
    "term": "{term:term} {cost}",
    "at_priority": "of these missing at priority {priority}: {extra}",
}

MOVES: Mapping[str, str] = {
    "add": "{recipient} goes to {cadre}",
    "remove": "{recipient} leaves {cadre}",
    "load_more": "recipient number {nth} of {cadre} comes",
    "load_fewer": "recipient number {nth} of {cadre} goes",
    "missing_more": "{recipient} lacks a cadre more",
    "missing_fewer": "{recipient} lacks a cadre less",
}

RULES: Mapping[str, str] = {
    "rank_forbidden": "eligibility forbids the rank {rank:rank} for {category:category}",
    "outside_sponsored": "the recipient lives outside of the areas that the cadre's unit sponsors, "
    "and sponsorship is required",
    "too_far": "{distance} is beyond the distance limit of {most}",
    "banned": "the pair is banned",
    "no_capacity": "the cadre has a capacity of 0",
    "cadre_locked": "all places of the cadre are taken by {count:lock}",
    "recipient_locked": "all cadres that the recipient wants are given by {count:lock}",
}

CHANGES: Mapping[str, str] = {
    "allow": "{field}: a rule that lets {rank:rank} help {category:category}",
    "prefer": "{field}: prefer or ignore",
    "raise_to": "{field}: at least {distance}",
    "lift": "{field}: without this one",
    "lift_one": "{field}: without one of these",
    "one_more": "{field}: 1 or more for this cadre",
    "adjust": "{field}: {amount} for this pair",
    "lower_to": "{field}: {then} or less, where it is {now} now",
}
