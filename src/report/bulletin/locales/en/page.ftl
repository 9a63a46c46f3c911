# The head, the sentences, the trend and the tables. `$n` decides on plurals, `$number` is it in digits, `$word` in a word up to ten.

not-reviewed = Translation not reviewed.
head-unit = Unit
head-author = Author
head-date-time-group = Date-time group
head-period = Period
head-from-to = { $from } to { $to } ({ $zone })

title-day = Bulletin of { $date }
title-period = Bulletin from { $from } to { $to }
title-month = Bulletin of { $month }
title-days = Bulletin of { $from } to { $to }
title-to-date = { $title }, to date
lead-day = In the { $hours } hours of { $date } ({ $zone }) { $events }.
lead-period = From { $from } to { $to } ({ $zone }) { $events }.
lead-month = In { $month } ({ $zone }) { $events }.
lead-days = From { $from } to the end of { $to } ({ $zone }) { $events }.
lead-incidents =
    { $n ->
        [0] no violation was recorded
        [one] { $word } violation was recorded
       *[other] { $word } violations were recorded
    }
lead-none-known = no violation is known
incident-count =
    { $n ->
        [0] no violation
        [one] { $word } violation
       *[other] { $word } violations
    }
lead-open = { $events }, and { $open }
not-dated =
    { $n ->
        [one] { $word } incident could not be dated
       *[other] { $word } incidents could not be dated
    }
doubtful-dates =
    { $n ->
        [one] { $word } incident may be of this period or not
       *[other] { $word } incidents may be of this period or not
    }
lead-watch = { $events }; { $watch }
pair = { $first }, { $second }
both = { $first } and { $second }
people-killed =
    { $n ->
        [one] { $word } person was killed
       *[other] { $word } people were killed
    }
people-wounded =
    { $n ->
        [one] { $word } person was wounded
       *[other] { $word } people were wounded
    }
people-none = nobody was killed or wounded
people-untold = casualties were not reported
watched-from = watched from { $posts }
patrolled-on = patrolled on { $routes } in { $corridors }
posts =
    { $n ->
        [one] { $word } post
       *[other] { $word } posts
    }
routes =
    { $n ->
        [one] { $word } route
       *[other] { $word } routes
    }
corridors =
    { $n ->
        [one] { $word } corridor
       *[other] { $word } corridors
    }

rejected-lead =
    { $n ->
        [one] One incident could not be read and is left out, row { $row }: { $reason }.
       *[other] { $number } incidents could not be read and are left out, first row { $row }: { $reason }.
    }
first-unreadable = The first time that cannot be read is “{ $text }” (row { $row }).
region-unknown =
    { $n ->
        [one] The region of one incident is unknown; it counts as without a position.
       *[other] The regions of { $number } incidents are unknown; they count as without a position.
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
undated-apart = Incidents that could not be dated are listed below, and counted in no table.
nothing-left-out = Nothing was left out.
all-exact = All positions are exact, and nothing was left out.

map-alternative = Map of posts, routes and corridors with { $incidents }
map-outside =
    { $n ->
        [one] One incident lies outside the map.
       *[other] { $number } incidents lie outside the map.
    }

figure = Figure
incidents = Incidents
undecided = undecided
not-located = without a position
killed = Killed
wounded = Wounded
killed-untold =
    { $n ->
        [one] One incident does not say how many were killed.
       *[other] { $number } incidents do not say how many were killed.
    }
wounded-untold =
    { $n ->
        [one] One incident does not say how many were wounded.
       *[other] { $number } incidents do not say how many were wounded.
    }

not-counted = Not counted, as it is no whole number of persons: { $items }.
not-counted-item =
    { $member ->
        [killed] killed “{ $text }” of { $id }
       *[wounded] wounded “{ $text }” of { $id }
    }

change = Trend
change-last =
    { $kind ->
        [day] The day before had { $count }.
        [week] The week before had { $count }.
        [month] The month before had { $count }.
       *[between] The period before had { $count }.
    }
earlier-periods =
    { $kind ->
        [day] { $n ->
            [one] one day before
           *[other] { $count } days before
        }
        [week] { $n ->
            [one] one week before
           *[other] { $count } weeks before
        }
        [month] { $n ->
            [one] one month before
           *[other] { $count } months before
        }
       *[between] { $n ->
            [one] one period before
           *[other] { $count } periods before
        }
    }
change-too-few = The data have only { $earlier }: too few to say what is usual, which takes { $least }.
change-usual =
    { $usual ->
        [more] The { $earlier } had a median of { $median }, and the middle half of them { $lower } to { $upper }. This is unusually many, more than in any of them.
        [fewer] The { $earlier } had a median of { $median }, and the middle half of them { $lower } to { $upper }. This is unusually few, fewer than in any of them.
       *[usual] The { $earlier } had a median of { $median }, and the middle half of them { $lower } to { $upper }. This is within what is usual.
    }
change-to-date =
    { $kind ->
        [day] The day is not over: of each day before, the same hours were counted.
        [week] The week is not over: of each week before, the same days and hours were counted.
       *[month] The month is not over: of each month before, the same days and hours were counted.
    }
poisson = If incidents came independently of each other, { $count } would be what a mean of { $low } to { $high } gives by chance (exact Poisson interval, 95 %). Incidents come in clusters, so the quartiles decide what is called unusual, not this interval.
by-week = By week
by-day = By day
day = Day
week-from = Week from
week-part = { $week } (in part)
numbers-by-week = Numbers by week
numbers-by-day = Numbers by day
weeks-alternative = Incidents by week from { $first } on: { $counts }
calendar-alternative = Incidents by day; the most on { $date }: { $count }
this-period = This period
period-before = Period before
difference = Change
median = Median
lower-quartile = Lower quartile
upper-quartile = Upper quartile
periods-before =
    { $n ->
        [one] Median and quartiles are those of the { $asked } periods before, of which the data have one.
       *[other] Median and quartiles are those of the { $asked } periods before, of which the data have { $number }.
    }
no-periods-before = The data reach back to no earlier period to compare with.

table-heading =
    { $table ->
        [corridor] By corridor
        [route] By nearest route
        [post] By nearest post
        [type] By type
        [side] By side of the nearest route
        [hour] By hour of the day
        [weekday] By day of the week
       *[status] By status
    }
table-key =
    { $table ->
        [corridor] Corridor
        [route] Route
        [post] Post
        [type] Type
        [side] Side
        [hour] Hour
        [weekday] Day
       *[status] Status
    }
no-value =
    { $table ->
        [corridor] in no corridor
        [route] no route
        [post] no post
        [type] no type given
        [side] no route
        [hour] no hour
        [weekday] no day
       *[status] no status given
    }
possible = Possible
certain = Certain
in-numbers = In numbers
bars-alternative =
    { $table ->
        [hour] Incidents by hour of the day; the most from { $key } on: { $count }
       *[weekday] Incidents by day of the week; the most on { $key }: { $count }
    }
without-incident = Without an incident
none-corridors =
    { $n ->
        [one] No incident is known in one corridor: { $list }.
       *[other] No incident is known in { $number } corridors: { $list }.
    }
none-routes =
    { $n ->
        [one] No incident is known to be nearest to one route: { $list }.
       *[other] No incident is known to be nearest to { $number } routes: { $list }.
    }
none-posts =
    { $n ->
        [one] No incident is known to be nearest to one post: { $list }.
       *[other] No incident is known to be nearest to { $number } posts: { $list }.
    }

along-routes = Along the routes
along-routes-lead = Incidents whose nearest route it is, left of the route above the line and right of it below. Triangles are posts within 5 km.
strips-more =
    { $n ->
        [one] One more route has incidents.
       *[other] { $number } more routes have incidents.
    }
strip-item = { $id } at km { $km }, { $side }
strip-alternative = { $length } km long; incidents: { $incidents }.
strip-gap = km { $from } to { $to }
strip-gaps = No post sees { $gaps }.
possible-lead = An incident whose region leaves several open is possible for each, by its share of the region. Its killed and wounded are undecided.
named = { $id } ({ $name })
total = Total
side =
    { $side ->
        [left] left
        [right] right
       *[on] on the route
    }
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
open = Still open
open-before =
    { $n ->
        [one] One incident from before the period is still open: { $ids }.
       *[other] { $number } incidents from before the period are still open: { $ids }.
    }
