# Les mots d'une étude d'événements, à la place de ceux d'un cessez-le-feu.

lead-incidents =
    { $n ->
        [0] les données ne comprennent aucun événement
        [one] les données comprennent un événement
       *[other] les données comprennent { $number } événements
    }
lead-none-known = aucun événement n'est connu
incident-count =
    { $n ->
        [0] aucun événement
        [one] un événement
       *[other] { $number } événements
    }
uncertain-count =
    { $n ->
        [one] un a une position incertaine
       *[other] { $number } ont une position incertaine
    }
not-located-count =
    { $n ->
        [one] un n'a pas de position
       *[other] { $number } n'ont pas de position
    }
certainty = Parmi eux, { $counts }.
people-killed =
    { $n ->
        [one] un décès signalé
       *[other] { $number } décès signalés
    }
people-wounded =
    { $n ->
        [one] un blessé signalé
       *[other] { $number } blessés signalés
    }
people-none = aucun décès ni blessé n'est signalé
people-untold = décès et blessés ne sont pas codés
killed = Décès
wounded = Blessés
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
