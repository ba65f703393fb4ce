"""The least value that each node of a graph reaches, in time linear in nodes and arcs.

The strong components of the reversed graph are found from the node of least value on, then from
the least of those not yet found, and so on. Everything found from a node reaches that node and
nothing less, so its least value is that node's: no pass over the condensation is needed.
"""

from __future__ import annotations

import numpy as np

from goodoffices.analysis.stability.states import Array


def least_reached(values: Array, sources: Array, targets: Array) -> Array:
    """Return for each node the least value among itself and all nodes that it reaches.

    Relies on SciPy's strong components being found by depth-first search from the nodes in
    their order, and numbered as they are completed; a test holds SciPy to it.

    Args:
        values: the value of each node.
        sources: the node that each arc leaves.
        targets: the node that it reaches.

    >>> least_reached(np.array([5, 3, 1]), np.array([0, 2]), np.array([1, 1])).tolist()
    [3, 3, 1]
    """
    # Loaded where it is used: most cases are decided without it, and it takes long to load.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    order = np.argsort(values, kind="stable")
    rank = np.empty(len(values), dtype=np.int32)
    rank[order] = np.arange(len(values), dtype=np.int32)
    arcs = (np.ones(len(sources), dtype=np.int8), (rank[targets], rank[sources]))
    reversed_graph = csr_array(arcs, shape=(len(values), len(values)))
    component = connected_components(reversed_graph, directed=True, connection="strong")[1]
    # A search starts at each node whose component is completed after all that came before it.
    latest = np.maximum.accumulate(component)
    starts = np.flatnonzero(np.concatenate([[True], component[1:] > latest[:-1]]))
    found_from = starts[np.searchsorted(component[starts], component)]
    least = np.empty_like(values)
    least[order] = values[order[found_from]]
    return least
