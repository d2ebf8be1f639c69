"""What is said of lists that came back, in English."""

from collections.abc import Mapping

ANSWER_FINDINGS: Mapping[str, tuple[str, str]] = {
    "answer_contradictory": (
        "pairs with two answers, here or in another file; they stay open (files: {names:list})",
        "ask the unit which holds, and leave one answer",
    ),
    "answer_contradictory.banned": (
        "pairs that are confirmed, and that a ban forbids; they stay open",
        "take the ban away with an edit (unban) if the confirmation holds",
    ),
    "answer_contradictory.locked": (
        "pairs that are rejected now, and were confirmed in an earlier round; they stay locked",
        "take the lock away with an edit (unlock) and ban the pair if the rejection holds",
    ),
    "answer_missing_column": (
        "a list without some of its columns ({names:list}); nothing of it is taken",
        "write the header of the column again as it was in the list that went out",
    ),
    "answer_missing_rows": (
        "pairs of this list that no row names any more: {count:,}; they stay open",
        "ask the unit to answer for all rows of the list that went out",
    ),
    "answer_no_digest": (
        "the file does not say which plan it is of; its pairs were compared one by one",
        "ask for the workbook with its cover, or check that it is of this plan",
    ),
    "answer_no_list": (
        "no list with pairs and answers in this file; nothing of it is taken",
        "ask the unit for the list that it was given",
    ),
    "answer_no_pair": (
        "rows with a cell of the pair left empty; nothing of them is taken",
        "write both ids as in the list that went out",
    ),
    "answer_nobody": (
        "none of the rows is a pair of this plan; nothing of them is taken",
        "find out whose file it is, and of which plan",
    ),
    "answer_not_kept": (
        "text that is too long or has a number of a person; the answer counts without it",
        "write a short reason about the pair, and an id that means nothing elsewhere",
    ),
    "answer_not_understood": (
        "answers in words that are not understood; the pairs stay open",
        "write the answer as the list's choices have it",
    ),
    "answer_not_understood.reason_alone": (
        "a reason without an answer; the pairs stay open",
        "write the answer too",
    ),
    "answer_other_plan": (
        "a list of another plan; nothing of it is taken",
        "read it against the plan that it is of, or hand out the list of this one",
    ),
    "answer_other_plan.before": (
        "a list of the plan that this one started from; nothing of it is taken",
        "read it against that plan, or hand out the list of this one",
    ),
    "answer_repeated": (
        "rows that say again what another row says; taken once",
        "nothing, if they are meant to be the same",
    ),
    "answer_two_columns": (
        "several columns that may be the same one ({names:list})",
        "leave one of them, with the header of the list that went out",
    ),
    "answer_undecided": (
        "answers that are still to come; the pairs stay open",
        "ask again later",
    ),
    "answer_unknown_pair": (
        "pairs that are not in this plan; nothing of them is taken",
        "compare the ids with the list that went out, and ask the unit what it has changed",
    ),
}

ANSWERS: Mapping[str, str] = {
    "scenario": "answers of units to plan {digest}",
    "title": "Answers",
    "files": "files",
    "pairs": "pairs of the plan",
    "confirmed": "confirmed",
    "earlier": "  of them in an earlier round",
    "rejected": "rejected",
    "open": "open",
    "findings": "{count:thing needs|things need} a look: {counts:all}",
    "more": "and {count:,} more; --report writes all of them.",
    "notes": "Repaired or passed over",
    "next": "Solve again with: pairmatch whatif {plan} {scenario} {out}",
    "listed": "Everything to look at: {file}",
    "pairs_listed": "Every pair with its answer: {file}",
}

OPEN_WHY: Mapping[str, str] = {
    "no_row": "no row came back",
    "blank": "no answer in the row",
    "undecided": "answer still to come",
    "not_understood": "not understood",
    "contradictory": "two answers",
}

ROUND: Mapping[str, str] = {
    "counts": "{pairs:pair}: {confirmed:,} confirmed, {rejected:,} rejected, {open:,} open",
    "since": "What became of the plan before",
    "pairs": "its pairs",
    "confirmed": "confirmed",
    "confirmed_stand": "  of them standing",
    "rejected": "rejected",
    "rejected_back": "  of them made again",
    "rejected_replaced": "  of them with another cadre now",
    "rejected_without": "  of them without a cadre now",
    "unanswered_stand": "without an answer, standing",
    "unanswered_changed": "without an answer, changed",
    "gone": "of people who are gone",
    "by_county": "By county",
    "chase": "To chase: {count:unit} with open pairs, {silent:,} of them without any answer",
    "nobody": "Nobody to chase: every pair has its answer.",
    "more": "  and {count:,} more; --json has all of them",
}

ROUND_COLUMNS: Mapping[str, str] = {
    "county": "county",
    "unit": "unit",
    "pairs": "pairs",
    "confirmed": "confirmed",
    "rejected": "rejected",
    "open": "open",
}
