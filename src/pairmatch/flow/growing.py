"""Arrays that grow at their end."""

from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=np.generic)

_SPARE = 0.5


class Growing(Generic[T]):
    """An array with spare length behind it, so that appending copies only what is new.

    ``values`` is a view of what there is; it becomes stale when something is appended. With
    ``zeros``, what is new is 0 instead of undefined: the operating system provides it so, and
    what stays 0 need not be written.
    """

    def __init__(self, values: npt.NDArray[T], *, zeros: bool = False) -> None:
        self._buffer = values
        self._length = values.shape[0]
        self._make = np.zeros if zeros else np.empty

    @property
    def values(self) -> npt.NDArray[T]:
        """What there is, shape ``(length,)``."""
        return self._buffer[: self._length]

    def append(self, count: int) -> npt.NDArray[T]:
        """Make it longer and return a view of the new part, to be written unless it is zeros."""
        length = self._length + count
        if length > self._buffer.shape[0]:
            # the operating system provides pages of the spare length only when they are used
            larger = self._make(length + int(length * _SPARE), dtype=self._buffer.dtype)
            larger[: self._length] = self.values
            self._buffer = larger
        new = self._buffer[self._length : length]
        self._length = length
        return new
