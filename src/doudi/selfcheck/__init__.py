"""The self-check (自测): what a household may be entitled to, from a few answers of somebody who is not asked who they are.

questions.yaml   what is asked, screen by screen
questions        the questions, and how an answer is read
answers          what was answered so far, which screen comes next, and family elsewhere
household        answers as a household file: the same facts, in the same words, as any other reader of the law takes
law              the law of a place and day as it is read here
cards            each programme and tier as a card: chance, amount, reasons, what is open
outcome          all cards together, and which answers would tell more
"""
