# What a study of events says in the place of a ceasefire's words.

lead-incidents =
    { $n ->
        [0] no event is in the data
        [one] { $word } event is in the data
       *[other] { $word } events are in the data
    }
lead-none-known = no event is known
incident-count =
    { $n ->
        [0] no event
        [one] { $word } event
       *[other] { $word } events
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
        [one] { $word } reported death
       *[other] { $word } reported deaths
    }
people-wounded =
    { $n ->
        [one] { $word } reported injury
       *[other] { $word } reported injuries
    }
people-none = no deaths or injuries were reported
people-untold = deaths and injuries are not coded
killed = Deaths
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
