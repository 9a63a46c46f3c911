# Les mots d'un parc ou d'une réserve, à la place de ceux d'un cessez-le-feu.

lead-incidents =
    { $n ->
        [0] aucun incident n'a été constaté
        [one] un incident a été constaté
       *[other] { $number } incidents ont été constatés
    }
lead-none-known = aucun incident n'est connu
incident-count =
    { $n ->
        [0] aucun incident
        [one] un incident
       *[other] { $number } incidents
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
        [one] un mort
       *[other] { $number } morts
    }
people-wounded =
    { $n ->
        [one] un blessé
       *[other] { $number } blessés
    }
people-none = sans mort ni blessé
people-untold = ni morts ni blessés n'ont été signalés
killed = Morts
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
