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

month-name =
    { $month ->
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
date = { $day } { month-name } { $year }
moment = { $date }, { $time }

title-day = Bulletin of { $date }
title-period = Bulletin from { $from } to { $to }
lead-day = In the { $hours } hours of { $date } ({ $zone }) { $events }.
lead-period = From { $from } to { $to } ({ $zone }) { $events }.
lead-incidents =
    { $n ->
        [0] no violation was recorded
        [one] { $word } violation was recorded
       *[other] { $word } violations were recorded
    }
lead-none-known = no violation is known
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

totals = Totals
figure = Figure
number = Number
incidents = Incidents
located = with a position
uncertain = with an uncertain position
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

change = Change
this-period = This period
period-before = Period before
difference = Change
median = Median
from-median = Change from median
periods-before =
    { $n ->
        [one] The median is that of the 28 periods before; the data reach back to one of them only.
        [28] The median is that of the 28 periods before.
       *[other] The median is that of the 28 periods before; the data reach back to { $n } of them.
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
       *[status] New, open, settled
    }
table-key =
    { $table ->
        [corridor] Corridor
        [route] Route
        [post] Post
        [type] Type
        [side] Side
        [hour] Hour
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
       *[status] no status given
    }
possible = Possible
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
        [settled] settled
       *[other] { $text }
    }
open-before =
    { $n ->
        [one] One incident from before the period is not settled: { $ids }.
       *[other] { $n } incidents from before the period are not settled: { $ids }.
    }

places = Places
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
in-corridor = { $corridor } corridor
in-no-corridor = in no corridor

far = Far from any post
far-none = No incident is known to be farther than { $km } km from every post.
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
        [route] along a stretch of a route
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
liaison-none = The layers name nobody to be told of these incidents.
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
