# Le bulletin en français. `$n` est un nombre qui décide des pluriels ; les nombres s'écrivent en chiffres, sauf un et zéro.

comma = ,{ " " }
semicolon = { "\u202F" };{ " " }
number-word = { $n }
more =
    { $n ->
        [one] une ligne de plus
       *[other] { $n } lignes de plus
    }
names-and-more =
    { $n ->
        [one] { $names } et un de plus
       *[other] { $names } et { $n } de plus
    }

month-name =
    { $calendar ->
        [persian] { $month ->
            [1] farvardin
            [2] ordibehesht
            [3] khordad
            [4] tir
            [5] mordad
            [6] chahrivar
            [7] mehr
            [8] aban
            [9] azar
            [10] dey
            [11] bahman
           *[12] esfand
        }
       *[gregorian] { $month ->
            [1] janvier
            [2] février
            [3] mars
            [4] avril
            [5] mai
            [6] juin
            [7] juillet
            [8] août
            [9] septembre
            [10] octobre
            [11] novembre
           *[12] décembre
        }
    }
month-short =
    { $calendar ->
        [persian] { month-name }
       *[gregorian] { $month ->
            [1] janv.
            [2] févr.
            [3] mars
            [4] avr.
            [5] mai
            [6] juin
            [7] juil.
            [8] août
            [9] sept.
            [10] oct.
            [11] nov.
           *[12] déc.
        }
    }
day-of-month =
    { $day ->
        [1] 1er
       *[other] { $day }
    }
date = { day-of-month } { month-name } { $year }
short-date = { day-of-month } { month-short }
month-of-year = { month-name } { $year }
weekday =
    { $weekday ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[7] dimanche
    }
weekday-short =
    { $weekday ->
        [1] lun.
        [2] mar.
        [3] mer.
        [4] jeu.
        [5] ven.
        [6] sam.
       *[7] dim.
    }
moment = { $date } à { $time }

not-reviewed = Cette traduction n'a pas été relue par un locuteur natif (translation not reviewed).
head-unit = Unité
head-author = Auteur
head-date-time-group = Groupe date-heure
head-period = Période
head-from-to = du { $from } au { $to } ({ $zone })

title-day = Bulletin du { $date }
title-period = Bulletin du { $from } au { $to }
title-month = Bulletin de { $month }
title-days = Bulletin du { $from } au { $to }
title-to-date = { $title }, période en cours
lead-day = Dans les { $hours } heures du { $date } ({ $zone }), { $events }.
lead-period = Du { $from } au { $to } ({ $zone }), { $events }.
lead-month = En { $month } ({ $zone }), { $events }.
lead-days = Du { $from } au { $to } inclus ({ $zone }), { $events }.
lead-incidents =
    { $n ->
        [0] aucune violation n'a été constatée
        [one] une violation a été constatée
       *[other] { $n } violations ont été constatées
    }
lead-none-known = aucune violation n'est connue
incident-count =
    { $n ->
        [0] aucune violation
        [one] une violation
       *[other] { $n } violations
    }
lead-open = { $events } et { $open }
not-dated =
    { $n ->
        [one] un incident n'a pas pu être daté
       *[other] { $n } incidents n'ont pas pu être datés
    }
doubtful-dates =
    { $n ->
        [one] un incident appartient peut-être à cette période
       *[other] { $n } incidents appartiennent peut-être à cette période
    }
lead-watch = { $events }{ "\u202F" }; { $watch }
pair = { $first }, { $second }
both = { $first } et { $second }
people-killed =
    { $n ->
        [one] une personne a été tuée
       *[other] { $n } personnes ont été tuées
    }
people-wounded =
    { $n ->
        [one] une personne a été blessée
       *[other] { $n } personnes ont été blessées
    }
people-none = sans mort ni blessé
people-untold = les pertes n'ont pas été signalées
watched-from = surveillance depuis { $posts }
patrolled-on = patrouilles sur { $routes } dans { $corridors }
posts =
    { $n ->
        [0] aucun poste
        [one] un poste
       *[other] { $n } postes
    }
routes =
    { $n ->
        [0] aucun itinéraire
        [one] un itinéraire
       *[other] { $n } itinéraires
    }
corridors =
    { $n ->
        [0] aucun couloir
        [one] un couloir
       *[other] { $n } couloirs
    }

rejected-lead =
    { $n ->
        [one] Un incident n'a pas pu être lu et a été laissé de côté, ligne { $row } : { $reason }.
       *[other] { $n } incidents n'ont pas pu être lus et ont été laissés de côté, d'abord la ligne { $row } : { $reason }.
    }
first-unreadable = La première heure illisible est « { $text } » (ligne { $row }).
region-unknown =
    { $n ->
        [one] La zone d'un incident est inconnue{ "\u202F" }; il est compté comme sans position.
       *[other] Les zones de { $n } incidents sont inconnues{ "\u202F" }; ils sont comptés comme sans position.
    }
uncertain-count =
    { $n ->
        [one] une a une position incertaine
       *[other] { $n } ont une position incertaine
    }
not-located-count =
    { $n ->
        [one] une n'a pas de position
       *[other] { $n } n'ont pas de position
    }
certainty = Parmi elles, { $counts }.
nothing-left-out = Rien n'a été laissé de côté.
all-exact = Toutes les positions sont exactes et rien n'a été laissé de côté.

map-alternative = Carte des postes, itinéraires et couloirs : { $incidents }

figure = Indicateur
incidents = Incidents
undecided = indéterminé
not-located = sans position
killed = Tués
wounded = Blessés
killed-untold =
    { $n ->
        [one] Un incident n'indique pas le nombre de tués.
       *[other] { $n } incidents n'indiquent pas le nombre de tués.
    }
wounded-untold =
    { $n ->
        [one] Un incident n'indique pas le nombre de blessés.
       *[other] { $n } incidents n'indiquent pas le nombre de blessés.
    }

not-counted = Non compté, faute d'un nombre entier de personnes : { $items }.
not-counted-item =
    { $member ->
        [killed] tués « { $text } » de { $id }
       *[wounded] blessés « { $text } » de { $id }
    }

change = Évolution
change-last =
    { $kind ->
        [day] La veille : { $count }.
        [week] La semaine précédente : { $count }.
        [month] Le mois précédent : { $count }.
       *[between] La période précédente : { $count }.
    }
earlier-periods =
    { $kind ->
        [day] { $n ->
            [one] un seul jour précédent
           *[other] les { $count } jours précédents
        }
        [week] { $n ->
            [one] une seule semaine précédente
           *[other] les { $count } semaines précédentes
        }
        [month] { $n ->
            [one] un seul mois précédent
           *[other] les { $count } mois précédents
        }
       *[between] { $n ->
            [one] une seule période précédente
           *[other] les { $count } périodes précédentes
        }
    }
change-too-few = Les données ne comprennent que { $earlier } : c'est trop peu pour dire ce qui est habituel, il en faut { $least }.
change-usual =
    { $usual ->
        [more] Pour { $earlier }, la médiane est de { $median } et la moitié centrale va de { $lower } à { $upper }. C'est inhabituellement élevé, plus que dans chacune de ces périodes.
        [fewer] Pour { $earlier }, la médiane est de { $median } et la moitié centrale va de { $lower } à { $upper }. C'est inhabituellement bas, moins que dans chacune de ces périodes.
       *[usual] Pour { $earlier }, la médiane est de { $median } et la moitié centrale va de { $lower } à { $upper }. C'est dans l'ordre habituel.
    }
change-to-date =
    { $kind ->
        [day] Le jour n'est pas terminé : de chaque jour précédent, les mêmes heures ont été comptées.
        [week] La semaine n'est pas terminée : de chaque semaine précédente, les mêmes jours et heures ont été comptés.
       *[month] Le mois n'est pas terminé : de chaque mois précédent, les mêmes jours et heures ont été comptés.
    }
poisson = Si les incidents étaient indépendants les uns des autres, une moyenne de { $low } à { $high } donnerait par hasard ce résultat : { $count } (intervalle exact de Poisson, 95 %). Les incidents surviennent en grappes : ce sont donc les quartiles, et non cet intervalle, qui décident de ce qui est inhabituel.
by-week = Par semaine
by-day = Par jour
day = Jour
week-from = Semaine du
week-part = { $week } (en partie)
numbers-by-week = Chiffres par semaine
numbers-by-day = Chiffres par jour
weeks-alternative = Incidents par semaine à partir du { $first } : { $counts }
calendar-alternative = Incidents par jour{ "\u202F" }; le plus chargé est le { $date } : { $count }
this-period = Cette période
period-before = Période précédente
difference = Écart
median = Médiane
lower-quartile = Premier quartile
upper-quartile = Troisième quartile
periods-before =
    { $n ->
        [one] La médiane et les quartiles sont ceux des { $asked } périodes précédentes, dont les données comprennent une seule.
       *[other] La médiane et les quartiles sont ceux des { $asked } périodes précédentes, dont les données comprennent { $n }.
    }
no-periods-before = Les données ne comprennent aucune période antérieure à comparer.

table-heading =
    { $table ->
        [corridor] Par couloir
        [route] Par itinéraire le plus proche
        [post] Par poste le plus proche
        [type] Par type
        [side] Par côté de l'itinéraire le plus proche
        [hour] Par heure de la journée
        [weekday] Par jour de la semaine
       *[status] Par état
    }
table-key =
    { $table ->
        [corridor] Couloir
        [route] Itinéraire
        [post] Poste
        [type] Type
        [side] Côté
        [hour] Heure
        [weekday] Jour
       *[status] État
    }
no-value =
    { $table ->
        [corridor] hors couloir
        [route] aucun itinéraire
        [post] aucun poste
        [type] type non indiqué
        [side] aucun itinéraire
        [hour] heure inconnue
        [weekday] jour inconnu
       *[status] état non indiqué
    }
possible = Possibles
certain = Certains
in-numbers = En chiffres
bars-alternative =
    { $table ->
        [hour] Incidents par heure de la journée{ "\u202F" }; le plus à partir de { $key } : { $count }
       *[weekday] Incidents par jour de la semaine{ "\u202F" }; le plus le { $key } : { $count }
    }
without-incident = Sans incident
none-corridors =
    { $n ->
        [one] Aucun incident connu dans un couloir : { $list }.
       *[other] Aucun incident connu dans { $n } couloirs : { $list }.
    }
none-routes =
    { $n ->
        [one] Un itinéraire n'est le plus proche d'aucun incident connu : { $list }.
       *[other] { $n } itinéraires ne sont les plus proches d'aucun incident connu : { $list }.
    }
none-posts =
    { $n ->
        [one] Un poste n'est le plus proche d'aucun incident connu : { $list }.
       *[other] { $n } postes ne sont les plus proches d'aucun incident connu : { $list }.
    }

along-routes = Le long des itinéraires
along-routes-lead = Les incidents dont l'itinéraire est le plus proche{ "\u202F" }: au-dessus de la ligne ceux qui sont à gauche, au-dessous ceux qui sont à droite. Les triangles sont les postes à moins de 5 km.
strips-more =
    { $n ->
        [one] Un autre itinéraire a des incidents.
       *[other] { $n } autres itinéraires ont des incidents.
    }
strip-item = { $id } au km { $km }, { $side }
strip-alternative = Longueur { $length } km ; incidents : { $incidents }.
strip-gap = km { $from } à { $to }
strip-gaps = Aucun poste ne voit { $gaps }.
possible-lead = Un incident dont la zone laisse plusieurs réponses ouvertes est compté comme possible pour chacune, selon sa part de la zone. Ses tués et ses blessés sont indéterminés.
named = { $id } ({ $name })
total = Total
side =
    { $side ->
        [left] à gauche
        [right] à droite
       *[on] sur l'itinéraire
    }
status =
    { $status ->
        [new] nouveau
        [open] ouvert
        [active] actif
        [ongoing] en cours
        [pending] en attente
        [settled] réglé
        [resolved] résolu
        [closed] clos
        [done] terminé
       *[other] { $text }
    }
open = Encore ouverts
open-before =
    { $n ->
        [one] Un incident antérieur à la période est encore ouvert : { $ids }.
       *[other] { $n } incidents antérieurs à la période sont encore ouverts : { $ids }.
    }

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
       *[other] { $n } incidents sont à plus de { $km } km de tous les postes :
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
       *[other] { $n } incidents ont été signalés sous forme de zones. Tous les postes et itinéraires qui peuvent être les plus proches, avec leur part de la zone :
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
share = { $n } %
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
       *[other] et { $n } de plus
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
       *[other] { $n } autres n'ont pas pu être lus.
    }
data-line =
    { $n ->
        [0] Aucun incident n'a été lu.
        [one] Un incident a été lu : { $in_period } dans la période, { $before } avant, { $after } après, { $without } sans heure utilisable.
       *[other] { $n } incidents ont été lus : { $in_period } dans la période, { $before } avant, { $after } après, { $without } sans heure utilisable.
    }
