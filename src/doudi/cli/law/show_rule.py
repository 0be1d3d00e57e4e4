"""A rule on the screen, and the rules and parameters that stand on a document or article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from doudi.assessment.catalogue import Rule, catalogue, reference_of
from doudi.cli.law.show_parameter import resolved
from doudi.cli.law.words import citations_of, named, period, place_and_day, reference_data, rule_data
from doudi.cli.manner import say
from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.rules.parameters import iso

ENTITIES = {entity.name: entity for entity in Vocabulary.load().entities.values()}


def data(name: str) -> dict[str, Any]:
    """All versions of a rule as plain data."""
    versions = [rule_data(rule) for rule in catalogue().by_name[name]]
    return {"rule": name, "versions": versions, "read_by": list(catalogue().readers.get(name, ()))}


def lines(name: str, region: str | None, day: str | None, language: str) -> Iterator[str]:
    """The same as lines for the screen, with the values of its parameters where a place or a day is named."""
    for rule in catalogue().by_name[name]:
        yield from _version(rule, language)
        if (region or day) and rule.parameters:
            yield from _values(rule, region, day, language)
        yield ""
    readers = ", ".join(catalogue().readers.get(name, ()))
    if readers:
        yield say(language, f"用于：{readers}", f"Read by: {readers}")


def _version(rule: Rule, language: str) -> Iterator[str]:
    formula = rule.formula
    yield f"{named(formula, language)}  {rule.name}"
    if when := period(rule, language):
        yield when
    entity = ENTITIES.get(formula.entity or "")
    whose = named(entity, language) if entity else say(language, "所有人", "everybody")
    what = say(language, "条件", "test") if formula.is_test else formula.kind
    yield say(language, f"{what}，按{whose}", f"{what}, of the {whose}")
    for cited in citations_of(rule, language):
        yield say(language, f"依据：{cited}", f"Reference: {cited}")
    facts = Vocabulary.load().facts
    asked = [f"{named(facts[name], language)} {name}" if name in facts else name for name in rule.facts]
    asked += [f"{named(catalogue().by_name[each][-1].formula, language)} {each}" for each in rule.rules]
    if asked:
        yield say(language, "取用：", "Asks for: ") + say(language, "；", "; ").join(asked)
    if rule.parameters:
        names = [f"{named(catalogue().parameters[each], language)} {each}" for each in rule.parameters]
        yield say(language, "参数：", "Parameters: ") + say(language, "；", "; ").join(names)
    yield say(language, f"文件：{rule.page}.py", f"File: {rule.page}.py")


def _values(rule: Rule, region: str | None, day: str | None, language: str) -> Iterator[str]:
    settled = resolved(region, day)
    yield place_and_day(settled.region, iso(settled.day), language)
    for name in rule.parameters:
        definition = settled.definition(name)
        values = (
            f"{definition.code(key) or ''} {definition.format(cell.value, language)}".strip()
            for key, cell in settled.cells[name].items()
        )
        yield f"  {name}: {say(language, '；', '; ').join(values)}"


def is_document(name: str) -> bool:
    """Whether the name begins with the id of a document."""
    return name.partition(":")[0] in library.documents().by_id


def article_data(name: str) -> dict[str, Any]:
    """What stands on a document or article, as plain data."""
    reference = library.documents().resolve(name) if ":" in name else None
    return {
        "document": name.partition(":")[0],
        "reference": None if reference is None else reference_data(reference),
        "rules": list(rules_citing(name)),
        "parameters": parameters_citing(name),
    }


def article_lines(name: str, language: str) -> Iterator[str]:
    """The same as lines for the screen."""
    document = library.documents().by_id[name.partition(":")[0]]
    reference = library.documents().resolve(name) if ":" in name else None
    yield (document.title(language) if reference is None else reference.sentence(language)) + f" [{name}]"
    days = f"{document.in_force_from or '?'} – {document.in_force_until or '…'}"
    yield say(language, f"施行：{days}", f"In force: {days}")
    if document.note:
        yield document.note
    for rule in rules_citing(name).values():
        yield f"  {rule.name}  {named(rule.formula, language)}  ({rule.page}.py)"
    for parameter in parameters_citing(name):
        yield f"  {parameter}  {named(catalogue().parameters[parameter], language)}"


def rules_citing(name: str) -> Mapping[str, Rule]:
    """The rules that cite a document (``mf-2021-57``), an article (``mf-2021-57:8``) or an item of it, by name."""
    found = {}
    for rule in catalogue().rules:
        if any(_under(str(reference_of(written)[0]), name) for written in rule.formula.references):
            found[rule.name] = rule
    return found


def parameters_citing(name: str) -> list[str]:
    """The parameters whose definition or national values cite it."""
    return [
        parameter
        for parameter, definition in catalogue().parameters.items()
        if any(
            _under(str(reference), name)
            for reference in (definition.reference, *(entry.source.reference for entry in definition.values))
        )
    ]


def _under(reference: str, name: str) -> bool:
    return reference == name or reference.startswith((f"{name}:", f"{name}(", f"{name}."))
