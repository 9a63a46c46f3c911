# The incidents one by one, and what is said of the data.

places = Incidents
corridor-heading = Couloir { $corridor }
no-corridor-heading = Hors couloir
hour-untold = heure non indiquée
nothing-near = ni poste ni itinéraire n'était en service
incident-item = { $id }, { $time } : { $facts }.
described = { $item } « { $text } »
on-route = { $route } km { $km }
beside-left = { $distance } à gauche
beside-right = { $distance } à droite
beside-on = sur l'itinéraire
from-post = à { $distance } au { $bearing } de { $post }
at-post = à { $post }
metres = { $number } m
kilometres = { $number } km

far = Loin de tout poste
far-lead =
    { $n ->
        [one] Un incident est à plus de { $km } km de tous les postes :
       *[other] { $number } incidents sont à plus de { $km } km de tous les postes :
    }
far-item = { $id } : à { $distance } de { $post }, le plus proche

odd-places = Positions à vérifier
odd-item =
    { $why ->
        [far] { $id } : loin de tous les postes et itinéraires
        [exchanged] { $id } : hors de la zone, et dedans si longitude et latitude sont échangées
       *[null-island] { $id } : à 0, 0
    }

uncertain-places = Positions incertaines
uncertain-lead =
    { $n ->
        [one] Un incident a été signalé sous forme de zone. Tous les postes et itinéraires qui peuvent être les plus proches, avec leur part de la zone :
       *[other] { $number } incidents ont été signalés sous forme de zones. Tous les postes et itinéraires qui peuvent être les plus proches, avec leur part de la zone :
    }
region =
    { $form ->
        [circle] un disque de { $area }
        [grid] un carré de quadrillage de { $area }
        [sector] un secteur de { $area }
        [line] sur une ligne
        [ray] le long d'un relèvement
        [route] sur une portion d'itinéraire
        [fix] un recoupement de { $area }
       *[other] une zone de { $area }
    }
square-metres = { $number } m²
square-kilometres = { $number } km²
from-to = de { $from } à { $to }
share = { $number } %
share-under-one = moins de 1 %
share-over-ninety-nine = plus de 99 %
candidate-posts = poste le plus proche : { $candidates }
candidate-routes = itinéraire le plus proche : { $candidates }
candidate-certain = { $id } avec certitude, distance { $distance }
candidate = { $id } ({ $share }, distance { $distance })
doubt = incertain : { $text }
doubt-of-fix =
    { $why ->
        [crossing] les lignes se coupent à peine, sous { $first } degrés
        [contradiction] les observations se contredisent, surtout l'observation { $first }
        [two-places] un autre lieu convient aussi, { $first } et { $second } (longitude, latitude)
        [observer] le recoupement atteint l'observateur de l'observation { $first }
       *[magnetic-pole] si près d'un pôle magnétique, les boussoles ne sont pas fiables
    }
doubt-of-class =
    { $class ->
        [where_prec-3] { $name } : connu à la division administrative de deuxième niveau, pris à { $km } km près
        [where_prec-4] { $name } : connu à la division administrative de premier niveau, pris à { $km } km près
        [where_prec-5] { $name } : connu à une ligne ou à un polygone flou, pris à { $km } km près
        [where_prec-6] { $name } : connu au pays, pris à { $km } km près
        [where_prec-7] { $name } : dans les eaux ou l'espace aérien internationaux, pris à { $km } km près
        [geo_precision-3] { $name } : connu à une région étendue, pris à { $km } km près
       *[other] { $name }, pris à { $km } km près
    }

left-apart = Sans position ou heure utilisable
not-located-item = { $id } : non localisé, { $why }
not-located-other = { $id } (non compté, sans heure utilisable) : non localisé, { $why }
why-not-located =
    { $why ->
        [missing] sans géométrie
        [nothing-reported] rien n'est signalé du lieu
        [no-position] sa longitude et sa latitude sont vides
        [no-longitude] sa longitude est vide
        [no-latitude] sa latitude est vide
        [incomplete] { $lacking ->
            [observer_post] { $found } est donné sans le poste d'où il a été observé
            [chainage_m] { $found } est donné sans point kilométrique
           *[other] { $found } est donné sans position
        }
        [line] c'est une ligne
        [polygon] c'est un polygone
        [collection] c'est une collection de géométries
        [behind] ses relèvements ne se coupent que derrière l'observateur de l'observation { $found }
        [observer] ses observations mènent jusqu'à l'observateur de l'observation { $found }
        [apart] ses observations ne se coupent nulle part à moins de 1 000 km
        [parallel] ses relèvements sont parallèles ou s'écartent
        [crossing] ses lignes ne se coupent que sous { $found } degrés, ce qui laisse le lieu ouvert
        [open] son recoupement est ouvert sur { $found } km
        [unknown-post] aucun poste n'a l'identifiant { $found }
        [unknown-route] aucun itinéraire n'a l'identifiant { $found }
       *[gone] ce qui décrivait sa zone a disparu
    }
without-time-item =
    { $why ->
        [missing] { $id } : aucune heure n'est donnée
        [clocks] { $id } : « { $text } » est une heure que les horloges ont montrée deux fois ou jamais, au changement d'heure
        [date] { $id } : « { $text } » est une date sans heure, qui est peut-être de la période
        [calendar] { $id } : « { $text } » est d'une année hors de 1900 à 2100, peut-être d'un autre calendrier
       *[unreadable] { $id } : « { $text } » n'est pas une heure
    }

rejected = Illisibles
rejected-item = ligne { $row } : { $reason }
rejected-more =
    { $n ->
        [one] et un de plus
       *[other] et { $number } de plus
    }

service = En service
service-line = En service pendant la période : { $posts }, { $routes }, { $corridors }.
posts-not-in-service = Postes hors service : { $ids }.
routes-not-in-service = Itinéraires hors service : { $ids }.

liaison = Liaison
liaison-item = { $id } : { $facts }.
tell = prévenir { $people }
contact-with = { $name } ({ $more })
contact-of = { $contact }, pour { $of }
of-post = le poste { $key }
of-route = l'itinéraire { $key }
of-corridor = le couloir { $key }
settled-with = réglé avec { $people }

data = Les données
data-rejected =
    { $n ->
        [one] Un autre n'a pas pu être lu.
       *[other] { $number } autres n'ont pas pu être lus.
    }
data-line =
    { $n ->
        [0] Aucun incident n'a été lu.
        [one] Un incident a été lu : { $in_period } dans la période, { $before } avant, { $after } après, { $without } sans heure utilisable.
       *[other] { $number } incidents ont été lus : { $in_period } dans la période, { $before } avant, { $after } après, { $without } sans heure utilisable.
    }
