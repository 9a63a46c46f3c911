# Las palabras de un parque o una reserva, en lugar de las de un alto el fuego.

lead-incidents =
    { $n ->
        [0] no se registró ningún incidente
        [one] se registró un incidente
       *[other] se registraron { $number } incidentes
    }
lead-none-known = no se conoce ningún incidente
incident-count =
    { $n ->
        [0] ningún incidente
        [one] un incidente
       *[other] { $number } incidentes
    }
uncertain-count =
    { $n ->
        [one] uno tiene una posición incierta
       *[other] { $number } tienen una posición incierta
    }
not-located-count =
    { $n ->
        [one] uno no tiene posición
       *[other] { $number } no tienen posición
    }
certainty = De ellos, { $counts }.
people-killed =
    { $n ->
        [one] un muerto
       *[other] { $number } muertos
    }
people-wounded =
    { $n ->
        [one] un herido
       *[other] { $number } heridos
    }
people-none = sin muertos ni heridos
people-untold = no se informó de muertos ni heridos
killed = Muertos
wounded = Heridos
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
