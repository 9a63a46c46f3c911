# The head, the sentences, the trend and the tables. `$n` decides on plurals, `$number` is it in digits, `$word` in a word up to ten.

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
       *[other] { $number } violations ont été constatées
    }
lead-none-known = aucune violation n'est connue
incident-count =
    { $n ->
        [0] aucune violation
        [one] une violation
       *[other] { $number } violations
    }
lead-open = { $events } et { $open }
not-dated =
    { $n ->
        [one] un incident n'a pas pu être daté
       *[other] { $number } incidents n'ont pas pu être datés
    }
doubtful-dates =
    { $n ->
        [one] un incident appartient peut-être à cette période
       *[other] { $number } incidents appartiennent peut-être à cette période
    }
lead-watch = { $events }{ "\u202F" }; { $watch }
pair = { $first }, { $second }
both = { $first } et { $second }
people-killed =
    { $n ->
        [one] une personne a été tuée
       *[other] { $number } personnes ont été tuées
    }
people-wounded =
    { $n ->
        [one] une personne a été blessée
       *[other] { $number } personnes ont été blessées
    }
people-none = sans mort ni blessé
people-untold = les pertes n'ont pas été signalées
watched-from = surveillance depuis { $posts }
patrolled-on = patrouilles sur { $routes } dans { $corridors }
posts =
    { $n ->
        [0] aucun poste
        [one] un poste
       *[other] { $number } postes
    }
routes =
    { $n ->
        [0] aucun itinéraire
        [one] un itinéraire
       *[other] { $number } itinéraires
    }
corridors =
    { $n ->
        [0] aucun couloir
        [one] un couloir
       *[other] { $number } couloirs
    }

rejected-lead =
    { $n ->
        [one] Un incident n'a pas pu être lu et a été laissé de côté, ligne { $row } : { $reason }.
       *[other] { $number } incidents n'ont pas pu être lus et ont été laissés de côté, d'abord la ligne { $row } : { $reason }.
    }
first-unreadable = La première heure illisible est « { $text } » (ligne { $row }).
region-unknown =
    { $n ->
        [one] La zone d'un incident est inconnue{ "\u202F" }; il est compté comme sans position.
       *[other] Les zones de { $number } incidents sont inconnues{ "\u202F" }; ils sont comptés comme sans position.
    }
uncertain-count =
    { $n ->
        [one] une a une position incertaine
       *[other] { $number } ont une position incertaine
    }
not-located-count =
    { $n ->
        [one] une n'a pas de position
       *[other] { $number } n'ont pas de position
    }
certainty = Parmi elles, { $counts }.
undated-apart = Les incidents sans date sûre figurent plus bas et n'entrent dans aucun tableau.
nothing-left-out = Rien n'a été laissé de côté.
all-exact = Toutes les positions sont exactes et rien n'a été laissé de côté.

map-alternative = Carte des postes, itinéraires et couloirs : { $incidents }
map-outside =
    { $n ->
        [one] Un incident se trouve hors de la carte.
       *[other] { $number } incidents se trouvent hors de la carte.
    }

figure = Indicateur
incidents = Incidents
undecided = indéterminé
not-located = sans position
killed = Tués
wounded = Blessés
killed-untold =
    { $n ->
        [one] Un incident n'indique pas le nombre de tués.
       *[other] { $number } incidents n'indiquent pas le nombre de tués.
    }
wounded-untold =
    { $n ->
        [one] Un incident n'indique pas le nombre de blessés.
       *[other] { $number } incidents n'indiquent pas le nombre de blessés.
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
       *[other] La médiane et les quartiles sont ceux des { $asked } périodes précédentes, dont les données comprennent { $number }.
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
       *[other] Aucun incident connu dans { $number } couloirs : { $list }.
    }
none-routes =
    { $n ->
        [one] Un itinéraire n'est le plus proche d'aucun incident connu : { $list }.
       *[other] { $number } itinéraires ne sont les plus proches d'aucun incident connu : { $list }.
    }
none-posts =
    { $n ->
        [one] Un poste n'est le plus proche d'aucun incident connu : { $list }.
       *[other] { $number } postes ne sont les plus proches d'aucun incident connu : { $list }.
    }

along-routes = Le long des itinéraires
along-routes-lead = Les incidents dont l'itinéraire est le plus proche{ "\u202F" }: au-dessus de la ligne ceux qui sont à gauche, au-dessous ceux qui sont à droite. Les triangles sont les postes à moins de 5 km.
strips-more =
    { $n ->
        [one] Un autre itinéraire a des incidents.
       *[other] { $number } autres itinéraires ont des incidents.
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
       *[other] { $number } incidents antérieurs à la période sont encore ouverts : { $ids }.
    }
