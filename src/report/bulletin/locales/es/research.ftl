# Las palabras de un estudio de sucesos, en lugar de las de un alto el fuego.

lead-incidents =
    { $n ->
        [0] los datos no contienen ningún suceso
        [one] los datos contienen un suceso
       *[other] los datos contienen { $number } sucesos
    }
lead-none-known = no se conoce ningún suceso
incident-count =
    { $n ->
        [0] ningún suceso
        [one] un suceso
       *[other] { $number } sucesos
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
        [one] una muerte notificada
       *[other] { $number } muertes notificadas
    }
people-wounded =
    { $n ->
        [one] un herido notificado
       *[other] { $number } heridos notificados
    }
people-none = no se notificaron muertos ni heridos
people-untold = muertos y heridos no están codificados
killed = Muertes
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
