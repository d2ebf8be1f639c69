"""How functions that only kernels call are compiled: as far as their callers need, and no further.

numba optimises every function on its own and makes machine code of it. An inner function becomes
part of the kernels that call it and is optimised with each of them, so that all of this is for
nothing: a sixth of the time that compiling takes.
"""

from typing import Any

from numba.core import codegen, compiler

# numba is not typed here
_Library: Any = codegen.JITCodeLibrary
_Compiler: Any = compiler.Compiler


class _WithoutMachineCode:
    """What a library asks of the compiler's engine, except to find what is not in there."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def set_env(self, name: str, environment: Any) -> None:
        """Do nothing: an inner function has no address, and uses no object of Python's."""


class _PartLibrary(_Library):  # type: ignore[misc]  # as above
    """An inner function that is kept to be linked into others."""

    @property
    def codegen(self) -> Any:
        return _WithoutMachineCode(self._codegen)

    def get_pointer_to_function(self, name: str) -> int:  # noqa: ARG002  # as in the class above
        """Return 0, as for a function without an entry."""
        self._ensure_finalized()
        return 0

    def _optimize_final_module(self) -> None:
        """Do nothing: that is done with each of the callers."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


class PartCompiler(_Compiler):  # type: ignore[misc]  # as above
    """numba's compiler, for inner functions."""

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        if library is None:
            library = _PartLibrary(target.codegen(), "part")
        super().__init__(typing, target, library, *rest)
