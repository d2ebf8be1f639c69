"""Why a file cannot be read, without its path and what it holds."""

import errno

from pairmatch.errors import system_reason
from pairmatch.model.read_limits import RefusedError

_KINDS: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, "unreadable_file.missing"),
    (NotADirectoryError, "unreadable_file.missing"),
    (IsADirectoryError, "unreadable_file.folder"),
    (PermissionError, "unreadable_file.permission"),
)


def unreadable(error: OSError | ValueError) -> RefusedError:
    """Return what an error means that opening or reading has given."""
    for kind, ours in _KINDS:
        if isinstance(error, kind):
            return RefusedError(ours)
    nowhere = isinstance(error, OSError) and error.errno in (errno.ENAMETOOLONG, errno.ELOOP)
    if isinstance(error, OSError) and error.strerror and not nowhere:
        return RefusedError("unreadable_file.system", why=system_reason(error))
    return RefusedError("unreadable_file.nowhere")
