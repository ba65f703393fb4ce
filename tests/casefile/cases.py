"""Whole cases with every section, and texts of every kind, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from goodoffices.model import Case

ODD = (
    "no", "Yes", "on", "12:30", "010", "1e3", "0x1F", "2025-06-02", "~", "null", "<<", "=", ".5",
    "- a", "? a", ": a", "a: b", "a #b", "#a", "a:", "'", '"', "\\", "*a", "&a", "!a", "%a", "@a",
    "[a]", "{a: b}", "a, b", "a?", "| a", "> a", "---", "...", "-", "🕊", "هدنة دائمة", "שלום", "é",
    "e\u0301", "\u200fa", "a\u00a0", "\u00bd", "a\u2028b", "\x07", "\ufeffa", "\x85", "a\tb",
    "60-days", "5,000", "1_000", "-3", "+3", "y", "N", ".inf", "0o7", "1:20:30", "2e-5", "a\\nb",
    "  ", "x" * 120,
)  # fmt: skip
"""Texts that readers of YAML are known to take for something else."""

_CHARACTERS = st.characters(exclude_categories=["Cs"])


def names() -> SearchStrategy[str]:
    """Names as the model takes them: one line, no space at either end."""
    free = st.text(_CHARACTERS, min_size=1, max_size=12)
    return st.one_of(
        st.sampled_from(ODD), free, st.from_regex(r"[a-z]{1,6}", fullmatch=True)
    ).filter(lambda text: text == text.strip() != "" and not set(text) & {"\n", "\r"})


def texts() -> SearchStrategy[str]:
    """Texts that say something: short and long, of one line and of many."""
    words = st.lists(st.sampled_from((*ODD, "the", "talks", "", " ")), min_size=1, max_size=30)
    lines = st.lists(st.sampled_from((*ODD, "", "a line", " indented", "trailing ")), max_size=5)
    free = st.text(_CHARACTERS, max_size=40)
    kinds = st.one_of(words.map(" ".join), lines.map("\n".join), free, st.sampled_from(ODD))
    return kinds.filter(lambda text: text.strip() != "")


def numbers() -> SearchStrategy[str]:
    """Numbers as somebody may write them."""
    return st.decimals(-1000, 1000, places=2).map(str) | st.sampled_from(("010", "1e3", "2.50"))


def dates() -> SearchStrategy[str]:
    """Days, months and years."""
    return st.sampled_from(("2025", "2025-05", "2025-06-02"))


@st.composite
def whole_cases(draw: DrawFn) -> Case:
    """Cases that use every section, and name only what they have."""
    ids = draw(st.lists(names(), min_size=12, max_size=12, unique=True))
    ids = [id if id not in {"all", "any", "none"} else f"{id}-of-it" for id in ids]
    a, b, third, person, document, one, two, issue, scale, move, first, other = ids
    options = draw(st.lists(names(), min_size=2, max_size=3, unique=True))
    text, number, date = texts(), numbers(), dates()

    def maybe(key: str, values: SearchStrategy[Any]) -> dict[str, Any]:
        return {key: draw(values)} if draw(st.booleans()) else {}

    def rest(key: str, values: SearchStrategy[Any]) -> dict[str, Any]:
        return {**maybe(key, values), **maybe("note", text), **maybe("source", sources)}

    sources = st.lists(st.sampled_from((one, two)), max_size=2, unique=True)
    condition = _conditions(issue, options, scale)
    named: dict[str, Any] = {"name": draw(text), **maybe("aliases", st.lists(names(), max_size=2))}
    words = st.dictionaries(st.sampled_from(options), st.none() | text, min_size=1)
    filled = {**dict.fromkeys(options), **draw(words)}
    ranking = st.sampled_from(([first, other], [[first, other]], [other, [first]]))
    moves = {
        "options": {move: {"by": a, **rest("now", st.sampled_from(("yes", "no")))}},
        "infeasible": [{move: {"not": "yes"}}] if draw(st.booleans()) else [],
        "states": {first: [], other: [move]},
        "preferences": {
            a: {"ranking": draw(ranking), **rest("unknown", st.just([[first, other]]))}
        },
        **maybe("now", st.just(first)),
        **maybe("removed", st.just([{"by": b, "from": first, "to": other}])),
    }
    answer = {"answer": "counters", **rest("date", date), **maybe("by", st.just(person))}
    positions = [
        {"id": first, "party": a, "requires": draw(condition), **rest("since", date)},
        {"id": other, "party": b, "offers": draw(condition), **rest("in-return-for", condition)},
    ]
    return Case.model_validate(
        {
            "case": draw(text),
            **maybe("summary", text),
            **maybe("as-of", date),
            "parties": {a: named, b: {"name": draw(text)}},
            "third-parties": {third: {"name": draw(text), "roles": ["mediator", "host"]}},
            "persons": {person: {"name": draw(text), **maybe("of", st.sampled_from((a, third)))}},
            "documents": {document: {"title": draw(text), **maybe("published", st.just("2025"))}},
            "statements": {
                one: {
                    "document": document,
                    **maybe("says", text),
                    **maybe("span", st.just((3, 9))),
                },
                two: {"document": document, "by": person, **maybe("quote", text)},
            },
            "figures": {first: {"measure": other, "value": draw(number), "source": [one]}},
            "issues": {
                issue: {
                    "question": draw(text),
                    "options": draw(st.sampled_from((options, filled))),
                },
                scale: {"question": draw(text), "range": {"from": 0, "to": "10", "step": "2.50"}},
            },
            "rules": [{"id": one, "refuses": draw(condition), **maybe("when", condition)}],
            "positions": draw(st.permutations(positions)),
            "proposals": [
                {
                    "id": one,
                    "by": third,
                    "terms": {issue: options[0], scale: "7.5"},
                    **rest("date", date),
                },
                {
                    "id": two,
                    "by": a,
                    "based-on": one,
                    "responses": {b: [answer, {"answer": "rejects"}]},
                },
                {"id": issue, "by": a, "carrier": third, "responses": {b: answer}},
            ],
            "priorities": {
                a: {"issues": [issue, scale], "options": {issue: {options[0]: draw(number)}}}
            },
            **maybe("moves", st.just(moves)),
            **maybe("note", text),
        }
    )


def _conditions(issue: str, options: list[str], scale: str) -> SearchStrategy[dict[str, Any]]:
    option = st.sampled_from(options)
    test = st.one_of(option, st.lists(option, min_size=1, max_size=2), option.map(_negated))
    bounds = st.sampled_from(({"at-least": "2.5"}, {"at-most": 5}, {"at-least": 0, "at-most": 10}))
    number = st.one_of(st.sampled_from(("0", "2.5", "7.50")), bounds)
    plain = st.one_of(
        test.map(lambda value: {issue: value}),
        number.map(lambda value: {scale: value}),
        st.tuples(test, number).map(lambda pair: {issue: pair[0], scale: pair[1]}),
    )
    return st.recursive(
        plain,
        lambda inner: st.tuples(
            st.sampled_from(("all", "any", "none")), st.lists(inner, min_size=1, max_size=3)
        ).map(lambda pair: {pair[0]: pair[1]}),
        max_leaves=5,
    )


def _negated(value: Any) -> dict[str, Any]:
    return {"not": value}
