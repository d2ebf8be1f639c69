"""Files whose first bytes say that they are of another kind than their name says."""

from pathlib import Path

from pairmatch.model.read_limits import RefusedError

_AS_CSV = "open it in a spreadsheet program and save it as 'CSV UTF-8'; a new name is not enough"
_AS_TEXT = "write the policy as text in UTF-8; a new name is not enough"
_UNPACK = "unpack it first"

# how each begins, its own ending if it is one that is read, what it is, and what to do
_KINDS: tuple[tuple[bytes, str | None, str, str], ...] = (
    (b"PK\x03\x04", None, "a spreadsheet (.xlsx, .ods) or a .zip by another name", _AS_CSV),
    (b"\xd0\xcf\x11\xe0", None, "an old spreadsheet (.xls) by another name", _AS_CSV),
    (b"PAR1", ".parquet", "a Parquet file by another name", "rename it to end in .parquet"),
    (b"ARROW1", ".feather", "a Feather file by another name", "rename it to end in .feather"),
    (b"\x1f\x8b", None, "a file that is packed by gzip", _UNPACK),
    (b"\x28\xb5\x2f\xfd", None, "a file that is packed by zstd", _UNPACK),
)
_BINARY = (".parquet", ".feather")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LONGEST = 8


def refuse_other_kinds(path: Path, *, is_table: bool) -> None:
    """Refuse a file that is not what its name says, with what it is and what to do.

    Text in UTF-16 is told by its byte order mark, or by a zero among its first two bytes.

    Parameters
    ----------
    path
        Of a regular file.
    is_table
        Whether a table is wanted, or else a policy.

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
    for signature, own, found, advice in _KINDS:
        if begins.startswith(signature) and ending != own:
            as_text = not is_table and advice != _UNPACK
            raise RefusedError("unreadable_file", found, _AS_TEXT if as_text else advice)
    if ending not in _BINARY and (begins.startswith(_BYTE_ORDER_MARKS) or b"\0" in begins[:2]):
        how = " (in a spreadsheet program: 'CSV UTF-8', not 'Unicode Text')" if is_table else ""
        raise RefusedError("bad_encoding", "text in UTF-16, not UTF-8", f"save it as UTF-8{how}")
