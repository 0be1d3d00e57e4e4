"""The self-check (自测): what a household may be entitled to, from a few answers of somebody who is not asked who they are.

questions.yaml   what is asked, screen by screen
questions        the questions, and how an answer is read
answers          what was answered so far, and which screen comes next
household        answers as a household file: the same facts, in the same words, as any other reader of the law takes
outcome          the law of the place applied to it, told as cards
"""
