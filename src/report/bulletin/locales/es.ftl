# El boletín en español. `$n` es un número que decide los plurales; los números van en cifras, salvo uno y cero.

comma = ,{ " " }
semicolon = ;{ " " }
number-word = { $n }
more =
    { $n ->
        [one] una línea más
       *[other] { $n } líneas más
    }
names-and-more =
    { $n ->
        [one] { $names } y uno más
       *[other] { $names } y { $n } más
    }

month-name =
    { $calendar ->
        [persian] { $month ->
            [1] farvardín
            [2] ordibehesht
            [3] jordad
            [4] tir
            [5] mordad
            [6] shahrivar
            [7] mehr
            [8] abán
            [9] azar
            [10] dey
            [11] bahman
           *[12] esfand
        }
       *[gregorian] { $month ->
            [1] enero
            [2] febrero
            [3] marzo
            [4] abril
            [5] mayo
            [6] junio
            [7] julio
            [8] agosto
            [9] septiembre
            [10] octubre
            [11] noviembre
           *[12] diciembre
        }
    }
month-short =
    { $calendar ->
        [persian] { month-name }
       *[gregorian] { $month ->
            [1] ene
            [2] feb
            [3] mar
            [4] abr
            [5] may
            [6] jun
            [7] jul
            [8] ago
            [9] sept
            [10] oct
            [11] nov
           *[12] dic
        }
    }
day-of-month = { $day }
date = { day-of-month } de { month-name } de { $year }
short-date = { day-of-month } { month-short }
month-of-year = { month-name } de { $year }
weekday =
    { $weekday ->
        [1] lunes
        [2] martes
        [3] miércoles
        [4] jueves
        [5] viernes
        [6] sábado
       *[7] domingo
    }
weekday-short =
    { $weekday ->
        [1] lun
        [2] mar
        [3] mié
        [4] jue
        [5] vie
        [6] sáb
       *[7] dom
    }
moment = { $date } a las { $time }

not-reviewed = Ningún hablante nativo ha revisado esta traducción (translation not reviewed).
head-unit = Unidad
head-author = Autor
head-date-time-group = Grupo fecha-hora
head-period = Período
head-from-to = del { $from } al { $to } ({ $zone })

title-day = Boletín del { $date }
title-period = Boletín del { $from } al { $to }
title-month = Boletín de { $month }
title-days = Boletín del { $from } al { $to }
title-to-date = { $title }, período en curso
lead-day = En las { $hours } horas del { $date } ({ $zone }), { $events }.
lead-period = Del { $from } al { $to } ({ $zone }), { $events }.
lead-month = En { $month } ({ $zone }), { $events }.
lead-days = Del { $from } al { $to } inclusive ({ $zone }), { $events }.
lead-incidents =
    { $n ->
        [0] no se registró ninguna violación
        [one] se registró una violación
       *[other] se registraron { $n } violaciones
    }
lead-none-known = no se conoce ninguna violación
incident-count =
    { $n ->
        [0] ninguna violación
        [one] una violación
       *[other] { $n } violaciones
    }
lead-open = { $events } y { $open }
not-dated =
    { $n ->
        [one] un incidente no pudo fecharse
       *[other] { $n } incidentes no pudieron fecharse
    }
doubtful-dates =
    { $n ->
        [one] un incidente puede ser de este período o no
       *[other] { $n } incidentes pueden ser de este período o no
    }
lead-watch = { $events }; { $watch }
pair = { $first }, { $second }
both = { $first } y { $second }
people-killed =
    { $n ->
        [one] una persona resultó muerta
       *[other] { $n } personas resultaron muertas
    }
people-wounded =
    { $n ->
        [one] una persona resultó herida
       *[other] { $n } personas resultaron heridas
    }
people-none = sin muertos ni heridos
people-untold = no se informó de bajas
watched-from = vigilancia desde { $posts }
patrolled-on = patrullas por { $routes } en { $corridors }
posts =
    { $n ->
        [0] ningún puesto
        [one] un puesto
       *[other] { $n } puestos
    }
routes =
    { $n ->
        [0] ninguna ruta
        [one] una ruta
       *[other] { $n } rutas
    }
corridors =
    { $n ->
        [0] ningún corredor
        [one] un corredor
       *[other] { $n } corredores
    }

rejected-lead =
    { $n ->
        [one] Un incidente no se pudo leer y queda fuera, fila { $row }: { $reason }.
       *[other] { $n } incidentes no se pudieron leer y quedan fuera, el primero en la fila { $row }: { $reason }.
    }
first-unreadable = La primera hora ilegible es «{ $text }» (fila { $row }).
region-unknown =
    { $n ->
        [one] La zona de un incidente es desconocida; se cuenta como sin posición.
       *[other] Las zonas de { $n } incidentes son desconocidas; se cuentan como sin posición.
    }
uncertain-count =
    { $n ->
        [one] una tiene una posición incierta
       *[other] { $n } tienen una posición incierta
    }
not-located-count =
    { $n ->
        [one] una no tiene posición
       *[other] { $n } no tienen posición
    }
certainty = De ellas, { $counts }.
nothing-left-out = No se ha dejado nada fuera.
all-exact = Todas las posiciones son exactas y no se ha dejado nada fuera.

map-alternative = Mapa de puestos, rutas y corredores: { $incidents }

figure = Indicador
incidents = Incidentes
undecided = sin determinar
not-located = sin posición
killed = Muertos
wounded = Heridos
killed-untold =
    { $n ->
        [one] Un incidente no indica el número de muertos.
       *[other] { $n } incidentes no indican el número de muertos.
    }
wounded-untold =
    { $n ->
        [one] Un incidente no indica el número de heridos.
       *[other] { $n } incidentes no indican el número de heridos.
    }

not-counted = No se cuenta, por no ser un número entero de personas: { $items }.
not-counted-item =
    { $member ->
        [killed] muertos «{ $text }» de { $id }
       *[wounded] heridos «{ $text }» de { $id }
    }

change = Evolución
change-last =
    { $kind ->
        [day] El día anterior: { $count }.
        [week] La semana anterior: { $count }.
        [month] El mes anterior: { $count }.
       *[between] El período anterior: { $count }.
    }
earlier-periods =
    { $kind ->
        [day] { $n ->
            [one] un solo día anterior
           *[other] los { $count } días anteriores
        }
        [week] { $n ->
            [one] una sola semana anterior
           *[other] las { $count } semanas anteriores
        }
        [month] { $n ->
            [one] un solo mes anterior
           *[other] los { $count } meses anteriores
        }
       *[between] { $n ->
            [one] un solo período anterior
           *[other] los { $count } períodos anteriores
        }
    }
change-too-few = Los datos solo abarcan { $earlier }: son demasiado pocos para decir qué es habitual; hacen falta { $least }.
change-usual =
    { $usual ->
        [more] En { $earlier } la mediana fue { $median } y la mitad central fue de { $lower } a { $upper }. Es inusualmente alto, más que en cualquiera de ellos.
        [fewer] En { $earlier } la mediana fue { $median } y la mitad central fue de { $lower } a { $upper }. Es inusualmente bajo, menos que en cualquiera de ellos.
       *[usual] En { $earlier } la mediana fue { $median } y la mitad central fue de { $lower } a { $upper }. Está dentro de lo habitual.
    }
change-to-date =
    { $kind ->
        [day] El día no ha terminado: de cada día anterior se contaron las mismas horas.
        [week] La semana no ha terminado: de cada semana anterior se contaron los mismos días y horas.
       *[month] El mes no ha terminado: de cada mes anterior se contaron los mismos días y horas.
    }
poisson = Si los incidentes fueran independientes entre sí, una media de { $low } a { $high } daría por azar este resultado: { $count } (intervalo exacto de Poisson, 95 %). Los incidentes se agrupan, de modo que son los cuartiles, y no este intervalo, los que deciden qué es inusual.
by-week = Por semana
by-day = Por día
day = Día
week-from = Semana del
week-part = { $week } (en parte)
numbers-by-week = Cifras por semana
numbers-by-day = Cifras por día
weeks-alternative = Incidentes por semana a partir del { $first }: { $counts }
calendar-alternative = Incidentes por día; el máximo, el { $date }: { $count }
this-period = Este período
period-before = Período anterior
difference = Diferencia
median = Mediana
lower-quartile = Primer cuartil
upper-quartile = Tercer cuartil
periods-before =
    { $n ->
        [one] La mediana y los cuartiles son los de los { $asked } períodos anteriores, de los que los datos abarcan uno.
       *[other] La mediana y los cuartiles son los de los { $asked } períodos anteriores, de los que los datos abarcan { $n }.
    }
no-periods-before = Los datos no abarcan ningún período anterior con el que comparar.

table-heading =
    { $table ->
        [corridor] Por corredor
        [route] Por ruta más cercana
        [post] Por puesto más cercano
        [type] Por tipo
        [side] Por lado de la ruta más cercana
        [hour] Por hora del día
        [weekday] Por día de la semana
       *[status] Por estado
    }
table-key =
    { $table ->
        [corridor] Corredor
        [route] Ruta
        [post] Puesto
        [type] Tipo
        [side] Lado
        [hour] Hora
        [weekday] Día
       *[status] Estado
    }
no-value =
    { $table ->
        [corridor] fuera de los corredores
        [route] ninguna ruta
        [post] ningún puesto
        [type] tipo no indicado
        [side] ninguna ruta
        [hour] hora desconocida
        [weekday] día desconocido
       *[status] estado no indicado
    }
possible = Posibles
certain = Seguros
in-numbers = En cifras
bars-alternative =
    { $table ->
        [hour] Incidentes por hora del día; el máximo, a partir de las { $key }: { $count }
       *[weekday] Incidentes por día de la semana; el máximo, el { $key }: { $count }
    }
without-incident = Sin incidentes
none-corridors =
    { $n ->
        [one] No se conoce ningún incidente en un corredor: { $list }.
       *[other] No se conoce ningún incidente en { $n } corredores: { $list }.
    }
none-routes =
    { $n ->
        [one] Una ruta no es la más cercana a ningún incidente conocido: { $list }.
       *[other] { $n } rutas no son las más cercanas a ningún incidente conocido: { $list }.
    }
none-posts =
    { $n ->
        [one] Un puesto no es el más cercano a ningún incidente conocido: { $list }.
       *[other] { $n } puestos no son los más cercanos a ningún incidente conocido: { $list }.
    }

along-routes = A lo largo de las rutas
along-routes-lead = Incidentes a los que la ruta es la más cercana: sobre la línea los de la izquierda, bajo ella los de la derecha. Los triángulos son puestos a menos de 5 km.
strips-more =
    { $n ->
        [one] Otra ruta tiene incidentes.
       *[other] Otras { $n } rutas tienen incidentes.
    }
strip-item = { $id } en el km { $km }, { $side }
strip-alternative = Longitud de { $length } km; incidentes: { $incidents }.
strip-gap = km { $from } a { $to }
strip-gaps = Ningún puesto ve { $gaps }.
possible-lead = Un incidente cuya zona deja abiertas varias respuestas cuenta como posible para cada una, según su parte de la zona. Sus muertos y heridos quedan sin determinar.
named = { $id } ({ $name })
total = Total
side =
    { $side ->
        [left] izquierda
        [right] derecha
       *[on] en la ruta
    }
status =
    { $status ->
        [new] nuevo
        [open] abierto
        [active] activo
        [ongoing] en curso
        [pending] pendiente
        [settled] solucionado
        [resolved] resuelto
        [closed] cerrado
        [done] terminado
       *[other] { $text }
    }
open = Aún abiertos
open-before =
    { $n ->
        [one] Un incidente anterior al período sigue abierto: { $ids }.
       *[other] { $n } incidentes anteriores al período siguen abiertos: { $ids }.
    }

places = Incidentes
corridor-heading = Corredor { $corridor }
no-corridor-heading = Fuera de los corredores
hour-untold = hora no indicada
nothing-near = no había ningún puesto ni ruta en servicio
incident-item = { $id }, { $time }: { $facts }.
described = { $item } «{ $text }»
on-route = { $route } km { $km }
beside-left = { $distance } a la izquierda
beside-right = { $distance } a la derecha
beside-on = en la ruta
from-post = a { $distance } al { $bearing } de { $post }
at-post = en { $post }
metres = { $number } m
kilometres = { $number } km

far = Lejos de todo puesto
far-lead =
    { $n ->
        [one] Un incidente está a más de { $km } km de todos los puestos:
       *[other] { $n } incidentes están a más de { $km } km de todos los puestos:
    }
far-item = { $id }: a { $distance } de { $post }, el más cercano

odd-places = Posiciones que conviene comprobar
odd-item =
    { $why ->
        [far] { $id }: lejos de todos los puestos y rutas
        [exchanged] { $id }: fuera de la zona, y dentro si se intercambian longitud y latitud
       *[null-island] { $id }: en 0, 0
    }

uncertain-places = Posiciones inciertas
uncertain-lead =
    { $n ->
        [one] Un incidente se comunicó como una zona. Todos los puestos y rutas que pueden ser los más cercanos, con su parte de la zona:
       *[other] { $n } incidentes se comunicaron como zonas. Todos los puestos y rutas que pueden ser los más cercanos, con su parte de la zona:
    }
region =
    { $form ->
        [circle] un disco de { $area }
        [grid] una cuadrícula de { $area }
        [sector] un sector de { $area }
        [line] en una línea
        [ray] a lo largo de una marcación
        [route] en un tramo de la ruta
        [fix] una intersección de { $area }
       *[other] una zona de { $area }
    }
square-metres = { $number } m²
square-kilometres = { $number } km²
from-to = de { $from } a { $to }
share = { $n } %
share-under-one = menos del 1 %
share-over-ninety-nine = más del 99 %
candidate-posts = puesto más cercano: { $candidates }
candidate-routes = ruta más cercana: { $candidates }
candidate-certain = { $id } con certeza, distancia { $distance }
candidate = { $id } ({ $share }, distancia { $distance })
doubt = dudoso: { $text }
doubt-of-fix =
    { $why ->
        [crossing] las líneas apenas se cruzan, a { $first } grados
        [contradiction] las observaciones se contradicen, sobre todo la observación { $first }
        [two-places] otro lugar encaja igual, { $first } y { $second } (longitud, latitud)
        [observer] la intersección llega hasta el observador de la observación { $first }
       *[magnetic-pole] tan cerca de un polo magnético las brújulas no son fiables
    }
doubt-of-class =
    { $class ->
        [where_prec-3] { $name }: conocido hasta la división administrativa de segundo nivel, tomado como dentro de { $km } km
        [where_prec-4] { $name }: conocido hasta la división administrativa de primer nivel, tomado como dentro de { $km } km
        [where_prec-5] { $name }: conocido hasta una línea o un polígono difuso, tomado como dentro de { $km } km
        [where_prec-6] { $name }: conocido hasta el país, tomado como dentro de { $km } km
        [where_prec-7] { $name }: en aguas o espacio aéreo internacionales, tomado como dentro de { $km } km
        [geo_precision-3] { $name }: conocido hasta una región amplia, tomado como dentro de { $km } km
       *[other] { $name }, tomado como dentro de { $km } km
    }

left-apart = Sin posición u hora utilizable
not-located-item = { $id }: sin localizar, { $why }
not-located-other = { $id } (no contado, sin hora utilizable): sin localizar, { $why }
why-not-located =
    { $why ->
        [missing] no tiene geometría
        [nothing-reported] nada se dice de dónde fue
        [no-position] su longitud y su latitud están vacías
        [no-longitude] su longitud está vacía
        [no-latitude] su latitud está vacía
        [incomplete] { $lacking ->
            [observer_post] { $found } se da sin el puesto desde el que se observó
            [chainage_m] { $found } se da sin punto kilométrico
           *[other] { $found } se da sin posición
        }
        [line] es una línea
        [polygon] es un polígono
        [collection] es una colección de geometrías
        [behind] sus marcaciones solo se cruzan detrás del observador de la observación { $found }
        [observer] sus observaciones llevan hasta el observador de la observación { $found }
        [apart] sus observaciones no se cruzan en ningún lugar a menos de 1000 km
        [parallel] sus marcaciones son paralelas o divergen
        [crossing] sus líneas se cruzan a solo { $found } grados, lo que deja abierto el lugar
        [open] su intersección queda abierta en { $found } km
        [unknown-post] ningún puesto tiene el identificador { $found }
        [unknown-route] ninguna ruta tiene el identificador { $found }
       *[gone] ha desaparecido lo que describía su zona
    }
without-time-item =
    { $why ->
        [missing] { $id }: no se da la hora
        [clocks] { $id }: «{ $text }» es una hora que los relojes marcaron dos veces o nunca, por el cambio de hora
        [date] { $id }: «{ $text }» es una fecha sin hora, que puede ser del período o no
        [calendar] { $id }: «{ $text }» es de un año fuera de 1900 a 2100, quizá de otro calendario
       *[unreadable] { $id }: «{ $text }» no es una hora
    }

rejected = No se pudieron leer
rejected-item = fila { $row }: { $reason }
rejected-more =
    { $n ->
        [one] y uno más
       *[other] y { $n } más
    }

service = En servicio
service-line = En servicio durante el período: { $posts }, { $routes }, { $corridors }.
posts-not-in-service = Puestos fuera de servicio: { $ids }.
routes-not-in-service = Rutas fuera de servicio: { $ids }.

liaison = Enlace
liaison-item = { $id }: { $facts }.
tell = avisar a { $people }
contact-with = { $name } ({ $more })
contact-of = { $contact }, por { $of }
of-post = el puesto { $key }
of-route = la ruta { $key }
of-corridor = el corredor { $key }
settled-with = solucionado con { $people }

data = Los datos
data-rejected =
    { $n ->
        [one] Otro más no se pudo leer.
       *[other] Otros { $n } no se pudieron leer.
    }
data-line =
    { $n ->
        [0] No se leyó ningún incidente.
        [one] Se leyó un incidente: { $in_period } en el período, { $before } antes, { $after } después, { $without } sin hora utilizable.
       *[other] Se leyeron { $n } incidentes: { $in_period } en el período, { $before } antes, { $after } después, { $without } sin hora utilizable.
    }
