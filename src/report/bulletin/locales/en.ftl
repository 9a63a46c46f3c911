# The bulletin in English. `$n` is a number that decides on plurals, `$word` the same in a word up to ten.

comma = ,{ " " }
semicolon = ;{ " " }
number-word =
    { $n ->
        [0] no
        [1] one
        [2] two
        [3] three
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
        [9] nine
        [10] ten
       *[other] { $n }
    }
more =
    { $n ->
        [one] one more
       *[other] { $n } more
    }
names-and-more =
    { $n ->
        [one] { $names } and one more
       *[other] { $names } and { $n } more
    }

month-name =
    { $calendar ->
        [persian] { $month ->
            [1] Farvardin
            [2] Ordibehesht
            [3] Khordad
            [4] Tir
            [5] Mordad
            [6] Shahrivar
            [7] Mehr
            [8] Aban
            [9] Azar
            [10] Dey
            [11] Bahman
           *[12] Esfand
        }
       *[gregorian] { $month ->
            [1] January
            [2] February
            [3] March
            [4] April
            [5] May
            [6] June
            [7] July
            [8] August
            [9] September
            [10] October
            [11] November
           *[12] December
        }
    }
month-short =
    { $calendar ->
        [persian] { month-name }
       *[gregorian] { $month ->
            [1] Jan
            [2] Feb
            [3] Mar
            [4] Apr
            [5] May
            [6] Jun
            [7] Jul
            [8] Aug
            [9] Sep
            [10] Oct
            [11] Nov
           *[12] Dec
        }
    }
day-of-month = { $day }
date = { day-of-month } { month-name } { $year }
short-date = { day-of-month } { month-short }
month-of-year = { month-name } { $year }
weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
weekday-short =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
moment = { $date }, { $time }

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
       *[other] { $n } incidents could not be read and are left out, first row { $row }: { $reason }.
    }
first-unreadable = The first time that cannot be read is “{ $text }” (row { $row }).
region-unknown =
    { $n ->
        [one] The region of one incident is unknown; it counts as without a position.
       *[other] The regions of { $n } incidents are unknown; they count as without a position.
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
nothing-left-out = Nothing was left out.
all-exact = All positions are exact, and nothing was left out.

map-alternative = Map of posts, routes and corridors with { $incidents }

figure = Figure
incidents = Incidents
undecided = undecided
not-located = without a position
killed = Killed
wounded = Wounded
killed-untold =
    { $n ->
        [one] One incident does not say how many were killed.
       *[other] { $n } incidents do not say how many were killed.
    }
wounded-untold =
    { $n ->
        [one] One incident does not say how many were wounded.
       *[other] { $n } incidents do not say how many were wounded.
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
       *[other] Median and quartiles are those of the { $asked } periods before, of which the data have { $n }.
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
       *[other] No incident is known in { $n } corridors: { $list }.
    }
none-routes =
    { $n ->
        [one] No incident is known to be nearest to one route: { $list }.
       *[other] No incident is known to be nearest to { $n } routes: { $list }.
    }
none-posts =
    { $n ->
        [one] No incident is known to be nearest to one post: { $list }.
       *[other] No incident is known to be nearest to { $n } posts: { $list }.
    }

along-routes = Along the routes
along-routes-lead = Incidents whose nearest route it is, left of the route above the line and right of it below. Triangles are posts within 5 km.
strips-more =
    { $n ->
        [one] One more route has incidents.
       *[other] { $n } more routes have incidents.
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
       *[other] { $n } incidents from before the period are still open: { $ids }.
    }

places = Incidents
corridor-heading = { $corridor } corridor
no-corridor-heading = In no corridor
hour-untold = hour not told
nothing-near = no post and no route was in service
incident-item = { $id }, { $time }: { $facts }.
described = { $item } “{ $text }”
on-route = { $route } km { $km }
beside-left = { $distance } left
beside-right = { $distance } right
beside-on = on the route
from-post = { $distance } on { $bearing } from { $post }
at-post = at { $post }
metres = { $number } m
kilometres = { $number } km

far = Far from any post
far-lead =
    { $n ->
        [one] One incident is farther than { $km } km from every post:
       *[other] { $n } incidents are farther than { $km } km from every post:
    }
far-item = { $id }: { $distance } from { $post }, the nearest

odd-places = Positions to check
odd-item =
    { $why ->
        [far] { $id }: far from all posts and routes
        [exchanged] { $id }: outside the area, and inside it with longitude and latitude exchanged
       *[null-island] { $id }: at 0, 0
    }

uncertain-places = Uncertain positions
uncertain-lead =
    { $n ->
        [one] One incident was reported as a region. All posts and routes that may be the nearest, with their shares of the region:
       *[other] { $n } incidents were reported as regions. All posts and routes that may be the nearest, with their shares of the region:
    }
region =
    { $form ->
        [circle] a disc of { $area }
        [grid] a grid square of { $area }
        [sector] a sector of { $area }
        [line] on a line
        [ray] along a bearing
        [route] along an interval of a route
        [fix] a fix of { $area }
       *[other] a region of { $area }
    }
square-metres = { $number } m²
square-kilometres = { $number } km²
from-to = { $from } to { $to }
share = { $n } %
share-under-one = under 1 %
share-over-ninety-nine = over 99 %
candidate-posts = nearest post { $candidates }
candidate-routes = nearest route { $candidates }
candidate-certain = certainly { $id }, { $distance } away
candidate = { $id } ({ $share }, { $distance } away)
doubt = doubtful: { $text }
doubt-of-fix =
    { $why ->
        [crossing] the lines hardly cross, at { $first } degrees
        [contradiction] the observations contradict each other, observation { $first } the most
        [two-places] another place fits as well, { $first }, { $second } (longitude, latitude)
        [observer] the fix reaches up to the observer of observation { $first }
       *[magnetic-pole] compasses are not to be relied on so near to a magnetic pole
    }
doubt-of-class =
    { $class ->
        [where_prec-3] { $name }: known to a second-order administrative division, taken as within { $km } km
        [where_prec-4] { $name }: known to a first-order administrative division, taken as within { $km } km
        [where_prec-5] { $name }: known to a line or a fuzzy polygon, taken as within { $km } km
        [where_prec-6] { $name }: known to a country, taken as within { $km } km
        [where_prec-7] { $name }: in international waters or airspace, taken as within { $km } km
        [geo_precision-3] { $name }: known to a larger region, taken as within { $km } km
       *[other] { $name }, taken as within { $km } km
    }

left-apart = Without a usable position or time
not-located-item = { $id }: not located, { $why }
not-located-other = { $id } (not counted, without a usable time): not located, { $why }
why-not-located =
    { $why ->
        [missing] it has no geometry
        [nothing-reported] nothing is reported of where it was
        [no-position] its longitude and latitude are empty
        [no-longitude] its longitude is empty
        [no-latitude] its latitude is empty
        [incomplete] { $lacking ->
            [observer_post] { $found } is told without the post that it was observed from
            [chainage_m] { $found } is told without a chainage along the route
           *[other] { $found } is told without a position
        }
        [line] it is a line
        [polygon] it is a polygon
        [collection] it is a collection of geometries
        [behind] its bearings meet only behind the observer of observation { $found }
        [observer] its observations lead up to the observer of observation { $found }
        [apart] its observations meet nowhere within 1,000 km
        [parallel] its bearings are parallel or run apart
        [crossing] its lines cross at { $found } degrees only, which leaves the place open
        [open] its fix is open by { $found } km
        [unknown-post] no post has the id { $found }
        [unknown-route] no route has the id { $found }
       *[gone] what described its region is gone
    }
without-time-item =
    { $why ->
        [missing] { $id }: no time is given
        [clocks] { $id }: “{ $text }” is a time that the clocks showed twice or not at all, as they were changed
        [date] { $id }: “{ $text }” is a date without an hour, which may be in the period or not
        [calendar] { $id }: “{ $text }” is of a year outside 1900 to 2100, perhaps of another calendar
       *[unreadable] { $id }: “{ $text }” is no time
    }

rejected = Could not be read
rejected-item = row { $row }: { $reason }
rejected-more =
    { $n ->
        [one] and one more
       *[other] and { $n } more
    }

service = In service
service-line = In service in the period: { $posts }, { $routes }, { $corridors }.
posts-not-in-service = Posts not in service: { $ids }.
routes-not-in-service = Routes not in service: { $ids }.

liaison = Liaison
liaison-item = { $id }: { $facts }.
tell = tell { $people }
contact-with = { $name } ({ $more })
contact-of = { $contact }, for { $of }
of-post = post { $key }
of-route = route { $key }
of-corridor = corridor { $key }
settled-with = settled with { $people }

data = The data
data-rejected =
    { $n ->
        [one] One more could not be read.
       *[other] { $n } more could not be read.
    }
data-line =
    { $n ->
        [0] No incident was read.
        [one] One incident was read: { $in_period } in the period, { $before } before it, { $after } after it, { $without } without a usable time.
       *[other] { $n } incidents were read: { $in_period } in the period, { $before } before it, { $after } after it, { $without } without a usable time.
    }
