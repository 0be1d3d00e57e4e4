"""The catalogue that a lawyer reads: a page for each file of the law, a page for each region, an index by article.

Pages stand at the path of the file they are written from and say the same for the same law, byte by byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module

from doudi.assessment.cases import Case, read_cases
from doudi.assessment.catalogue import Rule, Said, catalogue, reference_of
from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.rules.documents import Reference
from doudi.rules.parameters import LEVELS_ZH, ParameterDefinition, Region, iso

MARK = "<!-- Written by `doudi law docs`; do not edit. -->"
FACTS_PAGE = "../facts.md"
COMPARISONS = {
    "lt": "低于 below",
    "le": "不高于 at most",
    "gt": "高于 above",
    "ge": "不低于 at least",
    "eq": "等于 equal to",
}


def law_pages() -> dict[str, str]:
    """All pages: path under the folder of the catalogue → text.

    Raises:
        DoudiError: the law or its cases cannot be read.
    """
    return {name: write() for name, write in writers().items()}


def writers() -> dict[str, Callable[[], str]]:
    """For each page, by its path, what writes its text."""
    from doudi.assessment.law_index import index_page
    from doudi.assessment.region_pages import region_page

    found: dict[str, Callable[[], str]] = {"README.md": index_page}
    found |= {f"{page}.md": partial(rule_page, page) for page in catalogue().pages}
    found |= {f"{region_file(region)}.md": partial(region_page, region) for region in catalogue().regions[1:]}
    return dict(sorted(found.items()))


def rule_page(page: str) -> str:
    """The page of one file of rules, parameters or both (``dibao/standard``)."""
    rules = [rule for rule in catalogue().rules if rule.page == page]
    own = [each for name, each in catalogue().parameters.items() if catalogue().page_of(name) == page]
    lines = [MARK, "", f"# {page}", ""]
    if rules:
        lines += [_purpose(page), "", "## 规则 Rules", ""]
        lines += [line for rule in rules for line in _rule(rule, page)]
    if own:
        lines += ["## 参数 Parameters", ""]
        lines += [line for definition in own for line in _parameter(definition, page)]
    lines += cases_of(page)
    return finished(lines)


def finished(lines: Sequence[str]) -> str:
    """The text of a page from its lines."""
    return "\n".join(lines).rstrip("\n") + "\n"


def link(text: str, target: str, page: str, anchor: str = "") -> str:
    """A link from one page to another; both are paths under the folder of the catalogue, without endings."""
    if target == page:
        return f"[{text}](#{anchor})"
    up = "../" * page.count("/")
    end = f"#{anchor}" if anchor else ""
    return f"[{text}]({up}{target}.md{end})"


def cell(text: str) -> str:
    """A text that may stand in a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def cited(reference: Reference) -> str:
    """A reference as a sentence in both languages."""
    return f"{reference.sentence('zh')} · {reference.sentence('en')}"


def checked(verified: bool) -> str:
    """The mark that a value was compared with its text, or not."""
    return "已核对 verified" if verified else "未核对 unverified"


def days(said: Said) -> str:
    """First and last day of an entry."""
    source = said.entry.source
    return f"{iso(source.start)} – {iso(source.until) if source.until is not None else ''}".rstrip()


def values(definition: ParameterDefinition, said: Said) -> str:
    """All values of an entry in one line, each with its label and, where the region may choose, its range."""
    return "；".join(_value(definition, key, value, said) for key, value in said.entry.values.items())


def region_file(region: Region) -> str:
    """The path of a region's file without its ending."""
    path = next(path for path in library.region_files() if path.name.startswith(f"{region.code}-"))
    return f"regions/{path.stem}"


def cases_of(page: str) -> list[str]:
    """The section of the cases that stand beside a file of rules, or are about a region, as sentences."""
    found = _cases_by_page().get(page, [])
    if not found:
        return []
    lines = ["## 案例 Cases", ""]
    for case in found:
        english = f" · {case.en}" if case.en != case.zh else ""
        number = case.id.removeprefix(f"{page}-").removeprefix("regions/")
        lines.append(f"- {number}. {case.zh}{english} ({_source(case)})")
    return [*lines, ""]


@cache
def _cases_by_page() -> Mapping[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in read_cases():
        found.setdefault(_page_of(case), []).append(case)
    return found


def _page_of(case: Case) -> str:
    """The page of the file beside which a case stands; of a case about regions, that of its region."""
    page = case.id.rpartition("-")[0]
    if not page.startswith("regions/"):
        return page
    of_file = page.removeprefix("regions/").partition("-")[0]
    codes = (case.statute.resolved.region.code, of_file)
    region = next(each for code in codes for each in catalogue().regions[1:] if each.code == code)
    return region_file(region)


def _source(case: Case) -> str:
    if case.source.startswith("story-"):
        return case.source
    return str(library.documents().resolve(case.source).sentence("zh"))


def _purpose(page: str) -> str:
    topic, _, name = page.partition("/")
    return (import_module(f"doudi.law.{topic}.{name}").__doc__ or "").strip()


def _rule(rule: Rule, page: str) -> Iterator[str]:
    formula = rule.formula
    versions = catalogue().by_name[rule.name]
    anchor = rule.name if rule is versions[0] else f"{rule.name}-{versions.index(rule) + 1}"
    yield f'### <a id="{anchor}"></a>{formula.zh}'
    yield ""
    yield f"{formula.en} — `{rule.name}`, {_what(rule)}"
    yield ""
    if formula.function.__doc__:
        yield f"> {' '.join(formula.function.__doc__.split())}"
        yield ""
    yield from _references(rule)
    if formula.since or formula.until:
        yield f"- 适用 Applies: {_period(rule)}"
    asked = [_fact_link(name, page) for name in rule.facts] + [_rule_link(name, page) for name in rule.rules]
    if asked:
        yield f"- 取用 Asks for: {'；'.join(asked)}"
    if rule.parameters:
        yield f"- 参数 Parameters: {'；'.join(parameter_link(name, page) for name in rule.parameters)}"
    if readers := catalogue().readers.get(rule.name):
        yield f"- 用于 Read by: {'；'.join(_rule_link(name, page) for name in readers)}"
    yield ""


def _what(rule: Rule) -> str:
    formula = rule.formula
    entities = Vocabulary.load().entities
    whose = f"{entities[formula.entity].zh} {formula.entity}" if formula.entity else "所有人 everybody"
    kind = "条件 test" if formula.is_test else f"`{formula.kind}`"
    sides = f", {COMPARISONS[rule.comparison]}" if formula.is_test and rule.comparison else ""
    return f"{kind} ({whose}){sides}"


def _references(rule: Rule) -> Iterator[str]:
    for written in rule.formula.references:
        reference, until = reference_of(written)
        end = f"（适用至 until {until}）" if until else ""
        yield f"- 依据 Reference: {cited(reference)}{end}"


def _period(rule: Rule) -> str:
    first, end = rule.formula.since, rule.formula.until
    last = None if end is None else end.fromordinal(end.toordinal() - 1)
    return f"{first.isoformat() if first else ''} – {last.isoformat() if last else ''}".strip()


def _fact_link(name: str, page: str) -> str:
    facts = Vocabulary.load().facts
    if name not in facts:
        return f"`{name}`"
    return f"[{facts[name].zh} `{name}`]({'../' * page.count('/')}{FACTS_PAGE})"


def _rule_link(name: str, page: str) -> str:
    rule = catalogue().by_name[name][0]
    return link(f"{rule.formula.zh} `{name}`", rule.page, page, name)


def parameter_link(name: str, page: str) -> str:
    """A link to a parameter."""
    definition = catalogue().parameters[name]
    return link(f"{definition.zh} `{name}`", catalogue().page_of(name), page, name)


def _parameter(definition: ParameterDefinition, page: str) -> Iterator[str]:
    name = definition.name
    yield f'### <a id="{name}"></a>{definition.zh}'
    yield ""
    yield f"{definition.en} — `{name}`"
    yield ""
    yield f"> {' '.join(definition.description.split())}"
    yield ""
    yield f"- 单位 Unit: {_unit(definition)}"
    yield f"- 依据 Reference: {cited(definition.reference)}"
    if definition.floor is not None:
        floor = definition.floor
        below = parameter_link(floor.parameter, page)
        yield f"- 不得低于 Never below: {below}，{iso(floor.start)} –, {cited(floor.reference)}"
    if definition.set_by is not None:
        rule = definition.set_by
        level = f"{LEVELS_ZH[rule.level]}以上 a {rule.level} or above"
        yield f"- 由谁规定 Set by: {level}，{iso(rule.start)} –, {cited(rule.reference)}"
    for target, source in definition.cells_from:
        yield f"- 未规定时 Where nothing is said: {_label(definition, target)} = {_label(definition, source)}"
    if readers := catalogue().readers.get(name):
        yield f"- 用于 Read by: {'；'.join(_rule_link(reader, page) for reader in readers)}"
    yield ""
    yield from _entries(definition, page)


def _unit(definition: ParameterDefinition) -> str:
    if definition.choices is not None:
        return "；".join(f"{definition.choices.label(code)} `{code}`" for code in definition.choices.codes)
    if definition.kind == "flag":
        return "是否 yes or no"
    low, high = (definition.unit.number(bound) for bound in definition.range)
    words = " ".join(part for part in (definition.unit.zh, definition.unit.en) if part) or "个 number"
    return f"{words} ({low} – {high})"


def _entries(definition: ParameterDefinition, page: str) -> Iterator[str]:
    entries = list(catalogue().said(definition.name))
    if not entries:
        yield "没有任何数值 No value anywhere."
        yield ""
        return
    yield "| 地区 region | 日期 days | 数值 value | 依据 reference | 核对 checked |"
    yield "|---|---|---|---|---|"
    for said in entries:
        name = f"{said.region.zh} {said.region.code}"
        if said.region.code != "000000":
            name = link(name, region_file(said.region), page)
        yield f"| {name} | {days(said)} | {cell(values(definition, said))} | {source_of(said)} |"
    yield ""


def source_of(said: Said) -> str:
    """Reference, note and mark of an entry as the last cells of a row."""
    source = said.entry.source
    note = f"<br>{cell(source.note)}" if source.note else ""
    url = f" [↗]({source.url})" if source.url else ""
    return f"{cell(source.reference.sentence('zh'))}{url}{note} | {checked(source.verified)}"


def _label(definition: ParameterDefinition, key: int | None) -> str:
    code = definition.code(key)
    return "" if code is None or definition.by is None else definition.by.label(code)


def _value(definition: ParameterDefinition, key: int | None, value: int | None, said: Said) -> str:
    text = definition.format(value)
    bounds = said.entry.elastic.get(key)
    if bounds is not None:
        low, high = (definition.unit.number(bound) for bound in bounds)
        text += f"（{low} – {high}）"
    return f"{_label(definition, key)} {text}".strip()
