"""What differs between two plans, in English."""

from collections.abc import Mapping

CAUSES: Mapping[str, str] = {
    "forced": "forced: had to change",
    "cascade": "cascade: made room for those",
    "gain": "gain: better as things are now",
    "tie": "tie: as good either way",
    "loss": "loss: worse, and not needed",
}

CHANGE_REASONS: Mapping[str, str] = {
    "recipient_gone": "recipients who are gone",
    "cadre_gone": "cadres who are gone",
    "banned": "banned",
    "not_eligible": "not eligible any more, by rank, sponsorship or distance",
    "capacity": "cadres who may have fewer",
    "demand": "recipients who want more or fewer",
    "locked": "locked",
    "min_load": "cadres below their minimum loads",
    "recipient_new": "recipients who are new",
}

DIFF: Mapping[str, str] = {
    "counts": "{removed:pair} removed, {added:pair} added, {kept:,} kept",
    "same": "No pair differs: {kept:,} kept",
    "before_status": "The plan before is {status}.",
    "after_status": "The plan after is {status}.",
    "changes": "Changes",
    "of_changes": "changes",
    "of_chains": "chains",
    "objective": "Cost in kilometres and what the policy counts as such",
    "term": "term",
    "before": "before",
    "after": "after",
    "difference": "difference",
    "without_continuity": "without continuity",
    "continuity": "continuity",
    "in_all": "in all",
    "why": "Where the difference comes from",
    "chains_forced": "forced chains, with what followed",
    "chains_gain": "chains that are a gain",
    "chains_tie": "chains that are a tie",
    "chains_loss": "chains that are a loss",
    "repriced_pairs": "repriced: pairs kept, at other costs",
    "repriced_load": "repriced: loads kept, at other costs",
    "repriced_coverage": "repriced: those left out who are new, gone or priced otherwise",
    "repriced_changes": "repriced: the price of changed pairs",
    "missing": "Cadres not found: {before:,} before, {after:,} after",
    "counties": "Where recipients live",
    "categories": "Who they are",
    "first_moves": "Who moves",
    "recipient": "recipient",
    "chain": "chain",
    "cost": "cost after less before",
    "nobody": "nobody",
    "more_rows": "  and {count:,} more",
}
