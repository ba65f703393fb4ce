"""Whole arrays, loaded when the first is needed: most counts are small and need none.

Importing numpy takes longer than counting every package of a case like those in ``examples/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Cells = NDArray[numpy.int64]
    Flags = NDArray[numpy.bool_]
    Counts = NDArray[Any]
    States = NDArray[numpy.uint64]
    np = numpy
else:

    class _Later:
        """Stands for numpy until something of it is asked for."""

        def __getattr__(self, name: str) -> Any:
            import numpy

            return getattr(numpy, name)

    np = _Later()
