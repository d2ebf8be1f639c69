"""Findings in English: by kind, what was found and what to do.

A kind is the public code of a failure, or the code, a point and what sets it apart from others of
that code.
"""

from collections.abc import Mapping

from pairmatch.words.en.answers import ANSWER_FINDINGS

_Words = tuple[str, str]

_CHECK = "check the path and how it was saved"
_IDS = "use ids that mean nothing outside of your system; never a number of a person"
_TEXTS = "take the number out of the text; no table may hold a number of a person"
_COLUMNS = "give a list of names of columns"
_WITHOUT_HEADER = "name the columns in the first row; those of this table are {names:list:column}"
_ALONE = "give the policy alone"
_LEAST = "give a number of at least {least}"
_BESIDE = "leave one of them out{or_attribute:phrase}"

_UNKNOWN: Mapping[str, str] = {
    "unknown_area": "add the area to the table areas ({known:phrase})",
    "unknown_cadre": "remove the row, or add the id to the table cadres",
    "unknown_category": "use a category of the policy, or add it there ({names:list:category})",
    "unknown_lead_unit": "add the lead unit as a row",
    "unknown_level": "use {names:list:area_level}",
    "unknown_parent": "add the parent as a row",
    "unknown_rank": "use a rank of the policy, or add it there ({names:list:rank})",
    "unknown_recipient": "remove the row, or add the id to the table recipients",
    "unknown_unit": "add the unit to the table units",
}

_VALUES: Mapping[str, _Words] = {
    **{code: ("values that are not known", advice) for code, advice in _UNKNOWN.items()},
    **{
        f"{code}.blanks": (
            "values with blanks at the start or end, known without",
            "remove the blanks",
        )
        for code in _UNKNOWN
    },
    **{
        f"{code}.dress": (
            "values that are known but for case, width, blanks or characters that are not seen",
            "write them exactly as they are written there",
        )
        for code in _UNKNOWN
    },
    **{
        f"unknown_{one}.asked": (
            "an id that the problem does not have",
            f"ask for ids of the table {one}s; rows count the ids asked for",
        )
        for one in ("cadre", "recipient")
    },
    "unknown_area.retired": (
        "codes of counties that are no longer in use, or of areas in them",
        "write the code of today ({names:list}), as the table areas has it",
    ),
    "unknown_area.sponsored": (
        "sponsored areas that are not known",
        "add the areas to the table areas ({known:phrase})",
    ),
    "cell_error": (
        "cells with an error of the spreadsheet, such as #N/A",
        "correct the formula, or write the value itself",
    ),
    "cell_not_computed": (
        "cells with a formula whose value is not stored",
        "open the workbook in a spreadsheet program and save it, or write the value itself",
    ),
    "control_character": (
        "ids with control characters, or others that are not seen",
        "leave these characters out; two ids that look the same may differ by one",
    ),
    "id_looks_like_id_number": (
        "values that are or hold what looks like a person's ID number",
        _IDS,
    ),
    "id_looks_like_id_number.in_text": (
        "values that are or hold what looks like a person's ID number",
        _TEXTS,
    ),
    "id_looks_like_phone_number": ("values that are or hold what looks like a phone number", _IDS),
    "id_looks_like_phone_number.in_text": (
        "values that are or hold what looks like a phone number",
        _TEXTS,
    ),
    "id_too_long": ("ids of more than {most} characters", "give shorter ids"),
    "negative_number": ("numbers below 0", _LEAST),
    "not_a_number": ("NaN or infinity", "leave the cell empty where a value is not known"),
    "null_value": ("empty cells", "fill them in, or leave the rows out"),
    "out_of_range.above": ("numbers above {most}", "give a number of at most {most}"),
    "out_of_range.below": ("numbers below {least}", _LEAST),
    "wrong_type.area_codes": (
        "{values:phrase} where area codes are needed",
        "give a list of area codes, or codes joined by ';'",
    ),
    "wrong_type.attribute": (
        "an attribute of {values:phrase}",
        "give attributes as text or numbers",
    ),
    "wrong_type.cells": (
        "values that are not {wanted:phrase}",
        "give {wanted:phrase}, or leave the cell empty where a default is wanted",
    ),
    "wrong_type.id": ("{given:a}, not an id", "give an id as text"),
    "wrong_type.ids": ("something that is not a list of ids", "give a list of ids, each as text"),
    "wrong_type.mixed": (
        "cells of another type than the rest of the column",
        "give all cells of a column the same type; ids as text",
    ),
    "wrong_type.text": (
        "{values:phrase} where text is needed",
        "read this column as text (ids with leading zeros are lost otherwise)",
    ),
}

_ROWS: Mapping[str, _Words] = {
    "area_cycle": ("areas that lie in themselves", "correct the parents along the cycle"),
    "area_level_order": (
        "areas whose parent is not of a higher level",
        "a parent must stand further left in: {names:list:area_level}",
    ),
    "capacity_below_min_load": (
        "a min_load above the capacity (its own, its rank's or the default)",
        "raise the capacity or lower min_load",
    ),
    "coordinate_incomplete": ("only one of lon and lat", "give both, or neither"),
    "coordinate_out_of_range": (
        "degrees beyond {limit}",
        "give WGS84 degrees, not metres of a projection",
    ),
    "coordinates_swapped": (
        "a latitude beyond 90 degrees beside a longitude that could be one",
        "lon is degrees east (92 to 109 in Gansu), lat is degrees north (32 to 43)",
    ),
    "duplicate_id": ("ids that stand in an earlier row", "give each its own id and one row"),
    "duplicate_id.elsewhere": (
        "ids that stand in another part as well: in {file}{sheet:quoted}, {cells:all}",
        "give each its own id and one row; whoever has moved stands in one part only",
    ),
    "duplicate_pair.elsewhere": (
        "pairs that stand in another part as well: in {file}{sheet:quoted}, {cells:all}",
        "keep one row for each pair",
    ),
    "duplicate_pair": ("pairs that stand in an earlier row", "keep one row for each pair"),
    "lead_unit_cycle": ("units that lead themselves", "correct the lead units along the cycle"),
    "lock_and_ban": ("pairs that are also banned", "remove the lock or the ban"),
    "no_area": (
        "cadres without an area, whose unit has none either",
        "give the cadre or its unit an area",
    ),
    "no_location": (
        "people without a point, in areas without one all the way up",
        "give lon and lat, or a point to the area or to one above it",
    ),
}

_AS_TEXT = "format the column as text before the ids are filled in, and fill them in again"
_DAMAGED: Mapping[str, _Words] = {
    "damaged_cell.apostrophe": (
        "ids with an apostrophe before them, most likely a spreadsheet's mark of text",
        "leave the apostrophe out",
    ),
    "damaged_cell.date": (
        "dates where ids are needed: most likely a spreadsheet took ids such as 3-1 for dates",
        _AS_TEXT,
    ),
    "damaged_cell.decimal": (
        "whole numbers with .0 behind them: most likely ids that a program held as numbers",
        "read this column as text (ids with leading zeros are lost otherwise)",
    ),
    "damaged_cell.digits": (
        "numbers of more than 15 digits, of which a spreadsheet keeps no more than 15",
        _AS_TEXT,
    ),
    "damaged_cell.exponent": (
        "numbers such as 6.2E+11: a spreadsheet has shortened ids of many digits",
        _AS_TEXT,
    ),
    "damaged_cell.formula": (
        'ids written as formulas, such as ="007"',
        "write the id alone, in a column that is formatted as text",
    ),
    "damaged_cell.truth": (
        "TRUE or FALSE where ids are needed: most likely a spreadsheet took a word for it",
        _AS_TEXT,
    ),
    "ids_alike": (
        "ids that differ only by case, width, blanks or characters that are not seen",
        "if they are one, write it in one way; if not, give ids that differ in more than that",
    ),
    "not_repaired.wide_signs": (
        "full-width signs where YAML has its own",
        "write : and , in half width, or read without strict",
    ),
    **{
        f"not_repaired.{code}": (found, "correct the cells, or read without strict")
        for code, found in (
            ("apostrophe", "cells with an apostrophe before the value"),
            ("blanks", "cells with blanks around the value, or characters that are not seen"),
            ("decimal", "whole numbers with .0 behind them"),
            ("degrees", "degrees with signs, minutes or letters"),
            ("exponent", "whole numbers with an exponent"),
            ("formula", 'values written as formulas, such as ="007"'),
            ("measure", "numbers with a measure or a count word behind them"),
            ("nothing", "cells such as - or N/A, or with a word that says there is nothing"),
            ("numeral", "Chinese numerals"),
            ("reference", "ids in another case or width than in the table they belong to"),
            ("separator", "codes that are not joined by ';'"),
            ("thousands", "numbers with commas between their digits"),
            ("width", "full-width letters, digits or signs"),
        )
    },
}

_COLUMN_NAMES: Mapping[str, _Words] = {
    "bad_header": ("a file without a header", "name every column in the first row"),
    "bad_header.not_utf8": ("names of columns that are not UTF-8", "write the names in UTF-8"),
    "bad_header.same": (
        "two columns that both mean this one ({names:all})",
        "keep one of them, or give the other a name of its own",
    ),
    "bad_header.separators": (
        "columns that are not separated by commas",
        "save the file with a comma between columns",
    ),
    "bad_header.title": (
        "a first row with one cell, such as a title, where the names of columns should be",
        "delete the rows above the names, or read the folder or workbook with read_problem",
    ),
    "bad_header.twice": ("column names that occur twice", "give every column a name of its own"),
    "missing_column": (
        "no such column",
        "add the column; the page on tables lists what each one holds",
    ),
    "missing_column.all": ("no such column", _WITHOUT_HEADER),
    "misspelt_column": (
        "a column whose name is nearly this one{given:quoted}",
        "rename it to {meant}; if it is another column, give it another name{or_attribute:phrase}",
    ),
    "misspelt_column.synonym": (
        "a column whose name is nearly one for this column{given:quoted}",
        "rename it to {meant}; if it is another column, give it another name{or_attribute:phrase}",
    ),
    "misspelt_column.beside": (
        "a column whose name is nearly this one{given:quoted}, beside it",
        _BESIDE,
    ),
    "personal_column": (
        "a column whose name looks personal",
        "leave it out: no name, number, address or date of birth comes in",
    ),
    "unknown_attribute": (
        "a column that neither cadres nor recipients have",
        "name columns of the tables of cadres or recipients",
    ),
    "wrong_type.attribute_name": ("{given:a} that is no name of a column", _COLUMNS),
    "wrong_type.attributes": ("{given:a} where names of columns are needed", _COLUMNS),
}

_FILES: Mapping[str, _Words] = {
    "bad_encoding": (
        "bytes that are not UTF-8",
        "save the file as UTF-8 (in a spreadsheet program: 'CSV UTF-8')",
    ),
    "bad_encoding.none": (
        "bytes that are neither UTF-8 nor UTF-16 nor GB18030",
        "save the file as .xlsx, or as UTF-8 (in a spreadsheet program: 'CSV UTF-8')",
    ),
    "bad_encoding.unlikely_letters": (
        "letters that no office writes: most likely the bytes of GB18030, which are read as UTF-8",
        "save the file as .xlsx, or as UTF-8 (in a spreadsheet program: 'CSV UTF-8')",
    ),
    "bad_encoding.policy": ("bytes that are not UTF-8", "save the file as UTF-8"),
    "bad_encoding.utf16": ("text in UTF-16, not UTF-8", "save it as UTF-8{how:phrase}"),
    "missing_table": (
        "no file and no sheet for this table",
        "add a file or a sheet called {wanted}, such as {wanted}.xlsx, or so in Chinese",
    ),
    "misspelt_file.rename": (
        "a file whose name is nearly that of this table ({file})",
        "rename it to {wanted}; if it is something else, move it away or give it another name",
    ),
    "misspelt_file.save": (
        "a file whose name is nearly that of this table ({file})",
        "save it as {wanted}; if it is something else, move it away or give it another name",
    ),
    "not_a_file": ("{what:phrase} where a file is needed", "save what it gives as a file"),
    "not_a_file.url": (
        "a URL where the path of a file is needed",
        "save it as a file first; nothing is fetched",
    ),
    "out_of_memory": (
        "more than the memory that is left can hold",
        "close other programs, give the table as Parquet, or use a machine with more memory",
    ),
    "not_repaired.footer": ("rows below the table, such as who has filled it in", "delete them"),
    "not_repaired.merged_cells": (
        "merged cells below the header",
        "unmerge them, and write the value in each",
    ),
    "not_repaired.repeated_header": ("rows that repeat the header", "delete them"),
    "not_repaired.total_row": ("rows with sums", "delete them"),
    "ragged_row": (
        "a number of cells other than the {cells} of the header",
        "quote cells that hold commas, and give every row the same number of cells",
    ),
    "ragged_row.quotes": (
        "a cell that holds whole rows: a quotation mark is missing, or there is one too many",
        "correct the quotation marks in this row; the rows in the cell were not read",
    ),
    "too_many_bytes": (
        "more than {most:,} bytes, in the file or unpacked",
        "leave out columns that nobody needs, or raise max_bytes if there is the memory",
    ),
    "too_many_columns": (
        "more than {most:,} columns",
        "delete what stands far to the right; blanks and formats count too",
    ),
    "too_many_rows": (
        "more than {most:,} rows",
        "split the table, or raise max_rows if the rows are really wanted",
    ),
    "two_policies": (
        "policies that differ, in {count} places ({names:list})",
        "give one policy for all of them, beside their folders",
    ),
    "two_sheets": ("{count} sheets for one table ({names:list})", "keep one of them"),
    "two_files": ("{count} files for one table ({names:list})", "keep one of them"),
    "unreadable_file.content": ("a file that cannot be read as what its ending says", _CHECK),
    "unreadable_file.folder": ("a folder where a file is needed", "name the file in it"),
    "unreadable_file.folder_permission": (
        "a folder that you may not read",
        "ask its owner for the permission",
    ),
    "unreadable_file.missing": ("no such file", _CHECK),
    "unreadable_file.no_folder": ("no such folder", "check the path"),
    "unreadable_file.not_a_folder": (
        "a file where a folder or a workbook (.xlsx) is needed",
        "name the folder that the tables are in; save a spreadsheet of another kind as .xlsx first",
    ),
    "unreadable_file.nowhere": ("a path that leads nowhere", _CHECK),
    "unreadable_file.other_kind": ("{what:phrase}", "{how:phrase}"),
    "unreadable_file.permission": (
        "a file that you may not read",
        "ask its owner for the permission to read it, or close it where it is open",
    ),
    "unreadable_file.system": (
        "a file that the system cannot read ({why:system})",
        "check the disk",
    ),
    "unsupported_format.not_installed": (
        "a workbook, which needs the package fastexcel",
        "install pairmatch-engine[excel], or save each sheet as 'CSV UTF-8'",
    ),
    "which_sheet": (
        "{count} sheets, none of which is called like this table",
        "call the sheet like its table, or leave only one in the workbook",
    ),
    "unsupported_format": (
        "a file of another kind",
        "save the table as one of {names:list} (CSV as UTF-8)",
    ),
    "unsupported_format.ending": (
        "a file ending in {ending}",
        "save the table as one of {names:list} (CSV as UTF-8)",
    ),
    "wrong_type.table": (
        "{given:a} that is no table",
        (
            "give a path, an Arrow table or stream, a data frame, a mapping of columns of "
            "equal length, or an iterable of {model} models or mappings"
        ),
    ),
}

# of policies and scenarios alike
_FIELDS: Mapping[str, _Words] = {
    "above": ("a number above {le}", "give a number of at most {le}"),
    "alias": ("an anchor or an alias", "write out what it stands for"),
    "at_most": ("a number of {gt} or below", "give a number above {gt}"),
    "below": ("a number below {ge}", "give a number of at least {ge}"),
    "bool": ("true or false where a number is needed", "give a number"),
    "brackets": ("text that is not YAML", "check dates and brackets"),
    "decimals": (
        "a number of more than {decimal_places} decimals",
        "give at most {decimal_places} decimals",
    ),
    "digits": ("a number of too many digits", "give a shorter number"),
    "empty_list": ("a list without an entry", "give at least {min_length}"),
    "infinite": ("NaN or infinity", "give a number"),
    "itself": ("something that holds itself", "write it out"),
    "key": ("a field whose name is not text", "the fields here are {fields:list}"),
    "list": ("something that is not a list", "give a list, even of one"),
    "long_value": ("a value of more than {most:,} characters", "give a shorter one"),
    "mapping": ("something that is not a mapping", "give names, each with a value"),
    "missing": ("a field is not there", "add it"),
    "no_fields": (
        "something that is not a mapping of fields",
        "write each field as its name, a colon and its value",
    ),
    "number": ("something that is not a number", "give a number"),
    "other_value": ("none of the values that are allowed", "give {names:or}"),
    "part": (
        "something that is not a group of fields",
        "give the fields of this part: {fields:list}",
    ),
    "text": (
        "something that is not text",
        "give text; put it in quotes if it looks like a number",
    ),
    "twice": ("a field given twice", "give each field once"),
    "unknown_field": (
        "a field that does not exist",
        "{perhaps:phrase}the fields here are {fields:list}",
    ),
    "whole": (
        "something that is not a whole number",
        "give a whole number, without a fraction",
    ),
    "yaml": (
        "text that is not YAML",
        "check colons, indentation, quotes and brackets there and just before",
    ),
}

_POLICY: Mapping[str, _Words] = {
    **{f"bad_policy.{kind}": words for kind, words in _FIELDS.items()},
    "bad_policy": (
        "a value that does not fit",
        "see the page on the policy for its fields, their types and defaults",
    ),
    "bad_policy.deep": ("brackets in brackets, more than {most} deep", "a policy is flat"),
    "bad_policy.entries": ("more than {most:,} entries", _ALONE),
    "bad_policy.falling": (
        "steps that fall",
        "let each further recipient add as much as the one before, or more",
    ),
    "bad_policy.label": (
        "a name that is empty, of more than {most} characters or with a number of a person",
        "give a short name",
    ),
    "bad_policy.long_text": ("a text of more than {most:,} characters", _ALONE),
    "bad_policy.order": ("a set, which has no order", "give a list"),
    "bad_policy.repeated": (
        "names that are empty or occur twice",
        "give each name once, and leave none empty",
    ),
    "bad_policy.unknown_category": (
        "a category that is not among the policy's categories",
        "use one of {names:list:category}, or add it to categories",
    ),
    "bad_policy.unknown_rank": (
        "a rank that is not among the policy's ranks",
        "use one of {names:list:rank}, or add it to ranks",
    ),
}

_ALONE_TOO = "give the names alone"
_USER_NAMES: Mapping[str, _Words] = {
    **{
        f"bad_columns.{kind}": _FIELDS[kind]
        for kind in (
            *("alias", "brackets", "long_value", "mapping", "no_fields", "text", "twice"),
            *("unknown_field", "yaml"),
        )
    },
    "bad_columns.deep": ("brackets in brackets, more than {most} deep", _ALONE_TOO),
    "bad_columns.entries": ("more than {most:,} entries", _ALONE_TOO),
    "bad_columns.label": _POLICY["bad_policy.label"],
    "bad_columns.long_text": ("a text of more than {most:,} characters", _ALONE_TOO),
    "bad_columns.personal_name": (
        "a name that looks like that of a personal column",
        "leave it out: no name, number, address or date of birth comes in",
    ),
    "bad_columns.two_meanings": (
        "a name that means something else as well",
        "let it mean one thing, or rename it in the tables",
    ),
    "bad_columns.unknown_category": _POLICY["bad_policy.unknown_category"],
    "bad_columns.unknown_rank": _POLICY["bad_policy.unknown_rank"],
}

_SPLIT = "split it, or replace the table from a file of its own"
_EDITS: Mapping[str, _Words] = {
    **{f"bad_edit.{kind}": words for kind, words in _FIELDS.items()},
    "bad_edit": ("a value that does not fit", "see the page on edits for what each op takes"),
    "bad_edit.deep": ("brackets in brackets, more than {most} deep", "a scenario is flat"),
    "bad_edit.empty_set": ("no new value", "name what is to be set, each with its value"),
    "bad_edit.entries": ("more than {most:,} entries", _SPLIT),
    "bad_edit.key_column": (
        "the column that tells rows apart",
        "remove the row, and add one with the other id",
    ),
    "bad_edit.long_text": ("a text of more than {most:,} characters", _SPLIT),
    "bad_edit.no_edit": (
        "something that is no edit",
        "give edits, mappings with an op, or scenarios, each as an argument of its own",
    ),
    "bad_edit.no_path": (
        "a path that leads nowhere in the policy",
        "give the path of a field, such as load.default_capacity",
    ),
    "bad_edit.other_attributes": (
        "a problem with other attributes",
        "read both problems with the same attributes",
    ),
    "bad_edit.unknown_column": (
        "columns that the table does not have ({given:all})",
        "leave them out; the columns are {names:all}",
    ),
    "bad_edit.unknown_op": ("no op, or one that does not exist", "give one of {names:list}"),
    "duplicate_id.edited": (
        "ids that are there already",
        "change the row that is there, or give the new one an id of its own",
    ),
    "duplicate_pair.edited": ("pairs that are there already", "leave them out"),
    **{
        f"unknown_{one}.edited": (
            "ids that are not there, or no more",
            f"give ids of the table {one}s as it stands after the edits before",
        )
        for one in ("cadre", "recipient", "unit", "area")
    },
    "unknown_pair": (
        "pairs that are not there, or no more",
        "give pairs of the table as it stands after the edits before",
    ),
}

_OPTIONS: Mapping[str, _Words] = {
    "nobody_named": ("nobody to explain", "give a recipient_id, a cadre_id or both"),
    "closed_executor": ("a pool that takes no more work", "{wanted:phrase}"),
    "folder_taken": ("not empty", "choose another folder, or empty it first"),
    "unknown_area.asked": (
        "an area where nobody lives or works and that no table has",
        "ask for codes of the table areas; rows count the areas asked for",
    ),
    "overlapping_areas.inside": (
        "an area that lies in another one that is asked for",
        "ask for one of them; rows count the areas asked for",
    ),
    "overlapping_areas.twice": (
        "an area that is asked for twice",
        "ask for it once; rows count the areas asked for",
    ),
    "missing_package": (
        "a format that needs the package {package}, which is not installed",
        "install {extra} with pip, or {package} alone",
    ),
    "missing_package.plots": (
        "plots, which need the package {package}, which is not installed",
        "install {extra} with pip, or {package} alone",
    ),
    "not_a_number.option": ("NaN", "{wanted:phrase}"),
    "out_of_range.integer": ("an integer below {least}", "{wanted:phrase}"),
    "out_of_range.limit": (
        "something other than a whole number above 0",
        "give a whole number, or leave it out",
    ),
    "out_of_range.option": ("a number out of range", "{wanted:phrase}"),
    "closed_session": ("closed already", "ask within the with block, or open another one"),
    "clash_outside": (
        "pairs that have to stand outside of it, and locks, which clash with capacities or bans",
        "take in the areas, units or people whose rules have changed",
    ),
    "needs_start": ("an option of a re-solve without a start", "give start, an earlier plan"),
    "too_few_changes": (
        "{must} pairs of the start have to change, and {most} may",
        "allow {must} or more, or undo what makes them change",
    ),
    "unknown_only": (
        "names that are no area, unit, cadre or recipient",
        "give codes of areas, and ids of units, cadres or recipients of this problem",
    ),
    "unsolved_plan": (
        "a plan whose solve was stopped before there was any pair",
        "solve it again with more time",
    ),
    "too_large_for_workbook.cell": (
        "a text of more than {most:,} letters",
        "write CSV or Parquet: a cell of a workbook holds no more",
    ),
    "too_large_for_workbook.rows": (
        "more than {most:,} rows",
        "write CSV or Parquet: a sheet of a workbook holds no more",
    ),
    "unknown_name": ("no such name", "choose one of {names:list}"),
    "wrong_type.callable": ("{given:a}, not callable", "{wanted:phrase}"),
    "wrong_type.cancel": ("{given:a} without is_set()", "{wanted:phrase}"),
    "wrong_type.executor": ("{given:a}, not a pool of threads", "{wanted:phrase}"),
    "wrong_type.instance": ("{given:a} where {needed:a} is needed", "{wanted:phrase}"),
    "wrong_type.integer": ("{given:a}, not an integer", "{wanted:phrase}"),
    "wrong_type.name": ("{given:a}, not a name", "choose one of {names:list}"),
    "wrong_type.names": (
        "{given:a}, not a list of texts",
        "give a list of codes of areas, and ids of units, cadres or recipients",
    ),
    "wrong_type.number": ("{given:a}, not a number", "{wanted:phrase}"),
}

FINDINGS: Mapping[str, _Words] = {
    **_VALUES,
    **_ROWS,
    **_DAMAGED,
    **_COLUMN_NAMES,
    **_FILES,
    **_POLICY,
    **_USER_NAMES,
    **_EDITS,
    **_OPTIONS,
    **ANSWER_FINDINGS,
}
