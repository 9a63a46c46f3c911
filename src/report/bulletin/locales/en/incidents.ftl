# The incidents one by one, and what is said of the data.

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
       *[other] { $number } incidents are farther than { $km } km from every post:
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
       *[other] { $number } incidents were reported as regions. All posts and routes that may be the nearest, with their shares of the region:
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
share = { $number } %
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
            [observer_post] { $found } is given without the post that it was observed from
            [chainage_m] { $found } is given without a chainage along the route
           *[other] { $found } is given without a position
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
       *[other] and { $number } more
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
       *[other] { $number } more could not be read.
    }
data-line =
    { $n ->
        [0] No incident was read.
        [one] One incident was read: { $in_period } in the period, { $before } before it, { $after } after it, { $without } without a usable time.
       *[other] { $number } incidents were read: { $in_period } in the period, { $before } before it, { $after } after it, { $without } without a usable time.
    }
