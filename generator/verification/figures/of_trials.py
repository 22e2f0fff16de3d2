"""The test of an earlier issue and its answer, by SQL from the rules as the content has them.

Which issue set which test is worked out again from its rules, so that no earlier issue has to be at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import THEN, Appears, Basis, Choices, Fragment, Judged, Trial, Unit
from generator.verification.figures.rule_sql import names_in, rule_query
from generator.verification.figures.spec import Spec, Tables, dated

OF = "earlier_test_"
_WORDS = {
    "passed": ("earlier test passed", "whether the earlier issue's test, judged by its rule was passed"),
    "failed": ("earlier test failed", "whether the earlier issue's test, judged by its rule was failed"),
    "date": ("day of the earlier test", "session of the earlier issue that set the test judged now"),
    "name": ("earlier test", "name of the earlier issue's test judged now"),
    "says": ("what the earlier test asked", "what the earlier issue's test judged now asked"),
}


@dataclass(frozen=True)
class EarlierTests:
    """The tests of one kind of article, and all that the publication's cases set."""

    appears: Appears = Appears.SESSION
    cases: tuple[Fragment, ...] = ()
    known: tuple[Trial, ...] = ()
    choices: tuple[Choices, ...] = ()
    on_demand: bool = False
    """Whether the last session has an article, whatever day it is."""

    @classmethod
    def of(
        cls,
        appears: Appears,
        fragments: Sequence[Fragment],
        known: Sequence[Trial],
        choices: Sequence[Choices] = (),
        *,
        on_demand: bool = False,
    ) -> EarlierTests:
        """The kind's cases in the order in which they have the first word."""
        cases = [one for one in fragments if one.trial is not None]
        cases.sort(key=lambda one: one.key)
        cases.sort(key=lambda one: one.weight, reverse=True)
        return cls(appears, tuple(cases), tuple(known), tuple(choices), on_demand)

    def spec(self, name: str) -> Spec | None:
        """What the name means; None if it is no figure of an earlier test."""
        key = name.removeprefix(OF)
        if not name.startswith(OF) or key not in _WORDS:
            return None
        label, formula = _WORDS[key]
        unit = {"date": Unit.DATE, "name": Unit.NAME, "says": Unit.NAME}.get(key, Unit.FLAG)
        words = {"name": {one.name for one in self.known}, "says": {one.says for one in self.known}}.get(key, set())
        listed = tuple(sorted(words))
        return Spec(
            name, unit, Basis.NONE, label, formula, lambda tables: self._value(tables, key, listed), 0, listed,
            suffix="earlier_test",
        )  # fmt: skip

    def _value(self, tables: Tables, key: str, words: Sequence[str]) -> str:
        if not self.cases:
            return "SELECT n, NULL::DOUBLE AS v FROM sessions"
        if key in ("passed", "failed"):
            value = "passed::INT" if key == "passed" else "1 - passed::INT"
        elif key == "date":
            value = dated("made")
        else:
            told = [getattr(one.trial, key) for one in self.cases]
            value = f"[{', '.join(str(words.index(text)) for text in told)}][number + 1]"
        return f"SELECT s.n, ({value})::DOUBLE AS v FROM sessions s LEFT JOIN {self.answers(tables)} a ON a.n = s.n"

    def answers(self, tables: Tables) -> str:
        """A table `(n, number, made, decided, passed)`: for each issue that answers a test, which and how."""
        return tables.once("answered tests", lambda: self._decided(tables))

    def _decided(self, tables: Tables) -> str:
        each = " UNION ALL ".join(f"({query})" for query in self._judged(tables))
        return (
            f"SELECT * FROM ({each}) WHERE passed IS NOT NULL "
            "QUALIFY row_number() OVER (PARTITION BY n ORDER BY made DESC) = 1"
        )

    def _judged(self, tables: Tables) -> Iterator[str]:
        """For each case, a query of all its tests that are due: `(n, number, made, decided, passed)`."""
        taken = self._set(tables)
        places = self._places(tables)
        for number, case in enumerate(self.cases):
            trial = case.trial
            assert trial is not None  # `of` leaves others out
            pairs = (
                f"SELECT b.n, a.n AS made FROM {taken} t JOIN {places} a ON a.n = t.n "
                f"JOIN {places} b ON b.place = a.place + {trial.issues} WHERE t.number = {number}"
            )
            rule = rule_query(trial.rule, tables, lambda name, of=trial: self._table(tables, name, of.issues))  # type: ignore[misc]
            if trial.judged is Judged.PASSES:
                yield (
                    f"SELECT d.n, {number} AS number, d.made, d.n AS decided, CASE WHEN r.present THEN r.held END "
                    f"AS passed FROM ({pairs}) d JOIN ({rule}) r ON r.n = d.n"
                )
                continue
            held = "bool_or(r.held)"
            answer = held if trial.judged is Judged.PASSES_ONCE else f"NOT {held}"
            yield (
                f"SELECT d.n, {number} AS number, d.made, "
                "coalesce(min(CASE WHEN r.held THEN r.n END), d.n) AS decided, "
                f"CASE WHEN {held} OR bool_and(r.present) THEN {answer} END AS passed "
                f"FROM ({pairs}) d JOIN ({rule}) r ON r.n > d.made AND r.n <= d.n GROUP BY d.n, d.made"
            )

    def _set(self, tables: Tables) -> str:
        """A table `(n, number)`: the case whose test the issue of a session sets."""

        def query() -> str:
            each = " UNION ALL ".join(
                f"SELECT n, {number} AS number FROM ({rule_query(case.when, tables)}) WHERE held"
                for number, case in enumerate(self.cases)
            )
            made = f"SELECT n, min(number) AS number FROM ({each}) GROUP BY n"
            for choice in self.choices:
                made = self._chosen(tables, made, choice)
            return made

        return tables.once("tests set", query)

    def _chosen(self, tables: Tables, query: str, choice: Choices) -> str:
        """With what an editor chose for one issue: another case that holds, or none where the rule's was left out."""
        ((row,),) = tables.run(f"SELECT min(n) FROM sessions WHERE day = DATE '{choice.session}'")
        if row is None:
            return query
        mine = [one for one in choice.passages if one.part == "bottom line"]
        for number, case in enumerate(self.cases):
            if any(one.fragment == case.key for one in mine):
                (held,) = tables.run(f"SELECT held FROM ({rule_query(case.when, tables)}) WHERE n = {row}")
                if held[0]:
                    return f"SELECT n, CASE n WHEN {row} THEN {number} ELSE number END AS number FROM ({query})"
        for number, case in enumerate(self.cases):
            if any(one.instead == case.key for one in mine):
                query = f"SELECT * FROM ({query}) WHERE n <> {row} OR number <> {number}"
        return query

    def _places(self, tables: Tables) -> str:
        """A table `(n, place)`: the sessions of which there is an issue, numbered."""

        def query() -> str:
            flag = self.appears.flag
            of = f"{tables.table(flag)} WHERE p = 1" if flag else "sessions"
            if flag and self.on_demand:
                of += " OR n = (SELECT max(n) FROM sessions)"
            return f"SELECT n, row_number() OVER (ORDER BY n) AS place FROM {of}"

        return tables.once("places of issues", query)

    def _table(self, tables: Tables, name: str, issues: int) -> str:
        """The table of a figure; with `then_`, of its value on the day on which the test was set."""
        if not name.startswith(THEN):
            return tables.table(name)
        figure, places = tables.table(name.removeprefix(THEN)), self._places(tables)

        query = (
            f"SELECT s.n, x.v, x.p FROM "
            f"(SELECT n, (SELECT count(*) FROM {places} b WHERE b.n < t.n) AS before FROM sessions t) s "
            f"LEFT JOIN {places} a ON a.place = s.before - {issues - 1} "
            f"LEFT JOIN {figure} x ON x.n = a.n ORDER BY s.n"
        )
        return tables.once(f"{name} {issues}", lambda: query)

    def behind(self, tables: Tables, row: int) -> list[tuple[str, int]]:
        """The figures that an answer rests on, each with its row."""
        query = f"SELECT number, made, decided FROM {self.answers(tables)} WHERE n = {row}"
        found: list[tuple[str, int]] = []
        for number, made, decided in tables.asked(query):
            trial = self.cases[number].trial  # type: ignore[call-overload]
            for name in names_in(trial.rule):
                then = name.startswith(THEN)
                found.append((name.removeprefix(THEN), made if then else decided))  # type: ignore[arg-type]
        return found
