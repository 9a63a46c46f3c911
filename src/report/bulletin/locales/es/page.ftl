# The head, the sentences, the trend and the tables. `$n` decides on plurals, `$number` is it in digits, `$word` in a word up to ten.

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
       *[other] se registraron { $number } violaciones
    }
lead-none-known = no se conoce ninguna violación
incident-count =
    { $n ->
        [0] ninguna violación
        [one] una violación
       *[other] { $number } violaciones
    }
lead-open = { $events } y { $open }
not-dated =
    { $n ->
        [one] un incidente no pudo fecharse
       *[other] { $number } incidentes no pudieron fecharse
    }
doubtful-dates =
    { $n ->
        [one] un incidente puede ser de este período o no
       *[other] { $number } incidentes pueden ser de este período o no
    }
lead-watch = { $events }; { $watch }
pair = { $first }, { $second }
both = { $first } y { $second }
people-killed =
    { $n ->
        [one] una persona resultó muerta
       *[other] { $number } personas resultaron muertas
    }
people-wounded =
    { $n ->
        [one] una persona resultó herida
       *[other] { $number } personas resultaron heridas
    }
people-none = sin muertos ni heridos
people-untold = no se informó de bajas
watched-from = vigilancia desde { $posts }
patrolled-on = patrullas por { $routes } en { $corridors }
posts =
    { $n ->
        [0] ningún puesto
        [one] un puesto
       *[other] { $number } puestos
    }
routes =
    { $n ->
        [0] ninguna ruta
        [one] una ruta
       *[other] { $number } rutas
    }
corridors =
    { $n ->
        [0] ningún corredor
        [one] un corredor
       *[other] { $number } corredores
    }

rejected-lead =
    { $n ->
        [one] Un incidente no se pudo leer y queda fuera, fila { $row }: { $reason }.
       *[other] { $number } incidentes no se pudieron leer y quedan fuera, el primero en la fila { $row }: { $reason }.
    }
first-unreadable = La primera hora ilegible es «{ $text }» (fila { $row }).
region-unknown =
    { $n ->
        [one] La zona de un incidente es desconocida; se cuenta como sin posición.
       *[other] Las zonas de { $number } incidentes son desconocidas; se cuentan como sin posición.
    }
uncertain-count =
    { $n ->
        [one] una tiene una posición incierta
       *[other] { $number } tienen una posición incierta
    }
not-located-count =
    { $n ->
        [one] una no tiene posición
       *[other] { $number } no tienen posición
    }
certainty = De ellas, { $counts }.
undated-apart = Los incidentes sin fecha segura figuran más abajo y no entran en ninguna tabla.
nothing-left-out = No se ha dejado nada fuera.
all-exact = Todas las posiciones son exactas y no se ha dejado nada fuera.

map-alternative = Mapa de puestos, rutas y corredores: { $incidents }
map-outside =
    { $n ->
        [one] Un incidente queda fuera del mapa.
       *[other] { $number } incidentes quedan fuera del mapa.
    }

figure = Indicador
incidents = Incidentes
undecided = sin determinar
not-located = sin posición
killed = Muertos
wounded = Heridos
killed-untold =
    { $n ->
        [one] Un incidente no indica el número de muertos.
       *[other] { $number } incidentes no indican el número de muertos.
    }
wounded-untold =
    { $n ->
        [one] Un incidente no indica el número de heridos.
       *[other] { $number } incidentes no indican el número de heridos.
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
       *[other] La mediana y los cuartiles son los de los { $asked } períodos anteriores, de los que los datos abarcan { $number }.
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
       *[other] No se conoce ningún incidente en { $number } corredores: { $list }.
    }
none-routes =
    { $n ->
        [one] Una ruta no es la más cercana a ningún incidente conocido: { $list }.
       *[other] { $number } rutas no son las más cercanas a ningún incidente conocido: { $list }.
    }
none-posts =
    { $n ->
        [one] Un puesto no es el más cercano a ningún incidente conocido: { $list }.
       *[other] { $number } puestos no son los más cercanos a ningún incidente conocido: { $list }.
    }

along-routes = A lo largo de las rutas
along-routes-lead = Incidentes a los que la ruta es la más cercana: sobre la línea los de la izquierda, bajo ella los de la derecha. Los triángulos son puestos a menos de 5 km.
strips-more =
    { $n ->
        [one] Otra ruta tiene incidentes.
       *[other] Otras { $number } rutas tienen incidentes.
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
       *[other] { $number } incidentes anteriores al período siguen abiertos: { $ids }.
    }
