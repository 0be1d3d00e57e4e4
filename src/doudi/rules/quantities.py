"""What the arguments of a formula are, for the reader: a placeholder while recording, an ordinary value when called.

``Money`` is in fen, ``Area`` in 1/100 m², ``Day`` is ``yyyymmdd``, ``Share`` counts ten-thousandths; ``Truth`` has three
values; ``list[Money]`` are the values of all rows below, such as all members of a household. ``Law`` holds the parameters.
"""

from typing import Any

Money = Any
Count = Any
Share = Any
Area = Any
Day = Any
Truth = Any
Code = Any
Law = Any
