"""Case work (办件): every case is the list of steps taken in it; ``doudi.procedure`` says which step may follow.

services.opening.open_case   begin a case
services.moving.take         take a step, once, by whom the procedure allows
selectors.folders.Folder     a case and all that its page shows
effects.after                what a room does when a step is taken
"""
