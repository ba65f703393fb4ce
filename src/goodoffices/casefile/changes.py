"""One more move, promise or guarantee from a small file of its own."""

from __future__ import annotations

from pathlib import Path as FilePath

from goodoffices.casefile.content import Content, names_in, unknown
from goodoffices.casefile.moves import change_faults
from goodoffices.casefile.nodes import Fault, PlainData
from goodoffices.casefile.places import Places
from goodoffices.casefile.reading import file_text, read_nodes
from goodoffices.casefile.structure import read_form
from goodoffices.errors import CaseError
from goodoffices.model import Case
from goodoffices.model.preferences import MoveChange


def read_change(path: FilePath | str, case: Case) -> MoveChange:
    """Read a file that holds what stands under one name in ``moves.what-if`` of a case.

    The file is YAML, or JSON when its name ends so.

    Raises:
        CaseError: the file has problems; the error holds them all.
        CallError: there is no such file, or it may not be read.
    """
    file = FilePath(path)
    text = file_text(file, "the file")
    if isinstance(text, Fault):
        raise CaseError([Places(str(file), None).problem(text)])
    return change_from(text, str(file), case)


def change_from(text: str, name: str, case: Case) -> MoveChange:
    """Read a change of a case from a text.

    Raises:
        CaseError: the text has problems; the error holds them all.

    >>> from goodoffices.errors import CaseError
    >>> case = Case.model_validate({
    ...     "case": "Ward", "parties": {"nurses": {"name": "Nurses"}},
    ...     "moves": {"options": {"strike": {"by": "nurses"}}},
    ... })
    >>> change_from("infeasible: [{strike: yes}]", "promise.yaml", case).infeasible
    (Test(issue='strike', test=Is(option='yes')),)
    """
    root, faults = read_nodes(text.removeprefix("\ufeff"), name)
    places = Places(name, root)
    if root is None:
        faults = faults or [Fault((), "a change, as it would stand under a name in moves.what-if")]
        raise CaseError(sorted({places.problem(fault) for fault in faults}))
    plain = PlainData(root)
    change, wrong = read_form(MoveChange, plain.data, plain.holes)
    content = Content(case.model_dump(mode="json", by_alias=True, exclude_defaults=True), case)
    data = plain.data if isinstance(plain.data, dict) else {}
    faults += [*plain.faults, *wrong, *change_faults(data, (), content)]
    faults += unknown(names_in(data.get("source"), ("source",)), content.statements, "a statement")
    if faults or change is None:
        raise CaseError(sorted({places.problem(fault) for fault in faults}))
    return change
