"""One step as a form: the field of a question asks it in words and reads the answer as the self-check does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from doudi.selfcheck.answers import Answers, Step
from doudi.selfcheck.questions import UNKNOWN, Answer, AnswerFault, Question
from doudi.web.applications.selectors.homes import townships
from doudi.web.registry.templatetags.registry import language
from doudi.web.site.forms import Form

MOST_BESIDE = 5
"""So many answers stand beside each other; more are a list to choose from."""


class Asked(forms.Field):
    """A question. An answer that is left open is None."""

    def __init__(self, question: Question) -> None:
        zh = language() == "zh"
        self.question = question
        super().__init__(
            label=question.zh if zh else question.en, help_text=question.hint_zh if zh else question.hint_en,
            widget=_widget(question, zh), required=question.must,
        )  # fmt: skip

    def clean(self, value: Any) -> Answer:
        """The answer.

        Raises:
            ValidationError: the text answers nothing.
        """
        texts = value if isinstance(value, list) else [value or ""]
        try:
            return self.question.read(texts)
        except AnswerFault as fault:
            raise ValidationError(fault.zh if language() == "zh" else fault.en) from fault


def _widget(question: Question, zh: bool) -> forms.Widget:
    if question.kind in ("amount", "count"):
        mode = "decimal" if question.kind == "amount" else "numeric"
        return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "maxlength": 20})
    choices: list[tuple[str, Any]] = [(code, words[not zh]) for code, words in question.options.items()]
    if question.kind == "several":
        return forms.CheckboxSelectMultiple(choices=choices)
    if not question.must:
        choices.append((UNKNOWN, _("不清楚")))
    if len(choices) <= MOST_BESIDE:
        return forms.RadioSelect(choices=choices)
    return forms.Select(choices=[("", "—"), *choices])


class StepForm(Form):
    """All questions of a step; the first one also asks in which township."""

    def __init__(self, step: Step, answers: Answers, region: str, *args: Any, **kwargs: Any) -> None:
        self.step = step
        told = answers.told.get(step.key)
        asked = answers.asked(step)
        initial = {each.name: _shown(each, told) for each in asked}
        super().__init__(*args, initial={"region": region, **initial}, **kwargs)
        if step.screen.name == "place":
            self.fields["region"] = _region()
        for each in asked:
            self.fields[each.name] = Asked(each)
        self.dress_fields()

    def answers(self) -> dict[str, Answer]:
        """What was answered."""
        return {name: answer for name, answer in self.cleaned_data.items() if name != "region"}


def _region() -> forms.ChoiceField:
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in townships():
        groups.setdefault(each.parent.name if each.parent else "", []).append((each.code, each.name))
    return forms.ChoiceField(
        label=_("在哪个乡镇（街道）"), choices=[("", "—"), *groups.items()], widget=forms.Select(attrs={"translate": "no"})
    )  # fmt: skip


def _shown(question: Question, told: Mapping[str, Answer] | None) -> Any:
    """What stands in a field: nothing at first, later what was answered."""
    if told is None:
        return None
    answer = told.get(question.name)
    if isinstance(answer, tuple):
        return list(answer)
    if answer is None:
        return UNKNOWN if question.kind in ("choice", "flag") else None
    if question.kind == "amount":
        assert isinstance(answer, int)
        return f"{answer // 100}.{answer % 100:02d}".removesuffix(".00")
    return answer
