# What a park or reserve says in the place of a ceasefire's words.

lead-incidents =
    { $n ->
        [0] no incident was recorded
        [one] { $word } incident was recorded
       *[other] { $word } incidents were recorded
    }
lead-none-known = no incident is known
incident-count =
    { $n ->
        [0] no incident
        [one] { $word } incident
       *[other] { $word } incidents
    }
uncertain-count =
    { $n ->
        [one] { $word } has an uncertain position
       *[other] { $word } have an uncertain position
    }
not-located-count =
    { $n ->
        [one] { $word } has no position
       *[other] { $word } have no position
    }
certainty = Of these, { $counts }.
people-killed =
    { $n ->
        [one] { $word } killed
       *[other] { $word } killed
    }
people-wounded =
    { $n ->
        [one] { $word } injured
       *[other] { $word } injured
    }
people-none = none killed or injured
people-untold = nothing was reported of killed or injured
killed = Killed
wounded = Injured
status =
    { $status ->
        [new] new
        [open] open
        [active] active
        [ongoing] ongoing
        [pending] pending
        [settled] settled
        [resolved] resolved
        [closed] closed
        [done] done
       *[other] { $text }
    }
