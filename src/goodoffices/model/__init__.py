"""The case as frozen models, one definition; what positions mean for a package."""

from goodoffices.model.case import Case
from goodoffices.model.claims import (
    ABOUT_SHARE,
    ClaimRelation,
    common_reach,
    compare,
    disagree,
    reach,
)
from goodoffices.model.conditions import (
    AllOf,
    AnyOf,
    Bounds,
    Condition,
    Is,
    NoneOf,
    Not,
    OneOf,
    OptionTest,
    Test,
    condition_data,
    each_test,
    issues_in,
    parse_condition,
)
from goodoffices.model.dates import PartialDate
from goodoffices.model.issues import Issue, Range, number_text, read_number
from goodoffices.model.meaning import Package, holds, meets, passes
from goodoffices.model.positions import (
    FIRMNESSES,
    Firmness,
    Position,
    Proposal,
    Response,
    Rule,
    offered_terms,
)
from goodoffices.model.preferences import Moves, Priority
from goodoffices.model.record import Document, Figure, Party, Person, Statement, ThirdParty

__all__ = [
    "ABOUT_SHARE",
    "FIRMNESSES",
    "AllOf",
    "AnyOf",
    "Bounds",
    "Case",
    "ClaimRelation",
    "Condition",
    "Document",
    "Figure",
    "Firmness",
    "Is",
    "Issue",
    "Moves",
    "NoneOf",
    "Not",
    "OneOf",
    "OptionTest",
    "Package",
    "PartialDate",
    "Party",
    "Person",
    "Position",
    "Priority",
    "Proposal",
    "Range",
    "Response",
    "Rule",
    "Statement",
    "Test",
    "ThirdParty",
    "common_reach",
    "compare",
    "condition_data",
    "disagree",
    "each_test",
    "holds",
    "issues_in",
    "meets",
    "number_text",
    "offered_terms",
    "parse_condition",
    "passes",
    "reach",
    "read_number",
]
