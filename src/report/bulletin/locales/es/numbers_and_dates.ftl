# Numbers in words, lists and dates.

comma = ,{ " " }
semicolon = ;{ " " }
number-word = { $number }
more =
    { $n ->
        [one] una línea más
       *[other] { $number } líneas más
    }
names-and-more =
    { $n ->
        [one] { $names } y uno más
       *[other] { $names } y { $number } más
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
day-of-month = { $number }
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
