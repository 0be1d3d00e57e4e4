"""Conditions on applying and on papers: who applies, what may be asked, how often a household may be sent back."""

from __future__ import annotations

from doudi.procedure.conditions.registry import Conditions, View

conditions = Conditions()


@conditions.add(
    "本人提出或者有委托", "the household itself, or with its authorisation",
    "代为申请没有委托手续", "somebody applies for the household without authorisation",
    "填写委托（authorised）并留存委托书", "record the authorisation and keep the paper", asks_inputs=True,
)  # fmt: skip
def may_speak_for_household(view: View) -> bool:
    """The household itself, or another with its authorisation (M57 art. 6)."""
    return view.actor.role == "resident" or view.inputs.get("authorised") is True


@conditions.add(
    "已授权核对", "agreed to the means check",
    "申请家庭尚未签署核对授权", "the household has not agreed to the means check",
    "请申请家庭签署核对授权书", "have the household sign the authorisation",
)  # fmt: skip
def check_is_authorised(view: View) -> bool:
    """The household agreed to be checked (LAW art. 40, M57 art. 9)."""
    return view.fact("check_authorised") is True


@conditions.add(
    "不要求部门已有的材料", "nothing is asked that a department shows",
    "要求了部门可以查得的材料", "a paper is asked for that a department shows",
    "从清单中删去由系统核验的材料", "strike what the departments' data show from the list", asks_inputs=True,
)  # fmt: skip
def nothing_held_is_asked(view: View) -> bool:
    """What platforms or the check can show is not asked of people (M57 art. 10, LAW art. 62)."""
    known = [view.papers[word] for word in view.words("papers") if word in view.papers]
    return all(paper.may_be_asked(view.day) for paper in known)


@conditions.add(
    "材料在目录内", "papers of the catalogue",
    "清单中有目录以外的材料", "the list names a paper that is not in the catalogue",
    "从材料目录中选", "choose from the catalogue of papers", asks_inputs=True,
)  # fmt: skip
def papers_are_known(view: View) -> bool:
    """Only papers of the catalogue can be asked for."""
    return bool(view.words("papers")) and all(word in view.papers for word in view.words("papers"))


@conditions.add(
    "一次性告知", "papers are listed once",
    "此前已经退回补正过一次", "the household has already been sent back once",
    "新情况所需材料请注明；补列遗漏须由负责人说明理由后退回",
    "mark what new circumstances require; for an earlier omission the head returns it with a reason", asks_inputs=True,
)  # fmt: skip
def papers_were_listed_once(view: View) -> bool:
    """All missing papers are told at once (M57 art. 10); again only for circumstances that are new."""
    return not _returned(view) or view.inputs.get("new_circumstances") is True


@conditions.add(
    "此前已退回过", "returned before",
    "尚未退回补正过", "nothing has been sent back yet",
    "由经办人一次性告知", "the clerk tells the whole list at once",
)  # fmt: skip
def papers_were_returned_before(view: View) -> bool:
    """A supervisor steps in only for the second return."""
    return bool(_returned(view))


@conditions.add(
    "材料齐备或者有承诺", "papers complete, or a commitment",
    "所列材料尚未补齐，也没有书面承诺", "papers on the list are still missing and nothing was promised instead",
    "补齐材料，或者签署告知承诺", "bring the papers, or sign a commitment", asks_inputs=True,
)  # fmt: skip
def papers_are_complete(view: View) -> bool:
    """The clerk states that the papers are complete, or a written commitment stands in for them (W22 1.2)."""
    return view.inputs.get("papers_complete") is True or view.fact("committed") is True


def _returned(view: View) -> int:
    ever = view.standing.ever
    return sum(len(ever.get(step, ())) for step in ("return_papers", "return_papers_again", "request_papers"))
