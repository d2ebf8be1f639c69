"""English as a language: all texts, by key, and its grammar."""

from collections.abc import Mapping

from pairmatch.words.en.answers import ANSWERS, OPEN_WHY, ROUND, ROUND_COLUMNS
from pairmatch.words.en.diff import CAUSES, CHANGE_REASONS, DIFF
from pairmatch.words.en.doubts import DOUBTS
from pairmatch.words.en.explanations import CHANGES, EXPLAIN, MOVES, RULES
from pairmatch.words.en.findings import FINDINGS
from pairmatch.words.en.grammar import write
from pairmatch.words.en.help import HELP
from pairmatch.words.en.lists import (
    LIST_ANSWERS,
    LIST_BY,
    LIST_CHANGES,
    LIST_COLUMNS,
    LIST_COVER,
    LIST_POLICY,
    LIST_REASONS,
    LIST_SHEETS,
    LISTS,
)
from pairmatch.words.en.names import NAMES
from pairmatch.words.en.plots import PLOTS
from pairmatch.words.en.workbook import COLUMN_USES, DEFAULTS, TABLE_USES, WORKBOOK
from pairmatch.words.en.wrong import WRONG
from pairmatch.words.language import Language, flat

_PHRASES: Mapping[str, str] = {
    "more": " and {more:,} more",
    # what is known
    "codes": "{count:,} there",
    "codes_nearest": "{count:,} there, nearest are {names:list}",
    "codes_such": "{count:,} there, such as {names:list}",
    "or_attribute": ", or name it in attributes",
    "perhaps": "perhaps {nearest} is meant; ",
    # kinds of values and files
    "a_number": "a number",
    "a_whole_number": "a whole number",
    "bools": "true and false",
    "fractions": "numbers with a fraction",
    "integers": "whole numbers",
    "nested": "nested values",
    "other_values": "bytes or values of another kind",
    "text": "text",
    "times": "dates or times",
    "device": "a device",
    "feather": "a Feather file by another name",
    "gzip": "a file that is packed by gzip",
    "old_spreadsheet": "an old spreadsheet (.xls) by another name",
    "parquet": "a Parquet file by another name",
    "pipe": "a named pipe",
    "socket": "a socket",
    "spreadsheet": "a spreadsheet (.xlsx, .ods) or a .zip by another name",
    "zstd": "a file that is packed by zstd",
    # what to do with a file of another kind
    "as_xlsx": "open it in a spreadsheet program and save it as .xlsx or 'CSV UTF-8'; a new name "
    "is not enough",
    "as_text": "write the policy as text in UTF-8; a new name is not enough",
    "not_unicode_text": " (in a spreadsheet program: 'CSV UTF-8', not 'Unicode Text')",
    "to_feather": "rename it to end in .feather",
    "to_parquet": "rename it to end in .parquet",
    "unpack": "unpack it first",
    # why somebody goes without
    "all_taken": "all taken by others",
    "by_moving": "a place to be had by moving others",
    "eligible": "{count:eligible cadre}",
    "eligible_more": "{count:eligible cadre} more",
    "none_at_all": "none at all",
    "places_left": "{places_left:place} left",
    # what an option wants
    "axes_or_none": "give matplotlib axes, or None for a new figure",
    "cancel_or_none": "give an object with is_set(), such as threading.Event(), or None",
    "changes_or_none": "give an integer from 0, or None for any number",
    "kilometres": "give kilometres from 0 to 100,000",
    "plan_or_none": "give a Plan, or None",
    "executor_or_none": "give an open concurrent.futures.ThreadPoolExecutor, or None for a pool "
    "of its own",
    "function_or_none": "give a function of one argument, or None",
    "integer_from_0": "give an integer from 0",
    "integer_from_0_or_none": "give an integer from 0, or None",
    "plan": "give a plan from solve() or Plan.load()",
    "policy": "make one with Policy.from_mapping or Policy.from_file",
    "problem": "make one with Problem.from_tables",
    "tuning": "make one with Tuning, or leave it out",
    "scale": "give a number from {smallest} to {largest}",
    "seconds_or_none": "give seconds above 0, or None for no limit",
    "share": "give a share from 0 to 1",
    "threads_or_none": "give an integer from 1, or None for one a core",
}

_FINDINGS: Mapping[str, str] = {
    # behind what was found: where
    "attribute": " (number {attribute} of the attributes)",
    "entry": " (entry {entry} of this part)",
    "edit": " (edit {edit})",
    "line": " (line {line})",
    "noted_rows": " ({count:#row} {names:list}{source})",
    "rows": ", {count:#row} {names:list}",
    "cited": " ({ids:all})",
    "called": "{called} ({code})",
    "counted": "{code} {count:,}",
    "cells": ", {count:#cell} {names:list}",
    "in_file": ", {file}",
    "in_sheet": ", sheet {sheet}",
    "finding": "{code}: {where}: {found}{cited}\n    -> {advice}",
    "failures": "{count:failure} in the input: {counts:all}",
    "more_findings": "and {count:,} more of these; `findings` has all of them.",
    "how_rows_count": "Rows are counted as a spreadsheet counts them, blank ones too; those of "
    "tables without a header in a row of its own are counted from 1.",
    "does_not_hold": "the plan does not hold:",
    "options": "{count:option is|options are} wrong",
}

_NOTES: Mapping[str, str] = {
    "above_header": "rows above the header were left out, with several cells each: {count:,}",
    "area_without_point": "areas without a point: {count:,}",
    "closed_area": "people there were removed, as the area is closed: {count:,}",
    "default_policy": "no policy file: every field has its default",
    "dropped_column": "unknown columns were dropped: {names:list}",
    "emptied_reference": "cells that named what an edit removed were emptied: {count:,}",
    "gone_pair": "pairs of people who are not in the tables were dropped: {count:,}",
    "example_row": "rows that show an example were left out: {count:,}",
    "ignored_sheet": "sheets that are no table were ignored: {names:list}",
    "joined_rows": "rows that stand alike in several parts were taken once: {count:,}",
    "other_encoding": "text in another encoding than UTF-8: {names:list}",
    "repaired_footer": "rows below the table, as on who filled it in, were left out: {count:,}",
    "repaired_merged_cells": "merged cells were filled down: {count:,}",
    "repaired_repeated_header": "rows that repeat the header were left out: {count:,}",
    "repaired_total_row": "rows with sums were left out: {count:,}",
    "unnamed_column": "columns without a name were left out: {names:list}",
    "ignored_file": "files that are no table were ignored: {names:list}",
    "inherited_point": "people whose area has no point either, so at that of one above: {count:,}",
    "no_distances": "nobody has a location: distances count nothing",
    "no_locality": "no table of areas: locality counts nothing",
    "no_rows": "the table has no rows, so that nobody is paired: is it the right one?",
    "no_units": "no table of units: unit ids are not checked, and nobody sponsors",
    "point_of_area": "people without a point of their own, so at that of their area: {count:,}",
    "removed_reference": "rows that named what an edit removed were removed too: {count:,}",
    "repaired_apostrophe": "apostrophes before values were removed: {count:,}",
    "repaired_blanks": "blanks around values, and unseen characters, were removed: {count:,}",
    "repaired_decimal": "whole numbers were read without the .0 behind them: {count:,}",
    "repaired_degrees": "degrees with signs, minutes or letters were made decimal: {count:,}",
    "repaired_exponent": "whole numbers with an exponent were written out: {count:,}",
    "repaired_formula": 'values written as formulas, such as ="007", were read as meant: {count:,}',
    "repaired_measure": "measures and count words behind numbers were removed: {count:,}",
    "repaired_nothing": "cells with a sign or word for nothing were read as empty: {count:,}",
    "repaired_numeral": "Chinese numerals were read as numbers: {count:,}",
    "repaired_reference": "ids were written as in the table they belong to: {count:,}",
    "repaired_separator": "codes were taken apart at other separators than ;: {count:,}",
    "repaired_thousands": "commas between the digits of numbers were removed: {count:,}",
    "repaired_wide_signs": "full-width signs of the policy were read as plain ones: {count:,}",
    "repaired_width": "full-width letters, digits and signs were made plain: {count:,}",
    "rounded_to_metres": "rounded to whole metres: {count:,}",
    "zero_point": "at 0 degrees east and north, most likely for want of a value: {count:,}",
}

_STATUSES: Mapping[str, str] = {
    "OPTIMAL": "Proven: no plan is better.",
    "FEASIBLE": "Not proven to be the best: a limit stopped the solve, or few pairs may change. "
    "The plan may be used. Its gap bounds what is left to gain; without a gap, more people might "
    "be served. Allow more time, or more changes, for a proof.",
    "INFEASIBLE": "Hard rules clash (minimum loads or locks): the plan breaks as few as possible. "
    "The diagnosis lists them; relax one of those that compete.",
    "CANCELLED": "The solve was cancelled: the plan is the best found by then. Its gap bounds "
    "what is left to gain; without a gap, more people might be served. Run it again for a proof.",
    "UNSOLVED": "Stopped before there was any plan: nothing in it may be used. Allow more time.",
}

_REASONS: Mapping[str, str] = {
    "no_eligible_cadre": "eligibility and sponsorship leave {allowed:cadre}",
    "out_of_reach": "{allowed:cadre} allowed by the rules, {in_reach:,} of them within the "
    "distance",
    "banned": "{in_reach:cadre} allowed by the rules and in reach, {banned:,} of them banned",
    "stopped": "the solve was stopped before this was settled",
    "cheaper_unserved": "{further:phrase} in reach with {left:phrase}, at no less than the price",
    "capacity_exhausted": "{further:phrase} in reach with {places:place}, {taken:phrase}",
}

_CURES: Mapping[str, str] = {
    "capacity": "{added:more place} among {cadres:cadre} in reach (capacity)",
    "bans": "{pairs:ban} lifted",
    "bans_and_capacity": "{pairs:ban} lifted, with {added:more place} among {cadres:cadre} in "
    "reach",
    "locks": "{pairs:lock} lifted",
    "eligibility": "eligibility that allows {rules:list}",
    "rule": "{rank:rank} for {category:category}",
    "sponsorship": "sponsorship preferred, not required",
    "max_km": "distance.max_km {max_km}",
    "no_max_km": "no distance.max_km",
    "serves": "{cure}: {serves:,} more served",
    "or": "; or ",
}

_DIAGNOSIS: Mapping[str, str] = {
    "shortage": "{recipients:recipient} together want {wanted:cadre}; {cadres:cadre} in reach with "
    "{places:place}: {short:,} short ({who:all}).",
    "shortage_somewhere": "{recipients:recipient} together want {wanted:cadre}; {cadres:cadre} in "
    "reach with {places:place}: {short:,} short ({who:all}; {names:list}).",
    "category": "{count:,} {name:category}",
    "area": "{name} ({count:,})",
    "cures": " Cures: {cures}.",
    "policy_cures": "Cures by the policy: {cures}.",
    "below_min_load": "{count:cadre is|cadres are} {short:recipient} short of their minimum loads "
    "(first: {first:all}).",
    "broken_locks": "{count:lock is|locks are} not kept (first: {first:all}).",
    "pair": "{recipient} with {cadre}",
    "without_min_load": "With min_load lowered to what these cadres have no hard rule is broken, "
    "as this plan shows.",
    "without_locks": "With these locks lifted no hard rule is broken, as this plan shows.",
    "without_both": "With min_load lowered to what these cadres have and these locks lifted no "
    "hard rule is broken, as this plan shows.",
}

_PLAN: Mapping[str, str] = {
    "reasons": "{status} Under these rules not all cadres can be found; each recipient without one "
    "has a reason.",
    "shortages": "{status} Under these rules not all cadres can be found; the diagnosis says where "
    "places are short.",
}

_ERRORS: Mapping[str, str] = {
    # folders to write
    "cannot_write": "cannot write {folder}: {why:system}",
    "here": "{folder} is the folder you are in; name a new one",
    "no_temporary": "cannot make a temporary folder: {why:system}",
    "not_ours": "{folder} is not a plan made by pairmatch and will not be replaced",
    "not_a_table": "{folder} is not the name of a table to write: it has to end in .csv or .xlsx",
    "not_scenario": "{folder} is not the name of a scenario to write: it has to end in .yaml, .yml "
    "or .json",
    "nowhere": "cannot write: the path leads nowhere",
    "taken": "{folder} exists and is not an empty folder; choose another, or remove it first",
    "not_xlsx": "{folder} is not the name of a workbook to write: it has to end in .xlsx",
    "taken_workbook": "{folder} exists; choose another name, or remove it first (check replaces "
    "its report if asked with --force)",
    "taken_file": "{folder} exists; choose another name, or remove it first (with --force it "
    "is replaced)",
    "not_lists": "{folder} does not hold lists made by pairmatch and will not be replaced",
    "taken_lists": "{folder} exists and is not an empty folder; choose another, or remove it first "
    "(workbooks replaces earlier lists if asked with --force)",
    "taken_force": "{folder} exists and is not an empty folder; choose another, or remove it first "
    "(solve replaces an earlier plan if asked with --force)",
    # plans to read
    "changed": "{folder} is not a saved plan, or it was changed: {why}",
    "missing": "{folder} is not a saved plan: {why} is missing",
    "missing_file": "{folder} is not a saved plan: a file is missing",
    "no_folder": "{folder} is not a saved plan: a folder is needed",
    "no_problem": "{folder} is not a saved plan: the folder problem is missing",
    "no_version": "{folder} has no schema version; this release reads {reads}",
    "permission": "{folder} cannot be read: a file that you may not read",
    "refused": "{folder} is not read: {kind:found}: {kind:advice}",
    "too_large": "{folder} is too large for the memory that is left",
    "unreadable": "{folder} cannot be read: {why}",
    "version": "{folder} has schema version {found}; this release reads {reads}",
    # numbers
    "dear_pair": "a pair could cost {cost} metres; the largest that can be handled is {most}. "
    "Lower the kilometres of the policy.",
    "high_prices": "prices of {missing} for a missing recipient and {violation} for a broken rule, "
    "over {pairs} pairs of people in one class, leave 64 bits; fewer distinct priorities or "
    "smaller numbers of kilometres are needed",
    # plans to use
    "not_optimal": "{status}: {status:status}",
}

# what a system says when it refuses
_SYSTEM: Mapping[str, str] = {
    "EACCES": "Permission denied",
    "EBUSY": "Device or resource busy",
    "EDQUOT": "Disk quota exceeded",
    "EEXIST": "File exists",
    "EFBIG": "File too large",
    "EINVAL": "Invalid argument",
    "EIO": "Input/output error",
    "EISDIR": "Is a directory",
    "ELOOP": "Too many levels of symbolic links",
    "EMFILE": "Too many open files",
    "ENAMETOOLONG": "File name too long",
    "ENODEV": "No such device",
    "ENOENT": "No such file or directory",
    "ENOSPC": "No space left on device",
    "ENOTDIR": "Not a directory",
    "ENOTEMPTY": "Directory not empty",
    "EPERM": "Operation not permitted",
    "EROFS": "Read-only file system",
    "ETIMEDOUT": "Connection timed out",
    "ETXTBSY": "Text file busy",
    "other": "the system's error {why}",
    "unknown": "the system gives no reason",
}

_REPORT: Mapping[str, str] = {
    # the work of a year
    "work": "Work of a year: {contacts:contact} and {visits:visit} for each recipient, one visit "
    "for all at one home",
    "contacts": "contacts",
    "visits": "visits",
    "travel_m": "there and back",
    "total": "in all",
    "most_of_a_cadre": "the most of a cadre",
    "most_of_a_unit": "the most of a unit",
    # the plan
    "summary": "Summary of the plan",
    "status": "{status}: {advice}",
    "people": "People",
    "cadres": "cadres",
    "recipients": "recipients",
    "pairs": "pairs",
    "kept": "  of them kept",
    "by_exception": "  of them allowed, not preferred",
    "households_split": "households with several cadres",
    "missing": "cadres not found",
    "at_priority": "  at priority {priority}",
    "objective": "Cost in kilometres and what the policy counts as such",
    "in_all": "in all",
    "level": "level",
    "value": "value",
    "bound": "bound",
    "gap": "gap",
    "proof": "Proof: {scope}, {what}",
    "ALL_PAIRS": "every eligible pair was priced",
    "CANDIDATE_ARCS": "not every eligible pair was priced",
    "diagnosis": "Diagnosis",
    "effort": "{total:.1f} s of solving ({phases:all}), {memory:,.0f} MB at peak",
    "stage": "{stage:stage} {seconds:.1f}",
    "sizes": "{cadre_classes:,} x {recipient_classes:,} classes, {arcs:arc}, {rounds:round}, "
    "engine {engine}",
    "compiling": "{seconds:.1f} s before it, to load compiled code, or to compile it on first use",
    # its check
    "holds": "The plan holds ({status}); {claim}.",
    "proven": "proven: no plan is better",
    "not_proven": "the bounds hold, with a gap",
    "recounted": "{pairs:pair} and {missing:cadre} not found, recounted",
    "cost": "cost {cost}",
    # the tables
    "good": "The tables are good.",
    "wanted": "cadres wanted in all",
    "places": "places in all",
    "inheriting": "Areas with people that use the point of an area above: {names:list}",
    "notes": "Notes",
    "note": "{where}: {text} ({code})",
    "read": "Read",
    "files": "files: {names:all}",
    "digest": "digest: {digest}",
    # doubts
    "doubts": "Doubts: no failures, but worth a look",
    "doubt": "  {table}: {found} ({code})\n    -> {advice}",
    # a problem cut by areas
    "part": "folder",
    "across": "  Pairs of people in two of them, in the folder across: {count:,}",
    "left_out": "In none of them, and left out",
    # examples
    "examples": "Examples of pairs (made-up people)",
    "recipient": "recipient",
    "category": "category",
    "lives_in": "lives in",
    "cadre": "cadre",
    "rank": "rank",
    "works_in": "works in",
    "km": "km",
}

_COMMANDS: Mapping[str, str] = {
    "nothing_written": "Nothing was written.",
    "lists": "{pairs:pair} on {lists:list|lists}, each on one of them\n"
    "Written to {folder}; the file {index} says which list is whose",
    "written": "Written to {folder}",
    "fill_in": "A workbook to fill in: {file}\nThen check it with: pairmatch check {folder}",
    "mend_report": "Mend the coloured cells of {file}, save it, then run: pairmatch check {file}",
    "mark_failures": "A workbook with each failure in its row: add --report FILE.xlsx",
    "solve_next": "Next: pairmatch solve {folder} -o PLAN",
    "check_with": "Check the plan with: pairmatch verify {folder}",
    "stays": "All of this stays until you remove it: {command}",
    "province": "Synthetic province (real areas, made-up people) in {folder}\n"
    "{cadres:cadre} in {units:unit}, {recipients:recipient}, {areas:area}; "
    "scale {scale:g}, seed {seed}, geometry {geometry}",
    "warm": "{kernels:kernel} in {seconds:.1f} s, {compiled} of them compiled",
    "warm_kept": "{warm}\nKept in {folder}",
    "warm_lost": "{warm}; only {kept} could be kept, the others are lost. Run this as a user who "
    "may write the package's folder, or set NUMBA_CACHE_DIR to a folder with room",
    "failure": "pairmatch: {text}",
    "out_of_memory": "more memory is needed than is left; nothing is left half-written\n"
    "    -> close other programs, or use a machine with more memory",
    "stopped": "stopped by a signal; nothing is left half-written",
    "no_output": "cannot write to standard output: {why:system}",
}

_PHASES: Mapping[str, str] = {
    # of a solve
    "compile": "loading compiled code, or compiling it on first use",
    "formulate": "costs as integers",
    "classes": "classes of people",
    "coarse": "where cadres are scarce",
    "seed": "near neighbours",
    "auction": "who is wanted by many",
    "solve": "solving",
    "price": "pricing every omitted pair",
    "first plan": "a plan of what there is",
    "plan": "from classes back to people",
    # of a command
    "read_tables": "reading and checking the tables",
    "read_plan": "reading the plan",
    "edit": "editing the problem",
    "read_answers": "reading what came back",
    "verify": "checking every pair",
    "explain": "what it would cost",
    "diff": "comparing the plans",
    "make_province": "making a synthetic province",
    "warm_up": "compiling, or loading what is compiled already",
    "write_plan": "writing the plan",
    "write_report": "writing the report",
    "write_tables": "writing the tables",
    "prepare_lists": "grouping, sorting and counting the lists",
    "write_lists": "writing the workbooks",
    # what is said of one
    "in_round": "round {round}: {phase}",
    "stopping": "stopping ({phase}); once more to give up at once",
    "share": "{phase}, {percent} %",
    "left": "left:",
}

ENGLISH = Language(
    flat(
        FINDINGS,
        NAMES,
        help=HELP,
        phrase=_PHRASES,
        finding=_FINDINGS,
        note=_NOTES,
        status=_STATUSES,
        reason=_REASONS,
        cure=_CURES,
        diagnosis=_DIAGNOSIS,
        plan=_PLAN,
        error=_ERRORS,
        system=_SYSTEM,
        wrong=WRONG,
        diff=DIFF,
        cause=CAUSES,
        change_reason=CHANGE_REASONS,
        explain=EXPLAIN,
        move=MOVES,
        rule=RULES,
        change=CHANGES,
        report=_REPORT,
        plot=PLOTS,
        command=_COMMANDS,
        phase=_PHASES,
        doubt={kind: found for kind, (found, _) in DOUBTS.items()},
        doubt_advice={kind: advice for kind, (_, advice) in DOUBTS.items()},
        workbook=WORKBOOK,
        table_use=TABLE_USES,
        column_use=COLUMN_USES,
        if_empty=DEFAULTS,
        answers=ANSWERS,
        open_why=OPEN_WHY,
        round=ROUND,
        round_column=ROUND_COLUMNS,
        list_sheet=LIST_SHEETS,
        list_column=LIST_COLUMNS,
        list_cover=LIST_COVER,
        list_by=LIST_BY,
        list_change=LIST_CHANGES,
        list_answer=LIST_ANSWERS,
        list_reason=LIST_REASONS,
        list_policy=LIST_POLICY,
        lists=LISTS,
    ),
    write,
    separator=", ",
    quoted=" ({!r})",
)
