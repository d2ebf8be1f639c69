"""Why a file cannot be read, without its path and what it holds."""

import errno

_CHECK = "check the path and how it was saved"
_KINDS: tuple[tuple[type[OSError], str, str], ...] = (
    (FileNotFoundError, "no such file", _CHECK),
    (NotADirectoryError, "no such file", _CHECK),
    (IsADirectoryError, "a folder where a file is needed", "name the file in it"),
    (
        PermissionError,
        "a file that you may not read",
        "ask its owner for the permission to read it, or close it where it is open",
    ),
)


def unreadable(error: OSError | ValueError) -> tuple[str, str]:
    """Return what was found and what to do, for an error that opening or reading has given."""
    for kind, found, advice in _KINDS:
        if isinstance(error, kind):
            return found, advice
    if isinstance(error, OSError) and error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        return "a path that leads nowhere", _CHECK
    if isinstance(error, OSError) and error.strerror:
        return f"a file that the system cannot read ({error.strerror})", "check the disk"
    return "a path that leads nowhere", _CHECK
