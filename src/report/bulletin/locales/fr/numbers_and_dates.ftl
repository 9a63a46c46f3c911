# Numbers in words, lists and dates.

comma = ,{ " " }
semicolon = { "\u202F" };{ " " }
number-word = { $number }
more =
    { $n ->
        [one] une ligne de plus
       *[other] { $number } lignes de plus
    }
names-and-more =
    { $n ->
        [one] { $names } et un de plus
       *[other] { $names } et { $number } de plus
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
    { $n ->
        [1] 1er
       *[other] { $number }
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
