"""Machine code of kernels on disk: found where it can be read, kept where it can be written.

numba's own cache refuses to start where it can write nowhere, never reads where it cannot write,
takes a damaged file for an error, and does not see that a kernel of another module has changed. So
kernels are kept here, one file for each kernel and signature: a checksum, a stamp of all that the
machine code depends on, and what numba needs to load it.
"""

import hashlib
import logging
import os
import pickle
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core import compiler, config, serialize
from numba.misc import appdirs

_log = logging.getLogger(__name__)

# held while a file is written, so that a process that is about to end leaves nothing behind
nothing_half_written = threading.Lock()

_PACKAGE = Path(__file__).parent
_IMPORT = re.compile(rb"^(?:from|import) (pairmatch[\w.]*)", re.MULTILINE)
_DIGEST = hashlib.sha256().digest_size
# numba is not typed in these parts, and has no public way to save what it compiled
_config: Any = config
_dump: Any = serialize.dumps
_rebuild: Any = compiler.CompileResult._rebuild  # noqa: SLF001
_user_folders: Any = appdirs.AppDirs


class KernelCache:
    """The cache of one kernel, as numba's dispatcher asks for it.

    Nothing here fails because of the disk: what cannot be read is compiled, and what cannot be
    written is not kept. The log says so once for each reason.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._enabled = True
        # what `find` has read, until it is loaded
        self._at_hand: dict[Path, bytes] = {}

    @property
    def cache_path(self) -> str | None:
        """The folder that kernels are kept in, or None."""
        folder = folder_to_write()
        return None if folder is None else str(folder)

    def enable(self) -> None:
        """Load and save from now on."""
        self._enabled = True

    def disable(self) -> None:
        """Neither load nor save from now on."""
        self._enabled = False

    def flush(self) -> None:
        """Do nothing: a file is written again when its kernel is compiled."""

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        """Return the compiled kernel for a signature, or None."""
        # to know all types is needed before anything is loaded
        target_context.refresh()
        name = self._name(signature, target_context.codegen())
        for folder in self._folders():
            path = folder / name
            content = self._at_hand.pop(path, None) or self._read(path)
            if content is not None:
                # the checksum holds, so what is unpickled is what was saved
                return _rebuild(target_context, *pickle.loads(content))  # noqa: S301
        return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep a kernel that has just been compiled, if there is a place for it."""
        if not self._enabled:
            return
        folder = folder_to_write()
        if folder is None:
            once(
                "kernels were compiled and cannot be kept: no folder can be written (%s)", _tried()
            )
            return
        content = stamp(self._function.__module__) + _dump(compiled._reduce())  # noqa: SLF001  # see above
        path = folder / self._name(signature, compiled.codegen)
        try:
            _write(path, hashlib.sha256(content).digest() + content)
        except OSError as error:
            once("kernels were compiled and cannot be kept in %s: %s", folder, error.strerror)
        else:
            if chosen_folder() and folder != folders()[0]:
                once("NUMBA_CACHE_DIR cannot be written; kernels are kept in %s", folder)

    def find(self, signature: Any, target_context: Any, *, keeps: bool = False) -> Path | None:
        """Return the file that can be loaded for a signature, or None.

        ``keeps`` keeps it at hand for the next `load_overload`.
        """
        name = self._name(signature, target_context.codegen())
        for folder in self._folders():
            path = folder / name
            content = self._read(path)
            if content is not None:
                if keeps:
                    self._at_hand[path] = content
                return path
        return None

    def lock_path(self, signature: Any, target_context: Any) -> Path | None:
        """Return the file to lock while the kernel is compiled, or None where nothing is kept."""
        folder = folder_to_write() if self._enabled else None
        if folder is None:
            return None
        return folder / (self._name(signature, target_context.codegen()) + ".lock")

    def _folders(self) -> Iterator[Path]:
        """Yield folders to load from, up to the first that is also saved to."""
        if not self._enabled:
            return
        for folder in folders():
            yield folder
            if folder == folder_to_write():
                return

    def _name(self, signature: Any, codegen: Any) -> str:
        """Return the name of a file: the kernel, and a digest of what may stand side by side."""
        python = (sys.implementation.cache_tag, getattr(sys, "abiflags", ""))
        key = repr((str(signature), codegen.magic_tuple(), python))
        digest = hashlib.sha256(key.encode()).hexdigest()[:16]
        module = self._function.__module__.removeprefix("pairmatch.")
        return f"{module}.{self._function.__qualname__}-{digest}.nbc"

    def _read(self, path: Path) -> bytes | None:
        """Return what was saved under a path, or None if there is nothing of use."""
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return None
        except OSError as error:
            once("kernels in %s cannot be read, they are compiled: %s", path.parent, error.strerror)
            return None
        checksum, rest = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(rest).digest() != checksum:
            once("kernels in %s are damaged; compiled afresh", path.parent)
            return None
        if rest[:_DIGEST] != stamp(self._function.__module__):
            once("kernels in %s are of another version; compiled afresh", path.parent)
            return None
        return rest[_DIGEST:]


def chosen_folder() -> str:
    """Return the folder that ``NUMBA_CACHE_DIR`` names, or an empty string."""
    return str(_config.CACHE_DIR or "")


@cache
def folders() -> tuple[Path, ...]:
    """Return the folders that kernels may be in, in the order they are looked through.

    ``NUMBA_CACHE_DIR`` if it is set, then beside the package, as other bytecode, then the user's
    folder for caches. The first and the last are shared with other installations.
    """
    own = hashlib.sha256(str(_PACKAGE).encode()).hexdigest()[:16]
    chosen = chosen_folder()
    user = _user_folders(appname="pairmatch", appauthor=False).user_cache_dir
    return (
        *((Path(chosen) / f"pairmatch-{own}",) if chosen else ()),
        _PACKAGE / "__pycache__",
        # it begins with ~ for a user whose home is not known
        *((Path(user) / f"kernels-{own}",) if Path(user).is_absolute() else ()),
    )


@cache
def folder_to_write() -> Path | None:
    """Return the first of the `folders` that can be written, made if need be, or None."""
    for folder in folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            continue
        return folder
    return None


@cache
def stamp(module: str) -> bytes:
    """Return a digest of all that the machine code of a module's kernels depends on.

    That is its `sources`, and the versions of the compilers.
    """
    digest = hashlib.sha256(f"{numba.__version__} {llvmlite.__version__}".encode())
    for path in sources(module):
        digest.update(_of_file(path)[0])
    return digest.digest()


def sources(module: str) -> list[Path]:
    """Return the files of a module and of what it imports of pairmatch, directly or not."""
    seen = {module}
    waiting = [module]
    found: set[Path] = set()
    while waiting:
        for path in _files_of(waiting.pop()):
            found.add(path)
            imported = _of_file(path)[1]
            waiting += imported - seen
            seen |= imported
    return sorted(found)


@cache
def _of_file(path: Path) -> tuple[bytes, frozenset[str]]:
    """Return a digest of a source, and the modules of pairmatch that it imports."""
    content = path.read_bytes()
    imported = frozenset(name.decode() for name in _IMPORT.findall(content))
    return hashlib.sha256(content).digest(), imported


@cache
def _files_of(module: str) -> list[Path]:
    """Return the source of a module; of a package all its modules, whichever of them are meant."""
    if module == "pairmatch":
        return []
    if not module.startswith("pairmatch."):
        return [Path(str(sys.modules[module].__file__))]
    path = _PACKAGE.joinpath(*module.split(".")[1:])
    if path.is_dir():
        return sorted(path.glob("*.py"))
    file = path.with_suffix(".py")
    return [file] if file.exists() else []


def _write(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there: a reader never sees a part of it."""
    with nothing_half_written:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
        aside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            # whoever runs what root has compiled must be able to read it
            aside.chmod(0o644)
            aside.replace(path)
        except BaseException:
            aside.unlink()
            raise


def _tried() -> str:
    return ", ".join(map(str, folders()))


@cache
def once(message: str, *arguments: object) -> None:
    """Log a warning the first time only."""
    _log.warning(message, *arguments)
