# The incidents one by one, and what is said of the data.

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
       *[other] { $number } incidentes están a más de { $km } km de todos los puestos:
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
       *[other] { $number } incidentes se comunicaron como zonas. Todos los puestos y rutas que pueden ser los más cercanos, con su parte de la zona:
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
share = { $number } %
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
       *[other] y { $number } más
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
       *[other] Otros { $number } no se pudieron leer.
    }
data-line =
    { $n ->
        [0] No se leyó ningún incidente.
        [one] Se leyó un incidente: { $in_period } en el período, { $before } antes, { $after } después, { $without } sin hora utilizable.
       *[other] Se leyeron { $number } incidentes: { $in_period } en el período, { $before } antes, { $after } después, { $without } sin hora utilizable.
    }
