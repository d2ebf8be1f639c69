"""Files whose first bytes say that they are of another kind than their name says."""

from pathlib import Path

from pairmatch.model.read_limits import RefusedError

# how each begins, its own ending if it is one that is read, what it is, and what to do: phrases
_KINDS: tuple[tuple[bytes, str | None, str, str], ...] = (
    (b"PK\x03\x04", ".xlsx", "spreadsheet", "as_xlsx"),
    (b"\xd0\xcf\x11\xe0", None, "old_spreadsheet", "as_xlsx"),
    (b"PAR1", ".parquet", "parquet", "to_parquet"),
    (b"ARROW1", ".feather", "feather", "to_feather"),
    (b"\x1f\x8b", None, "gzip", "unpack"),
    (b"\x28\xb5\x2f\xfd", None, "zstd", "unpack"),
)
_BINARY = (".parquet", ".feather", ".xlsx")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LONGEST = 8


def refuse_other_kinds(path: Path, *, is_table: bool, any_encoding: bool = False) -> None:
    """Refuse a file that is not what its name says, with what it is and what to do.

    Text in UTF-16 is told by its byte order mark, or by a zero among its first two bytes.

    Parameters
    ----------
    path
        Of a regular file.
    is_table
        Whether a table is wanted, or else a policy.
    any_encoding
        Whether text in UTF-16 is as good as any.

    Raises
    ------
    RefusedError
        If its first bytes say that it is of another kind.
    OSError
        If the file cannot be read.
    """
    ending = path.suffix.lower()
    with path.open("rb") as file:
        begins = file.read(_LONGEST)
    for signature, own, what, how in _KINDS:
        if begins.startswith(signature) and ending != own:
            as_text = not is_table and how != "unpack"
            raise RefusedError(
                "unreadable_file.other_kind", what=what, how="as_text" if as_text else how
            )
    if ending in _BINARY or any_encoding:
        return
    if begins.startswith(_BYTE_ORDER_MARKS) or b"\0" in begins[:2]:
        raise RefusedError("bad_encoding.utf16", how="not_unicode_text" if is_table else "")
